/** Deletion by prefix: everything below it, nothing beside it, and never a whole bucket by mistake. */
import {
  DecodeError,
  type DeletePrefixInput,
  deleteObjects,
  deletePrefix,
  listObjectVersions,
  pages,
  putBucketVersioning,
  putObject,
} from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { fill, keysOf, numbered, transferErrorOf } from "./support/walks.ts";
import { failureOf, VERSIONS, world } from "./support/world.ts";

for (const signatureVersion of VERSIONS) {
  test(`deletePrefix: what begins with it goes, the rest stays (${signatureVersion})`, async (t) => {
    const { client } = world(t, { client: { signatureVersion } });
    const beside = ["a", "a.txt", "a0", "b/a/", "\u{1F600}"];
    await fill(client, [...beside, "a/", "a/1", "a/b/2", "a/\u{1F600}", "a/%2F &<"], "12345");
    assert.deepEqual(await deletePrefix(client, { prefix: "a/" }), { deleted: 5, size: 25 });
    assert.deepEqual(await keysOf(client), beside);
    assert.deepEqual(await deletePrefix(client, { prefix: "a/" }), { deleted: 0, size: 0 }, "again: nothing is left");
  });
}

test("deletePrefix: many pages, several requests at once", { timeout: 120_000 }, async (t) => {
  const { client, oss } = world(t);
  await fill(client, [...numbered(2100, "p/"), "q"]);
  const before = oss.requests.length;
  const told: number[] = [];
  const seen: string[] = [];
  const dry = await deletePrefix(
    client,
    { prefix: "p/" },
    { dryRun: true, onDeleted: (list) => void seen.push(...list.map(({ key }) => key)) },
  );
  assert.deepEqual(dry, { deleted: 2100, size: 2100 });
  assert.deepEqual(seen, numbered(2100, "p/"));
  const listed = oss.requests.slice(before).map(({ operation }) => operation);
  assert.deepEqual(listed, ["ListObjectsV2", "ListObjectsV2", "ListObjectsV2"], "a dry run only lists");
  const result = await deletePrefix(client, { prefix: "p/" }, { onProgress: ({ done }) => told.push(done) });
  assert.deepEqual(result, { deleted: 2100, size: 2100 });
  assert.deepEqual(
    [...told].sort((left, right) => left - right),
    told,
  );
  assert.equal(told.at(-1), 2100);
  assert.deepEqual(await keysOf(client), ["q"]);
  assert.lengthOf(oss.requests.slice(before + 3), 3 + 3 + 1);
});

test("deletePrefix: no prefix, no deletion", async (t) => {
  const { client, wire } = world(t);
  await fill(client, ["a", "b"]);
  const { length } = wire.sent;
  for (const prefix of [undefined, null, 7, ["a"], {}, ""]) {
    const error = await failureOf(deletePrefix(client, { prefix } as DeletePrefixInput));
    assert.instanceOf(error, TypeError, String(prefix));
    assert.match((error as Error).message, /^prefix must /);
  }
  for (const prefix of [undefined, null, 0]) {
    const error = await failureOf(deletePrefix(client, { prefix } as unknown as DeletePrefixInput, { all: true }));
    assert.instanceOf(error, TypeError, "also when all may go: whoever means that says so");
  }
  const truthy = { all: "yes" } as unknown as { all: boolean };
  assert.instanceOf(await failureOf(deletePrefix(client, { prefix: "" }, truthy)), TypeError);
  assert.lengthOf(wire.sent, length);
  assert.deepEqual(await deletePrefix(client, { prefix: "" }, { all: true }), { deleted: 2, size: 2 });
  assert.deepEqual(await keysOf(client), []);
});

