/** Any number of deletions: cut by count and by bytes, several at once, and nothing that failed goes unnamed. */
import { deleteObjects, type Fetch, type ObjectIdentifier, type ObjectsToDelete } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { fill, keysOf, numbered, transferErrorOf } from "./support/walks.ts";
import { onAnswer, withBody } from "./support/wire.ts";
import { failureOf, VERSIONS, world } from "./support/world.ts";

/** Keys that each request named, and the bytes of its document. */
function documents(sent: readonly { readonly body: BodyInit | null | undefined }[]) {
  return Promise.all(
    sent.map(async ({ body }) => {
      const text = await new Response(body ?? null).text();
      return { bytes: new TextEncoder().encode(text).length, keys: text.split("<Key>").length - 1, text };
    }),
  );
}

for (const signatureVersion of VERSIONS) {
  test(`deleteObjects: any number of keys, what is there and what is not (${signatureVersion})`, async (t) => {
    const { client, wire } = world(t, { client: { signatureVersion } });
    await fill(client, ["a", "k00007", "z"]);
    const objects = numbered(2500);
    const before = wire.sent.length;
    const result = await deleteObjects(client, { objects });
    assert.deepEqual(result, { deleted: 2500, deletedKeys: objects });
    const cut = await documents(wire.sent.slice(before));
    assert.deepEqual(cut.map(({ keys }) => keys).sort(), [1000, 1000, 500]);
    assert.deepEqual(await keysOf(client), ["a", "z"]);
  });
}

test("deleteObjects: no document is larger than 2 MB, no key is lost at a cut", { timeout: 60_000 }, async (t) => {
  const { client, wire } = world(t);
  const long = numbered(1000, `${"&".repeat(1000)}`);
  const wide = numbered(1000, "\u{1F600}".repeat(250));
  const objects = [...long, ...wide, ...numbered(10)];
  const { deletedKeys } = await deleteObjects(client, { objects });
  assert.deepEqual(deletedKeys, objects);
  const cut = await documents(wire.sent);
  assert.isAtMost(Math.max(...cut.map(({ bytes }) => bytes)), 2_000_000);
  assert.equal(
    cut.reduce((sum, { keys }) => sum + keys, 0),
    objects.length,
  );
  assert.isAtMost(cut.length, 6, "and no more requests than it takes");
});

test("deleteObjects: versions are named", async (t) => {
  const deleted = `<Key>a</Key><VersionId>v1</VersionId>`;
  const marker = `<Key>a</Key><DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>v2</DeleteMarkerVersionId>`;
  const answer = `<DeleteResult><Deleted>${deleted}</Deleted><Deleted>${marker}</Deleted></DeleteResult>`;
  const { client, wire } = world(t, { client: { use: [onAnswer((response) => withBody(response, answer))] } });
  const objects = [
    { key: "a", versionId: "v1" },
    { key: "a", versionId: "v2" },
    { key: "a", versionId: "v3" },
  ];
  const error = await transferErrorOf(deleteObjects(client, { objects }));
  assert.deepEqual(error.failures, [{ key: "a", versionId: "v3" }]);
  assert.deepEqual(error.result, { deleted: 2, deletedKeys: ["a", "a"] });
  const [sent] = await documents(wire.sent);
  for (const { versionId } of objects) assert.include(sent?.text, `<VersionId>${versionId}</VersionId>`);
});

test("deleteObjects: what can be iterated is read as it is deleted", async (t) => {
  const { client, wire } = world(t);
  const keys = numbered(9500);
  assert.deepEqual((await deleteObjects(client, { objects: new Set(keys.slice(0, 3)) })).deletedKeys, keys.slice(0, 3));
  let read = 0;
  let deleted = 0;
  let ahead = 0;
  async function* found(): AsyncGenerator<ObjectIdentifier & { readonly isPrefix: false }> {
    for (const key of keys) {
      read++;
      ahead = Math.max(ahead, read - deleted);
      yield { key, isPrefix: false };
    }
  }
  const result = await deleteObjects(
    client,
    { objects: found() },
    {
      concurrency: 2,
      async onDeleted(list) {
        await Promise.resolve();
        deleted += list.length;
      },
    },
  );
  assert.deepEqual(result, { deleted: 9500, deletedKeys: [] }, "whoever takes the keys keeps them");
  assert.equal(deleted, 9500);
  assert.isAtMost(ahead, 3001, "two requests under way, and one being gathered");
  const before = wire.sent.length;
  assert.deepEqual(await deleteObjects(client, { objects: [][Symbol.iterator]() }), { deleted: 0, deletedKeys: [] });
  assert.lengthOf(wire.sent, before);
});

test("deleteObjects: so many requests at once and no more", async (t) => {
  let now = 0;
  let most = 0;
  const count =
    (next: Fetch): Fetch =>
    async (url, init) => {
      most = Math.max(most, ++now);
      // Every lane that can start has started by then.
      await new Promise((resolve) => setTimeout(resolve, 5));
      return next(url, init).finally(() => now--);
    };
  const { client } = world(t, { client: { use: [count] } });
  await deleteObjects(client, { objects: numbered(8000) }, { concurrency: 3 });
  assert.equal(most, 3);
});

test("deleteObjects: bad arguments are found before any request", async (t) => {
  const { client, wire } = world(t);
  assert.instanceOf(await failureOf(deleteObjects(client, { objects: [] })), RangeError);
  const bad: unknown[] = ["abc", undefined, null, 7, {}, ["a", ""], ["a", undefined], [{ key: "/a" }], [["a"]]];
  bad.push([{ key: "a", versionId: "" }], [{ key: "a/", isPrefix: true }], [{ key: "a", versionId: null }]);
  for (const objects of bad) {
    const error = await failureOf(deleteObjects(client, { objects: objects as ObjectsToDelete }));
    assert.instanceOf(error, TypeError, JSON.stringify(objects));
  }
  const objects = ["a"];
  for (const concurrency of [0, 1.5, Number.NaN])
    assert.instanceOf(await failureOf(deleteObjects(client, { objects }, { concurrency })), RangeError);
  assert.instanceOf(await failureOf(deleteObjects(client, { objects }, { timeout: 0 })), RangeError);
  assert.lengthOf(wire.sent, 0);
});
