/**
 * `npm run kills`: transfers whose program is killed at random moments, and started again until they are done.
 *
 *   npm run kills -- [--seed N] [--count 200] [--runtime node,chromium] [--job upload|download] [--size MIB]
 *                    [--by kill|reload|close|down|expired] [--outage SECONDS] [--seconds N]
 *
 * A seed draws the same moments again; what the program has done by then, the machine decides. No kill comes after `--seconds`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startController } from "../runners/controller.mjs";
import { readFlags } from "../runners/flags.mjs";
import { installBrowsers } from "../runners/install_browsers.mjs";
import { killAllGroups } from "../runners/processes.mjs";
import { bundleKills } from "./bundle.mjs";
import { playKills } from "./play.mjs";

const RUNTIMES = ["node", "deno", "bun", "chromium", "firefox", "webkit"];

const USAGE = `npm run kills -- [--seed N] [--count 200] [--runtime ${RUNTIMES}] [--job upload|download] [--size MIB]
         [--by kill|reload|close|down|expired] [--outage SECONDS] [--seconds N] [--verbose]`;

const values = readFlags(USAGE, {
  seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
  count: { type: "string", default: "200" },
  runtime: { type: "string", default: "node" },
  job: { type: "string", default: "upload" },
  size: { type: "string", default: "64" },
  by: { type: "string", default: "kill" },
  seconds: { type: "string", default: "100000" },
  outage: { type: "string", default: "20" },
  verbose: { type: "boolean", default: false },
});
const runtimes = values.runtime.split(",");
const plan = {
  ...values,
  seed: Number(values.seed),
  count: Number(values.count),
  seconds: Number(values.seconds),
  size: Number(values.size) * 2 ** 20,
  outage: Number(values.outage) * 1000,
};
const wrong =
  runtimes.some((name) => !RUNTIMES.includes(name)) ||
  ![plan.seed, plan.count, plan.seconds, plan.size, plan.outage].every(Number.isSafeInteger) ||
  !["upload", "download"].includes(plan.job) ||
  !["kill", "reload", "close", "down", "expired"].includes(plan.by);
if (wrong) {
  console.error(`Usage: ${USAGE}`);
  process.exit(2);
}
if (runtimes.some((name) => RUNTIMES.indexOf(name) > 2)) installBrowsers();
process.once("exit", killAllGroups);
// Cut off, it takes its browsers along.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
let failed = 0;
const scratch = await mkdtemp(path.join(tmpdir(), "k-"));
const controller = await startController();
try {
  for (const runtime of runtimes) {
    const bundles = await bundleKills(runtime, path.join(scratch, runtime));
    const { kills, transfers, problems, hits, twice, milliseconds } = await playKills(controller, {
      ...{ ...plan, runtime, ...bundles },
      scratch: path.join(scratch, runtime),
    });
    const seconds = Math.round(milliseconds / 1000);
    console.log(
      `${runtime}: ${kills} times (${plan.by}), ${transfers} ${plan.job}s, ${problems.length} problems, ` +
        `${hits} in mid-transfer, ${twice} bytes sent twice, ${seconds} s`,
    );
    for (const problem of problems) console.log(`  ${problem}`);
    failed += problems.length;
  }
} finally {
  await controller.close();
  killAllGroups();
  await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
console.log(failed === 0 ? "all transfers are whole" : `${failed} problems; the same moments: --seed ${plan.seed}`);
process.exit(failed === 0 ? 0 : 1);