test("deletePrefix: what is listed and does not begin with it stays", async (t) => {
  const { client } = world(t);
  await fill(client, ["a/1", "b"]);
  // A proxy or a parameter of the caller's may widen the list.
  for (const query of [{ prefix: "" }, { prefix: undefined }]) {
    const error = await transferErrorOf(deletePrefix(client, { prefix: "a/", query }));
    assert.instanceOf(error.cause, DecodeError);
    assert.include(error.message, '"b"');
    const versions = deletePrefix(client, { prefix: "a/", query }, { versions: true });
    assert.instanceOf((await transferErrorOf(versions)).cause, DecodeError);
    assert.deepEqual(await keysOf(client), ["a/1", "b"]);
  }
});

test("deletePrefix: stopped by a failure it says how far it came, and goes on when it is called again", async (t) => {
  const { client, oss } = world(t);
  await fill(client, numbered(1200));
  oss.faults.add({ kind: "status", status: 403, code: "AccessDenied", operation: "DeleteMultipleObjects", skip: 1 });
  const error = await transferErrorOf(deletePrefix(client, { prefix: "k" }, { concurrency: 1 }));
  assert.deepEqual(error.result, { deleted: 1000, size: 1000 });
  assert.lengthOf(error.failures ?? [], 200);
  assert.deepEqual(await deletePrefix(client, { prefix: "k" }), { deleted: 200, size: 200 });

  await fill(client, ["k1"]);
  oss.faults.add({ kind: "status", status: 403, code: "AccessDenied", operation: "ListObjectsV2" });
  const unlisted = await transferErrorOf(deletePrefix(client, { prefix: "k" }));
  assert.deepInclude(unlisted.cause, { code: "AccessDenied", operation: "ListObjectsV2" });
  assert.deepEqual(await keysOf(client), ["k1"]);
  const missing = await transferErrorOf(deletePrefix(client, { bucket: "not-there", prefix: "k" }));
  assert.propertyVal(missing.cause, "code", "NoSuchBucket");
});

test("deletePrefix: an abort comes through", async (t) => {
  const { client, wire } = world(t);
  await fill(client, numbered(30));
  const controller = new AbortController();
  const options = { signal: controller.signal, dryRun: true, onDeleted: () => controller.abort("enough") };
  assert.equal(await failureOf(deletePrefix(client, { prefix: "k" }, options)), "enough");
  assert.lengthOf(wire.openRequests(), 0);
  assert.lengthOf(await keysOf(client), 30);
});

test("deletePrefix: with a history, delete markers; with versions, nothing is left", { timeout: 60_000 }, async (t) => {
  const { client } = world(t);
  const left = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { entries } of pages(client, listObjectVersions, { maxKeys: 1000 }))
      found.push(...entries.map(({ key, isDeleteMarker }) => (isDeleteMarker ? `(${key})` : key)));
    return found;
  };
  await fill(client, ["p/a", "q"], "123");
  await putBucketVersioning(client, { versioning: "Enabled" });
  await fill(client, ["p/a", "p/b"], "12");
  assert.deepEqual(await deletePrefix(client, { prefix: "p/" }), { deleted: 2, size: 4 });
  assert.deepEqual(await left(), ["(p/a)", "p/a", "p/a", "(p/b)", "p/b", "q"]);
  assert.deepEqual(await deletePrefix(client, { prefix: "p/" }), { deleted: 0, size: 0 }, "there are no objects");
  for (let at = 0; at < 21; at++) await fill(client, Array<string>(50).fill("p/many"), "1");
  const all = { deleted: 5 + 1050, size: 3 + 2 + 2 + 1050 };
  assert.deepEqual(await deletePrefix(client, { prefix: "p/" }, { versions: true, dryRun: true }), all);
  assert.deepEqual(await deletePrefix(client, { prefix: "p/" }, { versions: true }), all);
  assert.deepEqual(await left(), ["q"]);

  const { versionId = "" } = await putObject(client, { key: "q", body: "new" });
  const objects = [{ key: "q", versionId }, { key: "q", versionId: "null" }, "none"];
  assert.deepEqual((await deleteObjects(client, { objects })).deletedKeys, ["q", "q", "none"]);
  assert.deepEqual(await left(), ["(none)"]);
});
