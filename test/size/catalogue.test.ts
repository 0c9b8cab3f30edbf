/**
 * A row costs nothing until it is imported, and all of them together little.
 */
import { assert, environment, test } from "../harness.ts";
import { leastLoad, leastOf, wholeLoad } from "./bundles.ts";

const { root } = environment;

/** `export { putObject } from "./src/operations/object/basic.ts";` and the like. */
const DIRECT = {
  createClient: "core/create_client.ts",
  putObject: "operations/object/basic.ts",
  upload: "transfer/upload.ts",
} as const;

for (const names of [
  ["createClient", "putObject"],
  ["createClient", "upload"],
] as const) {
  test(`${names.join(" and ")} weigh the same from mod.ts as from their own files`, async (t) => {
    const direct = names.map((name) => `export { ${name} } from "./src/${DIRECT[name]}";`).join("\n");
    // With the names of the source: those that a minifier chooses depend on the order of the files.
    const options = { minifySyntax: true, minifyWhitespace: true };
    const [whole, own] = [await leastLoad(root, names, options), await leastOf(root, direct, options)];
    t.note(`${own.code.length} bytes, ${own.gzip} of gzip, names in full`);
    assert.deepEqual([...whole.inputs].sort(), [...own.inputs].sort());
    assert.equal(whole.code.length, own.code.length);
  });
}

/**
 * Bytes of gzip. What is counted: the rows and all they load on demand, without fast-xml-parser, @noble/hashes and
 * the CRC-64, which has a limit of its own in size.test.ts.
 */
const LIMIT = 30_000;
const CHECKSUM = /checksum\/crc64\.ts$/;

test("the whole catalogue is small", async (t) => {
  const { gzip, packages } = await wholeLoad(root, `export * from "./src/operations/mod.ts";`, CHECKSUM);
  const client = `export { createClient } from "./src/core/create_client.ts";`;
  const both = await wholeLoad(root, `export * from "./src/operations/mod.ts";\n${client}`);
  const all = await wholeLoad(root, `export * from "./src/mod.ts";`);
  t.note(`${gzip} of ${LIMIT} bytes; ${both.gzip} with createClient, ${all.gzip} all that mod.ts has`);
  assert.isAtMost(gzip, LIMIT);
  const known = /^(fast-xml-parser|@noble\/hashes\/\w+\.js)$/;
  assert.deepEqual(
    packages.filter((name) => !known.test(name)),
    [],
    "nothing else is left out of the count",
  );
  assert.include(packages, "fast-xml-parser");
});
