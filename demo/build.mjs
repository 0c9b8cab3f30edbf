/**
 * Bundles the demo from source: the server into one module, the page into files that are kept in memory.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const HERE = import.meta.dirname;

/** The demo imports the library by its public name, as any page would; tsconfig.json says where that is. */
const common = {
  absWorkingDir: HERE,
  bundle: true,
  format: "esm",
  legalComments: "none",
  logLevel: "silent",
};

/**
 * Bundles the page.
 * @returns {Promise<Map<string, Uint8Array>>} what the server hands out, by path
 */
export async function buildPage() {
  const { outputFiles } = await esbuild.build({
    ...common,
    entryPoints: { app: "page/main.ts", style: "page/styles/main.css" },
    outdir: "/",
    platform: "browser",
    target: "es2022",
    minify: true,
    // What the library loads on demand stays on demand.
    splitting: true,
    write: false,
  });
  const files = new Map(outputFiles.map((file) => [`/${path.basename(file.path)}`, file.contents]));
  return files.set("/", await readFile(path.join(HERE, "page/index.html")));
}

/**
 * Bundles the server and loads it.
 * @returns the exports of `server/demo.ts`
 */
export async function loadServer() {
  const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-demo-"));
  try {
    const outfile = path.join(folder, "server.mjs");
    await esbuild.build({ ...common, entryPoints: ["server/demo.ts"], outfile, platform: "node", target: "node20" });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
