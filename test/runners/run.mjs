/**
 * `npm test`: every test in every runtime.
 *
 *   node test/runners/run.mjs [--runtime node,chromium] [--only unit] [--filter TEXT] [--seed N|random] [--slowest N]
 *
 * `--only` keeps the files whose path holds the text. With CI=true a missing runtime is a failure; else it is skipped, loudly.
 */
import { spawnSync } from "node:child_process";
import { ROOT } from "./bundle.mjs";
import { readFlags } from "./flags.mjs";
import { installBrowsers } from "./install_browsers.mjs";
import { RUNTIMES, runAll } from "./run_all.mjs";
import { nodeOnlyFiles, portableFiles } from "./suites.mjs";

/** A fixed seed keeps a run repeatable; look for new counter-examples with `--seed random`. */
const SEED = 20231216;

const values = readFlags(
  "npm test -- [--runtime node,chromium] [--only unit] [--filter TEXT] [--seed N|random] [--slowest N]",
  {
    runtime: { type: "string", default: RUNTIMES.join(",") },
    only: { type: "string", default: "" },
    filter: { type: "string" },
    seed: { type: "string", default: String(SEED) },
    slowest: { type: "string", default: "0" },
    "no-build": { type: "boolean" },
  },
);
const runtimes = values.runtime.split(",");
const unknown = runtimes.filter((name) => !RUNTIMES.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown runtime ${unknown.join(", ")}; there are ${RUNTIMES.join(", ")}`);
  process.exit(2);
}
if (runtimes.some((name) => ["chromium", "firefox", "webkit"].includes(name))) installBrowsers();

const problems = [];
if (!values["no-build"]) {
  const { status } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) problems.push({ name: "(npm run build)", message: `The build failed with status ${status}` });
}
const chosen = (files) => files.filter((file) => file.includes(values.only));
process.exitCode = await runAll({
  portable: chosen(portableFiles()),
  nodeOnly: chosen(nodeOnlyFiles()),
  runtimes,
  problems,
  filter: values.filter,
  seed: values.seed === "random" ? undefined : Number(values.seed),
  slowest: Number(values.slowest),
  strict: process.env.CI === "true",
  expectInsecure: values.only === "",
});
