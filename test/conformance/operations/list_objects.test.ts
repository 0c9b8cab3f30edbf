/** ListObjects, both versions, against the in-process OSS. */
import {
  type Client,
  type ListObjectsResult,
  type ListObjectsV2Result,
  listObjects,
  listObjectsV2,
  putObject,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { assertRefused, failureOf, own, VERSIONS } from "../support/world.ts";

const { bucket } = environment;
const KEYS = ["a", "dir/1", "dir/2", "dir/sub/3", "z"];
const MISSING = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };

async function fill(client: Client): Promise<void> {
  for (const key of KEYS) await putObject(client, { key, body: key });
}

/** What both versions say alike, in short. */
function summary({ objects, commonPrefixes, isTruncated }: ListObjectsResult | ListObjectsV2Result): unknown {
  return [objects.map(({ key }) => key), commonPrefixes.map(({ prefix }) => prefix), isTruncated];
}

for (const signatureVersion of VERSIONS) {
  operationCase(
    "ListObjectsV2",
    `lists with prefix, delimiter and tokens (${signatureVersion})`,
    async ({ client }) => {
      await fill(client);
      const list = (input: Parameters<typeof listObjectsV2>[1]): Promise<ListObjectsV2Result> =>
        listObjectsV2(client, input);
      assert.deepEqual(summary(await list({})), [KEYS, [], false]);
      assert.deepEqual(summary(await list({ delimiter: "/" })), [["a", "z"], ["dir/"], false]);
      assert.deepEqual(summary(await list({ prefix: "dir/", delimiter: "/" })), [
        ["dir/1", "dir/2"],
        ["dir/sub/"],
        false,
      ]);
      assert.deepEqual(summary(await list({ startAfter: "dir/1" })), [KEYS.slice(2), [], false]);
      const first = await list({ maxKeys: 2, delimiter: "/" });
      assert.deepEqual(summary(first), [["a"], ["dir/"], true]);
      assert.equal(first.keyCount, 2);
      const token = first.nextContinuationToken ?? "?";
      const second = await list({ maxKeys: 2, delimiter: "/", continuationToken: token });
      assert.deepEqual(summary(second), [["z"], [], false]);
      assert.deepInclude(second, { name: bucket, maxKeys: 2, delimiter: "/", continuationToken: token });
    },
    { client: { signatureVersion } },
  );

  operationCase(
    "ListObjects",
    `lists with prefix, delimiter and markers (${signatureVersion})`,
    async ({ client }) => {
      await fill(client);
      const list = (input: Parameters<typeof listObjects>[1]): Promise<ListObjectsResult> => listObjects(client, input);
      assert.deepEqual(summary(await list({})), [KEYS, [], false]);
      assert.deepEqual(summary(await list({ delimiter: "/" })), [["a", "z"], ["dir/"], false]);
      assert.deepEqual(summary(await list({ marker: "dir/2" })), [KEYS.slice(3), [], false]);
      const first = await list({ maxKeys: 2, delimiter: "/", prefix: "" });
      assert.deepEqual(summary(first), [["a"], ["dir/"], true]);
      assert.equal(first.nextMarker, "dir/");
      const second = await list({ maxKeys: 2, delimiter: "/", marker: "dir/" });
      assert.deepEqual(summary(second), [["z"], [], false]);
      assert.deepInclude(second, { name: bucket, maxKeys: 2, delimiter: "/", marker: "dir/", prefix: "" });
    },
    { client: { signatureVersion } },
  );
}

operationCase("ListObjectsV2", "tells all of an object, its owner on demand", async ({ client }) => {
  const { etag = "" } = await putObject(client, { key: "a\uFF5E", body: "hello", storageClass: "IA" });
  const { objects, ...rest } = own(await listObjectsV2(client, {}), 200);
  assert.deepEqual(rest, {
    commonPrefixes: [],
    isTruncated: false,
    keyCount: 1,
    maxKeys: 100,
    name: bucket,
    prefix: "",
    delimiter: "",
  });
  const [{ lastModified, ...found } = { lastModified: undefined }] = objects;
  assert.deepEqual(found, { key: "a\uFF5E", size: 5, etag, type: "Normal", storageClass: "IA" });
  assert.instanceOf(lastModified, Date);
  const [owned] = (await listObjectsV2(client, { fetchOwner: true })).objects;
  assert.equal(owned?.owner?.id, "1000000000000001");
  const [first] = (await listObjects(client, {})).objects;
  assert.deepEqual(first, owned);
});

operationCase("ListObjectsV2", "fails with what is wrong", async ({ client }) => {
  const list = (input: Parameters<typeof listObjectsV2>[1]): Promise<unknown> => listObjectsV2(client, input);
  await assertRefused(list({ bucket: "not-there" }), { ...MISSING, operation: "ListObjectsV2" });
  assert.instanceOf(await failureOf(list({ maxKeys: 1001 })), RangeError);
});

operationCase("ListObjects", "fails with what is wrong", async ({ client }) => {
  const list = (input: Parameters<typeof listObjects>[1]): Promise<unknown> => listObjects(client, input);
  await assertRefused(list({ bucket: "not-there" }), { ...MISSING, operation: "ListObjects" });
  assert.instanceOf(await failureOf(list({ maxKeys: 0 })), RangeError);
});

const prepare = ({ client }: { client: Client }): Promise<void> => fill(client);
presignCase("ListObjectsV2", listObjectsV2, { prepare, input: { prefix: "dir/ +", delimiter: "/", maxKeys: 5 } });
presignCase("ListObjects", listObjects, { prepare, input: { prefix: "dir/ +", marker: "a", maxKeys: 5 } });
