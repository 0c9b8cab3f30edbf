/** Sizes of folders: bytes and objects, by storage class and by folder. */
import { type FolderSizeInput, type FolderSizeOptions, folderSize, putObject } from "../../src/mod.ts";
import { assert, fc, test } from "../harness.ts";
import { fill } from "./support/walks.ts";
import { assertRefused, failureOf, VERSIONS, world } from "./support/world.ts";

for (const signatureVersion of VERSIONS) {
  test(`folderSize: all below a prefix (${signatureVersion})`, async (t) => {
    const { client } = world(t, { client: { signatureVersion } });
    await fill(client, ["a", "a/", "a/1", "a/b/2", "a/b/c/3", "a0", "a/\u{1F600}/4"], "12345");
    await putObject(client, { key: "a/b/ia", body: "123", storageClass: "IA" });
    const byStorageClass = { Standard: { objects: 5, size: 25 }, IA: { objects: 1, size: 3 } };
    const sum = { objects: 6, size: 28, byStorageClass };
    assert.deepEqual(await folderSize(client, { prefix: "a/" }), sum);
    const folders = [
      { prefix: "a/b/", objects: 3, size: 13 },
      { prefix: "a/\u{1F600}/", objects: 1, size: 5 },
    ];
    assert.deepEqual(await folderSize(client, { prefix: "a/" }, { delimiter: "/" }), { ...sum, folders });
    assert.equal((await folderSize(client, { prefix: "" })).size, 38);
    assert.deepEqual(await folderSize(client, { prefix: "none" }), { objects: 0, size: 0, byStorageClass: {} });
  });
}

test("folderSize: any keys, any delimiter: the sums of the folders are a plain fold", async (t) => {
  const { client, oss } = world(t);
  const part = fc.constantFrom("a", "b", "/", "//", "\uFF5E", "\u{1F600}");
  const keys = fc.uniqueArray(
    fc.array(part, { maxLength: 5 }).map((parts) => `k${parts.join("")}`),
    { maxLength: 10 },
  );
  await fc.assert(
    fc.asyncProperty(keys, fc.constantFrom("/", "//", "\uFF5E"), async (all, delimiter) => {
      await oss.clear();
      await fill(client, all, "123");
      const expected = new Map<string, number>();
      for (const key of all) {
        const cut = key.indexOf(delimiter, 1);
        const folder = key.slice(0, cut + delimiter.length);
        if (cut >= 0) expected.set(folder, (expected.get(folder) ?? 0) + 1);
      }
      const { objects, size, folders = [] } = await folderSize(client, { prefix: "k" }, { delimiter });
      assert.deepEqual([objects, size], [all.length, 3 * all.length]);
      assert.deepEqual(new Map(folders.map((folder) => [folder.prefix, folder.objects])), expected);
      assert.equal(folders.length, expected.size, "each once");
    }),
    { numRuns: 20 },
  );
});

test("folderSize: errors come as they are, an abort too", async (t) => {
  const { client, wire } = world(t);
  await fill(client, ["a"]);
  for (const prefix of [undefined, null, 7])
    assert.instanceOf(await failureOf(folderSize(client, { prefix } as unknown as FolderSizeInput)), TypeError);
  const nowhere = folderSize(client, { bucket: "not-there", prefix: "" });
  await assertRefused(nowhere, { status: 404, code: "NoSuchBucket", operation: "ListObjectsV2" });
  const told: object[] = [];
  await folderSize(client, { prefix: "" }, { onProgress: (amount) => told.push(amount) });
  assert.deepEqual(told, [{ objects: 1, size: 1 }]);
  const { length } = wire.sent;
  const signal = AbortSignal.abort("enough");
  assert.equal(await failureOf(folderSize(client, { prefix: "" }, { signal })), "enough");
  assert.lengthOf(wire.sent, length);
});

test("folderSize: an onProgress that fails later fails the call, not the process", async (t) => {
  const { client, wire } = world(t);
  await fill(client, ["a"]);
  const wrong = new Error("mine");
  const onProgress = async (): Promise<never> => Promise.reject(wrong);
  assert.strictEqual(await failureOf(folderSize(client, { prefix: "" }, { onProgress })), wrong);
  const { length } = wire.sent;
  for (const options of [{ onProgress: 5 }, { delimiter: 5 }, { delimiter: null }])
    assert.instanceOf(
      await failureOf(folderSize(client, { prefix: "" }, options as unknown as FolderSizeOptions)),
      TypeError,
    );
  assert.lengthOf(wire.sent, length, "before any request");
});
