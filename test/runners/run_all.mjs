/**
 * Bundles, runs and reports: what `run.mjs` and `run_file.mjs` share.
 */
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { bundleTests, ROOT } from "./bundle.mjs";
import { startController } from "./controller.mjs";
import { closingLine, count, printRun, printSkips, printSlowest } from "./print.mjs";
import { killAllGroups, killStrays } from "./processes.mjs";
import { runRuntime } from "./run_runtime.mjs";
import { executables } from "./runtimes.mjs";
import { ACCOUNT, BUCKET, bundleChaos, bundleService, REGION, startChaos, startService } from "./service.mjs";

export const RUNTIMES = ["node", "deno", "bun", "workerd", "chromium", "firefox", "webkit"];
/** A page on plain http under a name that is not the loopback's: no `crypto.subtle` there. */
const INSECURE_HOST = "insecure.test";

function plan({ portable, nodeOnly, runtimes }) {
  const runs = [];
  if (nodeOnly.length > 0 && runtimes.includes("node"))
    runs.push({ label: "node only", runtime: "node", kind: "node" });
  if (portable.length === 0) return runs;
  for (const runtime of RUNTIMES.filter((name) => runtimes.includes(name))) {
    runs.push({ label: runtime, runtime, kind: "portable" });
    if (runtime === "chromium")
      runs.push({ label: "chromium (insecure)", runtime, kind: "portable", host: INSECURE_HOST });
  }
  return runs;
}

function missingPart(runtime) {
  if (executables[runtime]() === undefined) return runtime;
  return runtime === "webkit" && executables.xvfb() === undefined ? "Xvfb" : undefined;
}

async function runPlanned(run, { controller, suites, scratch, options }) {
  const service = await startService(suites.service);
  const chaos = await startChaos(suites.chaos);
  const environment = {
    runtime: run.runtime,
    secure: run.host === undefined,
    serviceUrl: service?.url,
    chaosUrl: chaos?.url,
    chaosDisk: chaos?.disk,
    account: ACCOUNT,
    region: REGION,
    bucket: BUCKET,
    root: ROOT,
  };
  const setting = { environment, filter: options.filter, seed: options.seed, chaos: options.chaos };
  try {
    return await runRuntime(controller, { ...run, suite: suites[run.kind].file, setting, scratch });
  } finally {
    await service?.close();
    await chaos?.close();
  }
}

function finish(run, outcome, { broken, options }) {
  for (const { file, message } of broken) {
    outcome.results.push({
      file,
      name: "(bundling)",
      state: "failed",
      milliseconds: 0,
      failure: { message, stack: "" },
    });
  }
  const executed = outcome.results.some(({ state }) => state !== "skipped");
  if (!executed && options.filter === undefined && (run.host === undefined || options.expectInsecure)) {
    const failure = { message: "No test ran", stack: outcome.output };
    outcome.results.push({ file: "(runner)", name: run.label, state: "failed", milliseconds: 0, failure });
  }
}

/**
 * @param options `portable` and `nodeOnly` files, `runtimes`, `filter`, `seed`, `strict` (a missing runtime fails),
 *   `slowest` (how many to print), `chaos` (which scenarios)
 * @returns the exit code
 */
export async function runAll(options) {
  // Chromium's socket goes below this folder, and the path of a socket has at most 108 bytes.
  const scratch = await mkdtemp(path.join(tmpdir(), "oft-"));
  // Node-only bundles import packages, so they live where packages are found.
  const cache = path.join(ROOT, ".cache");
  await mkdir(cache, { recursive: true });
  const output = await mkdtemp(path.join(cache, "test-"));
  const leave = () => {
    killAllGroups();
    killStrays(scratch);
    for (const folder of [output, scratch]) rmSync(folder, { recursive: true, force: true });
    console.log(`Stopped: only ${closingLine(count(runs.flatMap(({ results }) => results)))} until then`);
    process.exit(130);
  };
  const runs = [];
  process.once("SIGINT", leave);
  process.once("SIGTERM", leave);
  const controller = await startController();
  const problem = (name, message) => {
    const results = [{ file: "(runner)", name, state: "failed", milliseconds: 0, failure: { message, stack: "" } }];
    printRun("runner", results, 0);
    runs.push({ label: "runner", results });
  };
  for (const { name, message } of options.problems ?? []) problem(name, message);
  try {
    const file = (kind) => path.join(output, kind, "suite.mjs");
    const suites = { portable: { file: file("portable") }, node: { file: file("node") }, service: undefined };
    const planned = plan(options);
    if (planned.length === 0) problem("(choosing files)", "No test file was chosen: no path holds that text");
    if (planned.some(({ kind }) => kind === "portable")) {
      suites.service = await bundleService(output).catch((error) => {
        problem("(bundling src/testing)", error.message);
      });
      if (options.portable.some((file) => file.includes("chaos"))) suites.chaos = await bundleChaos(output);
      suites.portable.broken = await bundleTests(options.portable, suites.portable.file);
    }
    if (planned.some(({ kind }) => kind === "node")) {
      suites.node.broken = await bundleTests(options.nodeOnly, suites.node.file, { nodeOnly: true });
    }
    if (planned.length > 1) console.log(`running ${planned.map(({ label }) => label).join(", ")} ...`);
    const perform = async (run) => {
      const missing = missingPart(run.runtime);
      let outcome = { results: [], milliseconds: 0, output: "" };
      if (missing === undefined) {
        outcome = await runPlanned(run, { controller, suites, scratch, options });
        finish(run, outcome, { broken: suites[run.kind].broken.splice(0), options });
      } else {
        const name = `(starting ${run.runtime})`;
        const reason = `${missing} is not installed`;
        const failure = { message: reason, stack: "" };
        const state = options.strict ? "failed" : "skipped";
        outcome.results.push({ file: "(runner)", name, state, milliseconds: 0, reason, failure });
      }
      printRun(run.label, outcome.results, outcome.milliseconds, suites[run.kind].file);
      runs.push({ label: run.label, results: outcome.results });
    };
    // Two lanes: one takes servers from the front, the other browsers from the back; who is done first helps the other.
    const waiting = [...planned];
    const lane = async (take) => {
      for (let run = take(); run !== undefined; run = take()) await perform(run);
    };
    const lanes = [() => waiting.shift(), () => waiting.pop()].slice(0, availableParallelism());
    await Promise.all(lanes.map(lane));
    const order = planned.map(({ label }) => label);
    runs.sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label));
  } finally {
    await controller.close();
    await rm(output, { recursive: true, force: true });
    await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  if (options.slowest > 0) printSlowest(runs, options.slowest);
  printSkips(runs);
  const total = count(runs.flatMap(({ results }) => results));
  console.log(closingLine(total));
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}
