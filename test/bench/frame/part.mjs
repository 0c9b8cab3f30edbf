/**
 * One part: its servers are started, its groups run in each runtime, its rows come back.
 *
 * A part is a module of test/bench/parts with
 * - `part`: `{ title, runtimes?, servers?, flags? }`; servers are files of test/bench/servers, flags those of a runtime;
 * - `groups(env)`, which runs in each runtime and gives `[{ title, cases, rows, rounds?, warmUp?, close? }]`. A case is a
 *   function; its cost is the time it takes, or the number that it gives, less being better. A row is
 *   `{ ours, peer, title?, least?, most? }`: the cost of `peer` divided by that of `ours`, and its bound, a number or one
 *   for each runtime. `env` is `{ runtime, quick, rounds, servers: { [name]: url }, amount(full, quick) }`;
 * - or `measure(env)`, which runs in Node beside the driver and gives rows
 *   `{ title, runtime?, value, unit?, rounds?, spread?, least?, most? }`, for what needs processes or files of its own;
 *   `env` has `root`, `runtimes` and `output` (a folder for files) as well. With both, both run.
 *
 * Code is imported from `oss-fetch`, `oss-fetch/hash` or `../../../src/`, and bundled.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../runners/bundle.mjs";
import { startController } from "../../runners/controller.mjs";
import { runRuntime } from "../../runners/run_runtime.mjs";
import { bundlePart } from "./bundle.mjs";
import { startServer } from "./server_process.mjs";

const SERVERS = path.join(import.meta.dirname, "../servers");

const FLAGS = { node: [], deno: ["--node-modules-dir=manual"], bun: [], chromium: ["--enable-precise-memory-info"] };

/** Reads what a part says of itself. */
export async function loadPart(file, output) {
  const name = path.basename(file, ".mjs");
  const bundle = await bundlePart(file, "node", path.join(output, name, "driver"));
  const module = (await import(pathToFileURL(bundle).href)).part;
  return { runtimes: undefined, servers: [], flags: {}, ...module.part, name, file, module };
}

async function runGroups(part, runtime, { controller, servers, rounds, quick, output, scratch }) {
  const suite = await bundlePart(part.file, runtime, path.join(output, part.name, runtime));
  const setting = { name: part.name, environment: { runtime, secure: true }, quick, rounds, servers };
  const flags = [...FLAGS[runtime], ...(part.flags[runtime] ?? [])];
  const { results } = await runRuntime(controller, { runtime, suite, setting, scratch, flags });
  const problems = results
    .filter(({ state }) => state === "failed")
    .map(({ name, failure }) => `[${runtime}] ${part.name}, ${name}: ${failure.message}\n${failure.stack}`);
  const measured = results.filter(({ state }) => state === "measured");
  for (const { name, absolute } of measured) console.log(`- ${runtime}, ${name}: ${absolute}`);
  return { rows: measured.flatMap(({ rows }) => rows), problems };
}

/**
 * Runs a part.
 * @param how `runtimes`, `rounds`, `quick`, the folders `output` and `scratch`
 * @returns its rows, and what went wrong
 */
export async function runPart(part, how) {
  const started = [];
  const servers = {};
  const rows = [];
  const problems = [];
  const controller = await startController();
  try {
    for (const name of part.servers) {
      const server = await startServer(path.join(SERVERS, `${name}.mjs`), path.join(how.output, part.name, name));
      started.push(server);
      servers[name] = server.url;
    }
    for (const runtime of part.module.groups ? how.runtimes : []) {
      const outcome = await runGroups(part, runtime, { ...how, controller, servers });
      rows.push(...outcome.rows);
      problems.push(...outcome.problems);
    }
    if (part.module.measure) {
      const output = path.join(how.output, part.name, "files");
      await mkdir(output, { recursive: true });
      const amount = (full, short) => (how.quick ? short : full);
      rows.push(...(await part.module.measure({ ...how, root: ROOT, output, servers, amount })));
    }
  } finally {
    await controller.close();
    for (const server of started) await server.stop();
  }
  return { rows, problems };
}
