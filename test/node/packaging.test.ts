/**
 * What npm would deliver: complete, well formed, and working where it is unpacked.
 */

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";
import { withInstalled, withTarball } from "./support/unpacked.ts";

const { root } = environment;

test("publint has nothing to say", { timeout: 120_000 }, async () => {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg ?? {})),
    [],
  );
});

test("the types are right wherever ES modules are imported", { timeout: 120_000 }, async () => {
  await withTarball(async (_, tarball) => {
    // What a .wasm is, the type of `*.wasm` of the host says: a module in a Worker.
    const excludeEntrypoints = ["./crc64.wasm"];
    const delivered = createPackageFromTarballData(new Uint8Array(await readFile(tarball)));
    const analysis = await checkPackage(delivered, { excludeEntrypoints });
    if (analysis.types === false) throw new Error("The package has no types");
    // There is no CommonJS build, so require() and the resolution of Node 10 are left out.
    const problems = analysis.problems.filter(
      (problem) => !("resolutionKind" in problem && ["node10", "node16-cjs"].includes(problem.resolutionKind)),
    );
    assert.deepEqual(problems, []);
  });
});

const SMOKE = `
import assert from "node:assert/strict";
import { createClient, getObject, putObject } from "oss-fetch";
import { hash } from "oss-fetch/hash";
import { createTestOSS } from "oss-fetch/testing";
import { listen } from "oss-fetch/testing/node";
const account = { accessKeyId: "id", accessKeySecret: "secret" };
const oss = createTestOSS({ region: "cn-hangzhou", accounts: [account], buckets: ["photos"] });
const server = await listen(oss, { port: 0, host: "127.0.0.1" });
const region = "cn-hangzhou";
const near = createClient({ region, bucket: "photos", credentials: account, fetch: oss.fetch, hash });
const far = createClient({ region, bucket: "photos", credentials: account, endpoint: server.url, pathStyle: true });
await putObject(near, { key: "a.txt", body: "hello" });
assert.equal(await (await getObject(far, { key: "a.txt" })).text(), "hello");
await server.close();
console.log("works");
`;

test("the tarball works where it is unpacked", { timeout: 120_000 }, async () => {
  await withInstalled(async (folder) => {
    await writeFile(path.join(folder, "smoke.mjs"), SMOKE);
    const { code, output } = await execute(process.execPath, ["smoke.mjs"], folder);
    assert.equal(output.trim(), "works");
    assert.equal(code, 0);
  });
});

/** Paths of the files that npm would deliver. */
async function delivered(): Promise<string[]> {
  const { code, output } = await execute("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], root);
  assert.equal(code, 0);
  const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(output.slice(output.indexOf("[")));
  return files.map((file) => file.path);
}

test("every link of a delivered text leads to a delivered file", { timeout: 120_000 }, async () => {
  const files = await delivered();
  const texts = files.filter((name) => name.endsWith(".md"));
  assert.include(texts, "README.md");
  const links: string[] = [];
  for (const name of texts) {
    const text = await readFile(path.join(root, name), "utf8");
    for (const [, target = ""] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g))
      if (!/^[a-z]+:/.test(target)) links.push(path.posix.join(path.posix.dirname(name), target));
  }
  assert.include(links, "ARCHITECTURE.md");
  assert.deepEqual(
    links.filter((target) => !files.includes(target)),
    [],
  );
});

test("nothing but the library is delivered", { timeout: 120_000 }, async () => {
  const files = await delivered();
  const allowed = /^(dist|src)\/|^(README|CHANGELOG|SECURITY|ARCHITECTURE|CONTRIBUTING)\.md$|^LICENSE$|^package\.json$/;
  assert.deepEqual(
    files.filter((name) => !allowed.test(name)),
    [],
  );
  const sources = files.filter((name) => /^src\/.*\.ts$/.test(name));
  const built = new Set(files);
  const unbuilt = sources.filter((name) => !built.has(name.replace(/^src\//, "dist/").replace(/\.ts$/, ".js")));
  const stale = [...built].filter(
    (name) => /^dist\/.*\.js$/.test(name) && !built.has(name.replace("dist/", "src/").replace(/\.js$/, ".ts")),
  );
  assert.deepEqual({ unbuilt, stale }, { unbuilt: [], stale: [] });
});
