/**
 * `npm run chaos`: random transfers while everything fails.
 *
 *   npm run chaos -- [--seed N] [--count 500] [--runtime node,chromium] [--only KIND] [--replay SEED] [--verbose]
 *
 * Scenario n has the seed `--seed` + n; a failure tells its seed. A replay draws the same transfer and the same faults,
 * but the runtime and the network decide which request comes first.
 */
import { readFlags } from "../runners/flags.mjs";
import { installBrowsers } from "../runners/install_browsers.mjs";
import { RUNTIMES, runAll } from "../runners/run_all.mjs";

const FILE = "test/faults/chaos.test.ts";
const BROWSERS = ["chromium", "firefox", "webkit"];

const USAGE = `npm run chaos -- [--seed N] [--count 500] [--runtime ${RUNTIMES}|all] [--only KIND] [--replay SEED] [--verbose]`;

const values = readFlags(USAGE, {
  seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
  count: { type: "string" },
  runtime: { type: "string", default: "node" },
  only: { type: "string" },
  replay: { type: "string" },
  verbose: { type: "boolean", default: false },
});
const runtimes = values.runtime === "all" ? RUNTIMES : values.runtime.split(",");
const unknown = runtimes.filter((name) => !RUNTIMES.includes(name));
const seed = Number(values.replay ?? values.seed);
const count = values.replay === undefined ? Number(values.count ?? 500) : 1;
if (unknown.length > 0 || !Number.isSafeInteger(seed) || !Number.isSafeInteger(count)) {
  console.error(`Usage: ${USAGE}`);
  process.exit(2);
}
if (runtimes.some((name) => BROWSERS.includes(name))) installBrowsers();
const only = values.only === undefined ? {} : { only: values.only };
console.log(`seeds ${seed} to ${seed + count - 1}; one again: npm run chaos -- --replay SEED --runtime RUNTIME`);
const code = await runAll({
  portable: [FILE],
  nodeOnly: [],
  runtimes,
  strict: true,
  chaos: { seed, count, verbose: values.verbose || values.replay !== undefined, ...only },
});
// A service may still wait for a client that it has not seen go.
process.exit(code);
