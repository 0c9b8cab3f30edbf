/** Odd keys travel unchanged through every call, and bad ones do not travel at all. */
import {
  type Client,
  copyObject,
  deleteMultipleObjects,
  deleteObject,
  each,
  getObject,
  headObject,
  listObjects,
  listObjectsV2,
  objectExists,
  presign,
  putObject,
} from "../../src/mod.ts";
import { assert, fc, test } from "../harness.ts";
import type { Stage } from "./cases.ts";
import { KEYS, shown } from "./support/keys.ts";
import { failureOf, VERSIONS, world } from "./support/world.ts";

/** V1 cannot sign these. */
const v1Refuses = (key: string): boolean => key.startsWith("?");

async function roundTrip({ client, oss, bucket }: Stage, key: string): Promise<void> {
  const put = await putObject(client, { key, body: key, contentType: "image/png" });
  assert.equal(oss.requests.at(-1)?.key, key, "the key as the service decoded it");
  assert.equal((await headObject(client, { key })).etag, put.etag);
  assert.equal(await (await getObject(client, { key })).text(), key.replace(/^\uFEFF/, ""));
  const { url } = await presign(client, getObject, { key }, { expiresIn: 60 });
  assert.equal((await oss.fetch(url)).status, 200, url);
  await copyObject(client, { key: "copy", copySource: { bucket, key } });
  assert.equal((await headObject(client, { key: "copy" })).etag, put.etag);
  assert.deepEqual(
    (await listObjectsV2(client, { prefix: key })).objects.map((object) => object.key),
    [key],
  );
  await deleteObject(client, { key });
  assert.isFalse(await objectExists(client, { key }));
}

for (const signatureVersion of VERSIONS) {
  test(`every odd key makes the whole round (${signatureVersion})`, { timeout: 60_000 }, async (t) => {
    const set = world(t, { client: { signatureVersion } });
    for (const key of KEYS) {
      if (signatureVersion === "v1" && v1Refuses(key)) {
        assert.instanceOf(await failureOf(putObject(set.client, { key, body: "" })), TypeError);
        continue;
      }
      await roundTrip(set, key).catch((cause: unknown) => {
        throw new Error(`key ${shown(key)}: ${cause}`, { cause });
      });
    }
  });
}

test("a stranger's GET finds what was put: keys are the service's own spelling", async (t) => {
  const { client, oss, bucket } = world(t);
  await putObject(client, { key: "a/../b", body: "dots", acl: "public-read" });
  const url = `https://${bucket}.oss-cn-hangzhou.aliyuncs.com/a%2F..%2Fb`;
  assert.equal(await (await oss.fetch(url)).text(), "dots");
});

async function fill(client: Client): Promise<void> {
  for (const key of KEYS) await putObject(client, { key, body: "" });
}

test("odd keys are listed in the service's order, with a marker between each pair", { timeout: 60_000 }, async (t) => {
  const { client } = world(t);
  await fill(client);
  for (const maxKeys of [1, 7, 1000]) {
    for (const list of [listObjects, listObjectsV2]) {
      const found: string[] = [];
      for await (const item of each(client, list, { maxKeys })) found.push(item.key);
      assert.deepEqual(found, KEYS, `${list.operationName}, ${maxKeys} a page`);
    }
  }
  for (const [at, key] of KEYS.entries()) {
    const rest = KEYS.slice(at + 1, at + 3);
    const v1 = await listObjects(client, { marker: key, maxKeys: 2 });
    const v2 = await listObjectsV2(client, { startAfter: key, maxKeys: 2 });
    assert.equal(v1.marker, key);
    assert.equal(v2.startAfter, key);
    for (const { objects } of [v1, v2])
      assert.deepEqual(
        objects.map((object) => object.key),
        rest,
        shown(key),
      );
  }
});

test("odd prefixes and delimiters fold, in order and page by page", { timeout: 60_000 }, async (t) => {
  const { client } = world(t);
  await fill(client);
  for (const delimiter of ["/", "//", "&", "\uFF5E", " "]) {
    const expected = KEYS.map((key) => {
      const cut = key.indexOf(delimiter);
      return cut < 0 ? key : key.slice(0, cut + delimiter.length);
    });
    for (const maxKeys of [1, 1000]) {
      const found: string[] = [];
      const folded: boolean[] = [];
      for await (const { key, isPrefix } of each(client, listObjectsV2, { delimiter, maxKeys })) {
        found.push(key);
        folded.push(isPrefix);
      }
      assert.deepEqual(found, [...new Set(expected)], `${JSON.stringify(delimiter)}, ${maxKeys} a page`);
      assert.deepEqual(
        folded,
        found.map((key) => key.includes(delimiter)),
      );
    }
  }
});

test("odd keys are deleted in one batch", async (t) => {
  const { client } = world(t);
  await fill(client);
  assert.deepEqual((await deleteMultipleObjects(client, { objects: KEYS })).deletedKeys, [...KEYS]);
  assert.deepEqual((await listObjectsV2(client, {})).objects, []);
});

test("any well-formed key makes the round", { timeout: 60_000 }, async (t) => {
  const { client, oss } = world(t);
  const pieces = fc.constantFrom("/", ".", "..", "%", "%2F", "+", " ", "\\", "&", "\u0000", "\uFEFF", "\u{1F600}", "a");
  const key = fc
    .array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 4 })), { minLength: 1, maxLength: 12 })
    .map((parts) => parts.join(""))
    .filter((text) => !/^[/\\]|^\.\.?$/.test(text) && text !== "" && !/\p{Cs}/u.test(text));
  await fc.assert(
    fc.asyncProperty(key, async (text) => {
      await putObject(client, { key: text, body: "" });
      assert.equal(oss.requests.at(-1)?.key, text);
      assert.isTrue(await objectExists(client, { key: text }));
      const { objects } = await listObjects(client, { prefix: text, maxKeys: 1 });
      assert.equal(objects[0]?.key, text);
      assert.deepEqual((await deleteMultipleObjects(client, { objects: [text] })).deletedKeys, [text]);
      assert.isFalse(await objectExists(client, { key: text }));
    }),
    { numRuns: 40 },
  );
});
