/**
 * The examples of the documentation compile, and those of the sources run.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { assert, environment, test } from "../harness.ts";
import { assertNone } from "../structure/assert_none.ts";
import { type Example, pageExamples, sourceExamples } from "../structure/examples.ts";
import { compile } from "../types/compilers.ts";

const { root } = environment;

/** Writes the examples into a folder of the repository, where packages are found. */
async function withFiles<T>(examples: readonly Example[], use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(root, ".cache/examples-"));
  try {
    // `export {}` makes a module of an example without imports, so that it may await.
    for (const { name, code } of examples) await writeFile(path.join(folder, `${name}.ts`), `${code}\nexport {};\n`);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("examples compile", { timeout: 120_000 }, async () => {
  const examples = [...sourceExamples(root), ...pageExamples(root)];
  assert.isAbove(examples.length, 20);
  await withFiles(examples, async (folder) => {
    const places = new Map(examples.map(({ name, place }) => [`${name}.ts`, place]));
    const files = examples.map(({ name }) => path.join(path.relative(root, folder), `${name}.ts`));
    const found = await compile({ root, compiler: "7", target: "sources", globals: "DOM", files });
    const own = found.map(
      ({ file, line, message }) => `${places.get(path.basename(file)) ?? file} +${line} ${message}`,
    );
    assertNone(own);
  });
});

/** Bundles examples, so that they mean the sources when they say `oss-fetch`. */
async function bundle(folder: string, examples: readonly Example[]): Promise<void> {
  await esbuild.build({
    entryPoints: examples.map(({ name }) => path.join(folder, `${name}.ts`)),
    outdir: path.join(folder, "out"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    external: ["fast-xml-parser", "@noble/hashes/*"],
    alias: {
      "oss-fetch/node": path.join(root, "src/node/mod.ts"),
      "oss-fetch/page": path.join(root, "src/page/mod.ts"),
      "oss-fetch/stores/deno-kv": path.join(root, "src/stores/deno_kv.ts"),
      "oss-fetch/stores/file-system": path.join(root, "src/stores/file_system.ts"),
      "oss-fetch/stores/indexed-db": path.join(root, "src/stores/indexed_db.ts"),
      "oss-fetch/stores/key-value": path.join(root, "src/stores/key_value.ts"),
      "oss-fetch/stores/memory": path.join(root, "src/stores/memory.ts"),
      "oss-fetch/testing/node": path.join(root, "src/testing/node/mod.ts"),
      "oss-fetch/testing": path.join(root, "src/testing/mod.ts"),
      "oss-fetch/crc64": path.join(root, "src/checksum/mod.ts"),
      "oss-fetch/hash": path.join(root, "src/signing/sync_hash.ts"),
      "oss-fetch/worker": path.join(root, "src/worker/mod.ts"),
      "oss-fetch/xhr": path.join(root, "src/transports/xhr.ts"),
      "oss-fetch": path.join(root, "src/mod.ts"),
    },
    logLevel: "silent",
  });
}

test("examples of the sources run", { timeout: 120_000 }, async () => {
  const examples = sourceExamples(root);
  const failed: string[] = [];
  await withFiles(examples, async (folder) => {
    const together = await bundle(folder, examples).then(
      () => true,
      () => false,
    );
    for (const example of examples) {
      const outfile = path.join(folder, "out", `${example.name}.mjs`);
      try {
        if (!together) await bundle(folder, [example]);
        await import(pathToFileURL(outfile).href);
      } catch (error) {
        failed.push(`${example.place}: ${error}`);
      }
    }
  });
  assertNone(failed);
});
