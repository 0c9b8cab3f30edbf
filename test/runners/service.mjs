/**
 * The in-process OSS of a run, on a real socket of another origin than the page.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { ROOT } from "./bundle.mjs";

export const ACCOUNT = { accessKeyId: "LTAItestsuite000001", accessKeySecret: "suite-secret-0123456789abcdef" };
export const REGION = "cn-hangzhou";
export const BUCKET = "suite-bucket";

const CHAOS = { chaos: "test/chaos/server/control.ts", disk: "test/chaos/disk_node.ts" };
const SOURCES = ["src/testing/mod.ts", "src/testing/node/mod.ts", "test/runners/open_cors.ts"];

/** The bucket of the tests, one whose rule exposes nothing, one that never answers to a put, and one without a rule. */
const bucketsOf = (cors) => [
  { name: BUCKET, cors },
  { name: `${BUCKET}-hidden`, cors: { rules: cors.rules.map((rule) => ({ ...rule, exposeHeaders: [] })) } },
  { name: `${BUCKET}-mute`, cors },
  `${BUCKET}-closed`,
];
const MUTE = { operation: "PutObject", bucket: `${BUCKET}-mute`, times: Number.POSITIVE_INFINITY };

/** Bundles the OSS once for all runs. */
export async function bundleService(output) {
  if (!SOURCES.every((file) => existsSync(path.join(ROOT, file)))) return undefined;
  const outfile = path.join(output, "service.mjs");
  const contents = SOURCES.map((file) => `export * from "./${file}";`).join("\n");
  await esbuild.build({
    stdin: { contents, resolveDir: ROOT },
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outfile,
    logLevel: "silent",
  });
  return outfile;
}

/** Bundles what `test/chaos` runs against, and the files that it uses where there is a file system. */
export async function bundleChaos(output) {
  const outdir = path.join(output, "chaos");
  await esbuild.build({
    entryPoints: CHAOS,
    absWorkingDir: ROOT,
    bundle: true,
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "node",
    packages: "external",
    outdir,
    logLevel: "silent",
  });
  return Object.fromEntries(
    Object.keys(CHAOS).map((name) => [name, pathToFileURL(path.join(outdir, `${name}.mjs`)).href]),
  );
}

/** Starts what opens a service and a proxy for each scenario. */
export async function startChaos(files) {
  if (files === undefined) return undefined;
  const { startChaos } = await import(files.chaos);
  return { ...(await startChaos()), disk: files.disk };
}

/** A fresh OSS with one account. */
export async function startService(file) {
  if (file === undefined) return undefined;
  const { createTestOSS, listen, openCors } = await import(pathToFileURL(file).href);
  const oss = createTestOSS({ region: REGION, accounts: [ACCOUNT], buckets: bucketsOf(openCors()) });
  oss.faults.add({ ...MUTE, kind: "delay", milliseconds: Number.POSITIVE_INFINITY });
  return listen(oss, { port: 0, host: "127.0.0.1" });
}
