/** Lists as walks: every page, every item, in order, no page before its time. */
import {
  type Client,
  compareKeys,
  createClient,
  DecodeError,
  each,
  initiateMultipartUpload,
  type ListOperation,
  listBuckets,
  listMultipartUploads,
  listObjects,
  listObjectsV2,
  listParts,
  pages,
  putBucket,
  putObject,
  uploadPart,
} from "../../src/mod.ts";
import { assert, fc, test } from "../harness.ts";
import { answering } from "./support/canned.ts";
import { failureOf, VERSIONS, world } from "./support/world.ts";

const KEYS = ["a/1", "a/2", "b", "c/", "c/1", "\uFF5E/1", "\uFF5E/2", "\u{1F600}", "\u{1F600}/1"];

async function fill(client: Client, keys: readonly string[] = KEYS): Promise<void> {
  for (const key of keys) await putObject(client, { key, body: key });
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

for (const signatureVersion of VERSIONS) {
  for (const list of [listObjects, listObjectsV2]) {
    test(`${list.operationName}: objects and prefixes in one order, whatever the page (${signatureVersion})`, async (t) => {
      const { client } = world(t, { client: { signatureVersion } });
      await fill(client);
      for (const maxKeys of [1, 2, 3, undefined]) {
        const all = await collect(each(client, list, { maxKeys }));
        assert.deepEqual(
          all.map(({ key, isPrefix }) => [key, isPrefix]),
          KEYS.map((key) => [key, false]),
        );
        const folded = await collect(each(client, list, { maxKeys, delimiter: "/" }));
        assert.deepEqual(
          folded.map(({ key, isPrefix }) => [key, isPrefix]),
          [
            ["a/", true],
            ["b", false],
            ["c/", true],
            ["\uFF5E/", true],
            ["\u{1F600}", false],
            ["\u{1F600}/", true],
          ],
        );
        const inside = await collect(each(client, list, { maxKeys, delimiter: "/", prefix: "c/" }));
        assert.deepEqual(
          inside.map(({ key }) => key),
          ["c/", "c/1"],
        );
        const [first] = inside;
        if (first?.isPrefix !== false) assert.fail("c/ is an object there");
        assert.equal(first.size, 2);
      }
    });
  }
}

test("any keys, any prefix, any delimiter: the walk equals a plain fold", { timeout: 60_000 }, async (t) => {
  const { client, oss } = world(t);
  const part = fc.constantFrom("a", "b", "/", "//", "\uFF5E", "\u{1F600}", "%2F", " ");
  const text = (maxLength: number) => fc.array(part, { maxLength }).map((parts) => parts.join(""));
  const keys = fc.array(text(4), { maxLength: 12 }).map((all) => [...new Set(all.map((key) => `k${key}`))]);
  await fc.assert(
    fc.asyncProperty(
      keys,
      text(1),
      fc.constantFrom("", "/", "\uFF5E"),
      fc.integer({ min: 1, max: 4 }),
      async (...given) => {
        const [all, tail, delimiter, maxKeys] = given;
        await oss.clear();
        await fill(client, all);
        const prefix = `k${tail}`;
        const found = [...all].sort(compareKeys).filter((key) => key.startsWith(prefix));
        const expected = found.map((key) => {
          const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
          return cut < 0 ? key : key.slice(0, cut + delimiter.length);
        });
        for (const list of [listObjects, listObjectsV2]) {
          const items = await collect(each(client, list, { prefix, delimiter, maxKeys }));
          assert.deepEqual(
            items.map(({ key }) => key),
            [...new Set(expected)],
          );
        }
      },
    ),
    { numRuns: 25 },
  );
});

test("a walk begins where its input says, and on a page of its own", async (t) => {
  const { client } = world(t);
  await fill(client);
  const rest = KEYS.slice(3);
  const after = async <I extends object, O>(list: ListOperation<I, O, { key: string }>, input: I) =>
    (await collect(each(client, list, input))).map(({ key }) => key);
  assert.deepEqual(await after(listObjects, { marker: "b", maxKeys: 2 }), rest);
  assert.deepEqual(await after(listObjectsV2, { startAfter: "b", maxKeys: 2 }), rest);
  const { nextContinuationToken } = await listObjectsV2(client, { maxKeys: 3 });
  const input = { continuationToken: nextContinuationToken, startAfter: "a", maxKeys: 2 };
  assert.deepEqual(await after(listObjectsV2, input), rest);
});

test("buckets, uploads and parts are walked too", async (t) => {
  const { client, bucket } = world(t);
  for (const name of ["b-1", "b-2", "b-3"]) await putBucket(client, { bucket: name });
  const buckets = await collect(each(client, listBuckets, { maxKeys: 1 }));
  assert.deepEqual(
    buckets.map(({ name }) => name),
    ["b-1", "b-2", "b-3", bucket],
  );
  const ids: string[] = [];
  for (const key of ["k", "k", "l"]) ids.push((await initiateMultipartUpload(client, { key })).uploadId);
  const uploads = await collect(each(client, listMultipartUploads, { maxUploads: 1 }));
  assert.deepEqual(
    uploads.map(({ uploadId }) => uploadId),
    ids,
  );
  const upload = { key: "k", uploadId: ids[0] ?? "" };
  for (const partNumber of [3, 1, 7]) await uploadPart(client, { ...upload, partNumber, body: "x" });
  const parts = await collect(each(client, listParts, { ...upload, maxParts: 1 }));
  assert.deepEqual(
    parts.map(({ partNumber }) => partNumber),
    [1, 3, 7],
  );
});

test("no page is fetched before it is asked for, none after the walk is left", async (t) => {
  const { client, wire } = world(t);
  await fill(client);
  const before = wire.sent.length;
  const walk = pages(client, listObjectsV2, { maxKeys: 2 });
  assert.lengthOf(wire.sent, before);
  assert.lengthOf((await walk.next()).value?.objects ?? [], 2);
  assert.lengthOf(wire.sent, before + 1);
  await walk.return(undefined);
  for await (const item of each(client, listObjectsV2, { maxKeys: 2 })) if (item.key === "a/2") break;
  assert.lengthOf(wire.sent, before + 2);
});

test("an abort ends a walk between two pages", async (t) => {
  const { client } = world(t);
  await fill(client);
  const controller = new AbortController();
  const walk = pages(client, listObjectsV2, { maxKeys: 2 }, { signal: controller.signal });
  await walk.next();
  controller.abort("enough");
  assert.equal(await failureOf(walk.next()), "enough");
});

test("where no marker is named, the last key or prefix in byte order is one", async () => {
  const contents = (key: string): string =>
    `<Contents><Key>${key}</Key><Size>1</Size><ETag>E</ETag><LastModified>2023-12-16T16:20:57.000Z</LastModified></Contents>`;
  const prefix = (key: string): string => `<CommonPrefixes><Prefix>${key}</Prefix></CommonPrefixes>`;
  for (const [entries, marker] of [
    [contents("a") + contents("b") + prefix("a/"), "b"],
    [contents("a") + prefix("a/") + prefix("c/"), "c/"],
    [contents("\uFF5E") + prefix("\u{1F600}/"), "\u{1F600}/"],
    [contents("\u{1F600}") + prefix("\uFF5E/"), "\u{1F600}"],
  ] as const) {
    const asked: (string | null)[] = [];
    const fetch = async (url: string): Promise<Response> => {
      asked.push(new URL(url).searchParams.get("marker"));
      const more = asked.length === 1;
      return new Response(
        `<ListBucketResult><IsTruncated>${more}</IsTruncated>${more ? entries : ""}</ListBucketResult>`,
      );
    };
    const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous", fetch });
    await collect(each(client, listObjects, { delimiter: "/" }));
    assert.deepEqual(asked, [null, marker]);
  }
});

test("markers that turn in a circle, or are missing, end the walk with an error", async () => {
  const page = (rest: string): Client =>
    answering(() => new Response(`<ListBucketResult><IsTruncated>true</IsTruncated>${rest}</ListBucketResult>`));
  const contents =
    "<Contents><Key>a</Key><Size>1</Size><ETag>E</ETag><LastModified>2023-12-16T16:20:57.000Z</LastModified></Contents>";
  for (const [list, rest, most] of [
    [listObjects, "<NextMarker>a</NextMarker>", 2],
    [listObjects, contents, 2],
    [listObjectsV2, "<NextContinuationToken>a</NextContinuationToken>", 2],
    [listObjectsV2, contents, 1],
  ] as const) {
    let count = 0;
    const walk = async (): Promise<void> => {
      for await (const _ of pages(page(rest), list, {})) if (++count > 3) assert.fail("it would not end");
    };
    assert.instanceOf(await failureOf(walk()), DecodeError, `${list.operationName} ${rest}`);
    assert.isAtMost(count, most, `${list.operationName} ${rest}`);
  }
});
