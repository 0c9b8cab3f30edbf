/**
 * Runs single test files: node test/runners/run_file.mjs [--runtime deno,chromium] [--filter TEXT] [--seed N] [--slowest N] [--portable] FILE...
 *
 * Files outside unit/, conformance/ and faults/ run in Node alone, unless `--portable` is given.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./bundle.mjs";
import { RUNTIMES, runAll } from "./run_all.mjs";
import { isPortable } from "./suites.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runtime: { type: "string", default: "node" },
    filter: { type: "string" },
    seed: { type: "string" },
    slowest: { type: "string", default: "0" },
    portable: { type: "boolean", default: false },
  },
});
const runtimes = values.runtime === "all" ? RUNTIMES : values.runtime.split(",");
const unknown = runtimes.filter((name) => !RUNTIMES.includes(name));
if (positionals.length === 0 || unknown.length > 0) {
  console.error(`Usage: node test/runners/run_file.mjs [--runtime ${RUNTIMES.join(",")}|all] [--filter TEXT] FILE...`);
  process.exit(2);
}
const files = positionals.map((file) => path.relative(ROOT, path.resolve(file)));
process.exitCode = await runAll({
  portable: files.filter((file) => values.portable || isPortable(file)),
  nodeOnly: files.filter((file) => !values.portable && !isPortable(file)),
  runtimes,
  filter: values.filter,
  seed: values.seed === undefined ? undefined : Number(values.seed),
  slowest: Number(values.slowest),
  strict: true,
});
