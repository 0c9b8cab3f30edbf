/** Where bytes may not be compiled: workerd, with and without the module's file, and a page with a strict CSP. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";
import { noise, oracle } from "../unit/checksum/kernels.ts";
import { missing, withBrowser } from "./demo/browsers.ts";

const { root } = environment;

/** Sums as they are done in pages and Workers; `made` counts instances of the module. */
const PROBE = `
import { crc64, createCrc64 } from "oss-fetch/crc64";
let made = 0;
let refused = "";
const { Module, Instance } = WebAssembly;
WebAssembly.Module = function (bytes) { try { return new Module(bytes); } catch (error) { refused = String(error); throw error; } };
WebAssembly.Instance = function (module) { made++; return new Instance(module); };
export function probe(bytes) {
  const streamed = createCrc64();
  for (let at = 0; at < bytes.length; at += 30_000) streamed.update(bytes.subarray(at, at + 30_000));
  return { values: [String(crc64(bytes)), String(streamed.digest())], made, refused };
}`;

function bundle(contents: string, outfile: string): Promise<unknown> {
  return esbuild.build({
    stdin: { contents, resolveDir: path.join(root, "test") },
    bundle: true,
    format: "esm",
    target: "es2022",
    outfile,
    // The order of a program's modules is kept: the probe is in place before anything is summed.
    alias: { "oss-fetch/crc64": path.join(root, "src/checksum/mod.ts") },
    external: ["*.wasm", "*.bin"],
    logLevel: "silent",
  });
}

const BYTES = noise(100_000, 21);
const EXPECTED = String(oracle(BYTES));

const worker = (withModule: boolean): string => `${PROBE}
${withModule ? `import module from "./crc64.wasm"; import { useCrc64Module } from "oss-fetch/crc64";` : ""}
import bytes from "./bytes.bin";
export default { test() {
  ${withModule ? "useCrc64Module(module);" : ""}
  const { values, made, refused } = probe(new Uint8Array(bytes));
  console.log(JSON.stringify({ values, made, refused }));
} };`;

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = ( services = [ (name = "main", worker = .worker) ] );
const worker :Workerd.Worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "crc64.wasm", wasm = embed "crc64.wasm"),
    (name = "bytes.bin", data = embed "bytes.bin") ],
  compatibilityDate = "2026-11-01" );
`;

for (const withModule of [true, false]) {
  test(`workerd ${withModule ? "uses the module that it is given" : "without the module sums in JavaScript"}`, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-crc64-"));
    try {
      await bundle(worker(withModule), path.join(folder, "worker.mjs"));
      await copyFile(path.join(root, "src/checksum/crc64.wasm"), path.join(folder, "crc64.wasm"));
      await writeFile(path.join(folder, "bytes.bin"), BYTES);
      await writeFile(path.join(folder, "worker.capnp"), CONFIG);
      const workerd = path.join(root, "node_modules/.bin/workerd");
      const { code, output } = await execute(workerd, ["test", path.join(folder, "worker.capnp")], folder);
      assert.equal(code, 0, output);
      const line = output.split("\n").find((text) => text.includes(`"values"`)) ?? "{}";
      const { values, made, refused } = JSON.parse(line.slice(line.indexOf("{")));
      assert.deepEqual(values, [EXPECTED, EXPECTED]);
      assert.equal(made, withModule ? 1 : 0);
      if (withModule) assert.equal(refused, "");
      else assert.match(refused, /CompileError/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

for (const policy of ["script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"]) {
  test(`Chromium, ${policy}`, { timeout: 60_000, skip: missing("chromium") }, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-crc64-"));
    await bundle(
      `${PROBE}
const response = await fetch("/bytes");
document.title = JSON.stringify(probe(new Uint8Array(await response.arrayBuffer())));`,
      path.join(folder, "page.mjs"),
    );
    const code = await readFile(path.join(folder, "page.mjs"));
    const server = createServer((request, response) => {
      response.setHeader("content-security-policy", policy);
      const script = request.url === "/page.mjs";
      response.setHeader("content-type", script ? "text/javascript" : "text/html");
      if (request.url === "/bytes") response.end(BYTES);
      else response.end(script ? code : `<script type="module" src="/page.mjs"></script>`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await withBrowser("chromium", async (browser) => {
        const page = await browser.newPage();
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        await page.waitForFunction("document.title !== ''");
        const { values, made, refused } = JSON.parse(await page.title());
        assert.deepEqual(values, [EXPECTED, EXPECTED]);
        const allowed = policy.includes("wasm");
        assert.equal(made, allowed ? 1 : 0);
        assert.equal(refused.includes("CompileError"), !allowed, refused);
        await page.close();
      });
    } finally {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
}
