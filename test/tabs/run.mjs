/**
 * `npm run tabs`: two tabs of one origin begin the same upload, and one of them dies at a random moment.
 *
 *   npm run tabs -- [--seed N] [--count 50] [--runtime chromium,firefox,webkit] [--early] [--verbose]
 *
 * With `--early` each first tab dies within its first moments: while its page loads, asks for the lock or opens the upload.
 * A seed draws the same moments again; what the tabs have done by then, the machine decides.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startController } from "../runners/controller.mjs";
import { readFlags } from "../runners/flags.mjs";
import { installBrowsers } from "../runners/install_browsers.mjs";
import { killAllGroups } from "../runners/processes.mjs";
import { playTabs } from "./play.mjs";

const BROWSERS = ["chromium", "firefox", "webkit"];

const USAGE = `npm run tabs -- [--seed N] [--count 50] [--runtime ${BROWSERS}|all] [--early] [--verbose]`;

const values = readFlags(USAGE, {
  seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
  count: { type: "string", default: "50" },
  runtime: { type: "string", default: "chromium" },
  early: { type: "boolean", default: false },
  verbose: { type: "boolean", default: false },
});
const runtimes = values.runtime === "all" ? BROWSERS : values.runtime.split(",");
const [seed, count] = [Number(values.seed), Number(values.count)];
if (runtimes.some((name) => !BROWSERS.includes(name)) || ![seed, count].every(Number.isSafeInteger)) {
  console.error(`Usage: ${USAGE}`);
  process.exit(2);
}
installBrowsers();
process.once("exit", killAllGroups);
// Cut off, it takes its browsers along.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
let failed = 0;
const scratch = await mkdtemp(path.join(tmpdir(), "t-"));
const controller = await startController();
try {
  for (const runtime of runtimes) {
    const { problems, deaths, milliseconds } = await playTabs(controller, { ...values, runtime, seed, count, scratch });
    const died = Object.entries(deaths).map(([who, times]) => `${who} died ${times} times`);
    console.log(`${runtime}: ${died.join(", ")}: ${problems.length} problems, ${Math.round(milliseconds / 1000)} s`);
    for (const problem of problems) console.log(`  ${problem}`);
    failed += problems.length;
  }
} finally {
  await controller.close();
  await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
console.log(failed === 0 ? "one driver at any moment" : `${failed} problems; the same moments: --seed ${seed}`);
process.exit(failed === 0 ? 0 : 1);
