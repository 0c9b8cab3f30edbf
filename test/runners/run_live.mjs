/**
 * `npm run test:live`: the shared cases (test/live) against the real service.
 *
 *   node test/runners/run_live.mjs [--runtime node,deno,bun] [--filter TEXT]
 *
 * OSS_REGION, OSS_BUCKET, OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET name the bucket; OSS_SECURITY_TOKEN, OSS_ENDPOINT
 * and OSS_CNAME are optional. Without them everything is skipped, loudly.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bundleTests, ROOT } from "./bundle.mjs";
import { startController } from "./controller.mjs";
import { closingLine, count, printRun, printSkips } from "./print.mjs";
import { killAllGroups } from "./processes.mjs";
import { runRuntime } from "./run_runtime.mjs";
import { executables } from "./runtimes.mjs";

const FILE = "test/live/live.test.ts";
// Pages would need CORS rules in the bucket, and the tests' workerd speaks no TLS.
const RUNTIMES = ["node", "deno", "bun"];
const REQUIRED = ["OSS_REGION", "OSS_BUCKET", "OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET"];
const OPTIONAL = ["OSS_SECURITY_TOKEN", "OSS_ENDPOINT", "OSS_CNAME"];
const NO = ["", "0", "false", "no"];
const YES = ["1", "true", "yes"];

function wrong(message) {
  console.error(message);
  process.exit(2);
}

/** Reads the variables and takes them out of what child processes inherit. */
function takeVariables() {
  const values = {};
  for (const name of [...REQUIRED, ...OPTIONAL]) {
    values[name] = process.env[name]?.trim() ?? "";
    delete process.env[name];
  }
  values.missing = REQUIRED.filter((name) => values[name] === "");
  const cname = values.OSS_CNAME.toLowerCase();
  if (!NO.includes(cname) && !YES.includes(cname)) wrong("OSS_CNAME must be true or false");
  values.cname = YES.includes(cname);
  if (values.cname && values.OSS_ENDPOINT === "") wrong("OSS_CNAME needs OSS_ENDPOINT, the bucket's own domain");
  return values;
}

/** Blanks secrets in whatever a test or a runtime said. */
function createScrub(values) {
  const secrets = ["OSS_ACCESS_KEY_SECRET", "OSS_SECURITY_TOKEN", "OSS_ACCESS_KEY_ID"].flatMap((name) => {
    const value = values[name];
    return value === "" ? [] : [value, encodeURIComponent(value)];
  });
  const text = (given) =>
    secrets
      .reduce((left, secret) => left.replaceAll(secret, "***"), given)
      .replace(/(signature(?:provided>|["']?\s*[=:>]\s*["']?))[^\s&"'<,)]+/gi, "$1***");
  return function scrub(value) {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(scrub);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, scrub(item)]));
  };
}

function announce({ missing, OSS_BUCKET, OSS_REGION, OSS_ENDPOINT }, runtimes, scrub) {
  if (missing.length === 0) {
    const where = OSS_ENDPOINT === "" ? "" : ` at ${OSS_ENDPOINT.replace(/\/\/.*@/, "//")}`;
    // Whoever mixes the variables up should not read a secret here.
    console.log(scrub(`Live suite: bucket ${OSS_BUCKET} in ${OSS_REGION}${where}, from ${runtimes.join(", ")}\n`));
    return;
  }
  const line = "!".repeat(78);
  console.log(`${line}\n!! NOTHING WAS TESTED AGAINST THE REAL SERVICE: not set are ${missing.join(", ")}`);
  console.log(`!! Set them (optional: ${OPTIONAL.join(", ")}) and run it again.\n${line}\n`);
}

async function runAll(values, { runtimes, filter, scrub }) {
  const { OSS_SECURITY_TOKEN: securityToken, OSS_ENDPOINT: endpoint, missing, cname } = values;
  const live = { missing, ...(endpoint && { endpoint }), ...(securityToken && { securityToken }), cname };
  const account = { accessKeyId: values.OSS_ACCESS_KEY_ID, accessKeySecret: values.OSS_ACCESS_KEY_SECRET };
  const common = { secure: true, account, region: values.OSS_REGION, bucket: values.OSS_BUCKET, root: ROOT, live };
  const cache = path.join(ROOT, ".cache");
  await mkdir(cache, { recursive: true });
  const output = await mkdtemp(path.join(cache, "live-"));
  const scratch = await mkdtemp(path.join(tmpdir(), "oss-fetch-live-"));
  const suite = path.join(output, "suite.mjs");
  const controller = await startController();
  const runs = [];
  try {
    const [broken] = await bundleTests([FILE], suite);
    if (broken) throw new Error(broken.message);
    for (const runtime of runtimes) {
      if (executables[runtime]() === undefined) throw new Error(`${runtime} is not installed`);
      const setting = { environment: { ...common, runtime }, filter };
      const outcome = scrub(await runRuntime(controller, { runtime, suite, setting, scratch }));
      printRun(runtime, outcome.results, outcome.milliseconds, suite);
      runs.push({ label: runtime, results: outcome.results });
    }
  } finally {
    await controller.close();
    for (const folder of [output, scratch]) await rm(folder, { recursive: true, force: true });
  }
  printSkips(runs);
  return count(runs.flatMap(({ results }) => results));
}

const { values: flags } = parseArgs({
  options: { runtime: { type: "string", default: "node" }, filter: { type: "string" } },
});
const runtimes = flags.runtime.split(",");
if (runtimes.some((name) => !RUNTIMES.includes(name))) wrong(`--runtime takes ${RUNTIMES.join(", ")}`);
const variables = takeVariables();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    killAllGroups();
    process.exit(130);
  });
}
const scrub = createScrub(variables);
announce(variables, runtimes, scrub);
const total = await runAll(variables, { runtimes, filter: flags.filter, scrub });
const skipped = variables.missing.length > 0;
if (skipped) announce(variables, runtimes, scrub);
console.log(closingLine(total));
process.exitCode = total.failed > 0 || (total.passed === 0 && !skipped) ? 1 : 0;
