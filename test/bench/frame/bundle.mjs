/**
 * Bundles parts and servers with esbuild. Chunks stay chunks and packages stay outside where the runtime finds them
 * itself, so that what is loaded on demand costs here what it costs an application.
 */
import path from "node:path";
import * as esbuild from "esbuild";
import { ROOT } from "../../runners/bundle.mjs";

const source = (file) => path.join(ROOT, "src", file);

const ALIAS = {
  "oss-fetch/hash": source("signing/sync_hash.ts"),
  "oss-fetch/node": source("node/mod.ts"),
  "oss-fetch": source("mod.ts"),
};

/** Peers that exist in Node alone: elsewhere their import fails when it is called, not when the part is bundled. */
const NODE_PEERS = ["ali-oss", "ali-oss/*", "xml2js", "node:*"];

function options(runtime) {
  const inBrowser = runtime === "chromium";
  return {
    absWorkingDir: ROOT,
    alias: ALIAS,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    outExtension: { ".js": ".mjs" },
    logLevel: "silent",
    platform: inBrowser ? "browser" : "node",
    ...(inBrowser ? { external: NODE_PEERS } : { packages: "external" }),
  };
}

/** Bundles one part with the code that runs it; gives the file. */
export async function bundlePart(file, runtime, folder) {
  const contents = `import * as part from ${JSON.stringify(file)};
import { execute } from ${JSON.stringify(path.join(import.meta.dirname, "execute.mjs"))};
export const start = (setting, send) => execute(part, setting, send);
export { part };`;
  const stdin = { contents, resolveDir: ROOT, sourcefile: "suite.mjs" };
  await esbuild.build({ ...options(runtime), stdin, outdir: folder, entryNames: "suite" });
  return path.join(folder, "suite.mjs");
}

/** Bundles a module with a `start(setting, send)` of its own for a page; gives the file. */
export async function bundlePage(file, folder) {
  await esbuild.build({ ...options("chromium"), entryPoints: [file], outdir: folder, entryNames: "suite" });
  return path.join(folder, "suite.mjs");
}

/** Bundles a server for Node; gives the file. */
export async function bundleServer(file, folder) {
  await esbuild.build({ ...options("node"), entryPoints: [file], outdir: folder, entryNames: "server" });
  return path.join(folder, "server.mjs");
}
