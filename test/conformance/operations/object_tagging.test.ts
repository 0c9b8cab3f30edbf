/** Tags of objects: put with them, set, read, copied and deleted; of one version. */
import {
  appendObject,
  completeMultipartUpload,
  copyObject,
  deleteObjectTagging,
  getObjectTagging,
  headObject,
  initiateMultipartUpload,
  postObject,
  postPolicy,
  putBucketVersioning,
  putObject,
  putObjectTagging,
  putSymlink,
  uploadPart,
} from "../../../src/mod.ts";
import type { Client } from "../../../src/types.ts";
import { assert, environment, fc } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const { bucket } = environment;
const key = "a/\uFF5E.txt";
const TAGS = { stage: "draft", "a b": "+-=._:/ ", empty: "" };
const NONE = { status: 404, code: "NoSuchKey", ec: "0026-00000001" };

const tagsOf = async (client: Client, name: string): Promise<unknown> =>
  (await getObjectTagging(client, { key: name })).tagging;

operationCase("PutObjectTagging", "sets all tags anew, and the date stays", async ({ client }) => {
  await putObject(client, { key, body: "x", tagging: { old: "1" } });
  const before = await headObject(client, { key });
  assert.equal(before.taggingCount, 1);
  assert.deepEqual(own(await putObjectTagging(client, { key, tagging: TAGS }), 200), {});
  assert.deepEqual(own(await getObjectTagging(client, { key }), 200), { tagging: TAGS });
  const after = await headObject(client, { key });
  assert.deepEqual([after.taggingCount, after.lastModified, after.etag], [3, before.lastModified, before.etag]);
  assert.deepEqual(own(await deleteObjectTagging(client, { key }), 204), {});
  assert.deepEqual(await tagsOf(client, key), {});
  assert.isUndefined((await headObject(client, { key })).taggingCount);
});

operationCase("GetObjectTagging", "reads what every kind of write stored", async ({ client }) => {
  const tagging = TAGS;
  await putObject(client, { key: "put", body: "x", tagging });
  await appendObject(client, { key: "append", position: 0, body: "x", tagging });
  await appendObject(client, { key: "append", position: 1, body: "x", tagging: { other: "1" } });
  await putSymlink(client, { key: "link", symlinkTarget: "put", tagging });
  const { uploadId } = await initiateMultipartUpload(client, { key: "parts", tagging });
  const { etag = "" } = await uploadPart(client, { key: "parts", uploadId, partNumber: 1, body: "x" });
  await completeMultipartUpload(client, { key: "parts", uploadId, parts: [{ partNumber: 1, etag }] });
  const fields = { "x-oss-tagging": "stage=draft&a%20b=%2B-%3D._%3A/+&empty" };
  const form = await postPolicy(client, {
    key: "post",
    expiresIn: 60,
    conditions: [["starts-with", "$x-oss-tagging", ""]],
  });
  await postObject(client, { form, key: "post", body: "x", fields });
  const copySource = { bucket, key: "put" };
  await copyObject(client, { key: "copy", copySource, tagging: { ignored: "1" } });
  for (const name of ["put", "append", "link", "parts", "post", "copy"]) {
    assert.deepEqual(await tagsOf(client, name), tagging, name);
  }
  await copyObject(client, { key: "copy", copySource, tagging: { b: "2" }, taggingDirective: "Replace" });
  assert.deepEqual(await tagsOf(client, "copy"), { b: "2" });
  await copyObject(client, { key: "copy", copySource, taggingDirective: "Replace" });
  assert.deepEqual(await tagsOf(client, "copy"), {});
  await putObject(client, { key: "put", body: "y" });
  assert.deepEqual(await tagsOf(client, "put"), {}, "a new object has no tags of the old one");
});

operationCase("GetObjectTagging", "is about one version", async ({ client }) => {
  await putBucketVersioning(client, { versioning: "Enabled" });
  const { versionId: one = "?" } = await putObject(client, { key, body: "1", tagging: { n: "1" } });
  const { versionId: two = "?" } = await putObject(client, { key, body: "2" });
  assert.deepEqual(own(await putObjectTagging(client, { key, tagging: { n: "2" } }), 200), { versionId: two });
  const old = await getObjectTagging(client, { key, versionId: one });
  assert.deepEqual(own(old, 200), { versionId: one, tagging: { n: "1" } });
  assert.deepEqual(own(await deleteObjectTagging(client, { key, versionId: one }), 204), { versionId: one });
  assert.deepEqual((await getObjectTagging(client, { key, versionId: one })).tagging, {});
  assert.deepEqual(await tagsOf(client, key), { n: "2" });
  const unknown = getObjectTagging(client, { key, versionId: "CAEQ" });
  await assertRefused(unknown, { status: 404, code: "NoSuchVersion", ec: "0012-00000203" });
});

operationCase("PutObjectTagging", "takes any tags that the service allows", async ({ client }) => {
  await putObject(client, { key, body: "x" });
  const letters = fc.constantFrom(..."aZ09 +-=._:/");
  const text = (minLength: number, maxLength: number) => fc.string({ unit: letters, minLength, maxLength });
  const tags = fc.uniqueArray(fc.tuple(text(1, 128), text(0, 256)), { maxLength: 10, selector: ([name]) => name });
  await fc.assert(
    fc.asyncProperty(tags, async (pairs) => {
      const tagging = Object.fromEntries(pairs);
      await putObjectTagging(client, { key, tagging });
      assert.deepEqual(await tagsOf(client, key), tagging);
      await putObject(client, { key: "b", body: "", tagging });
      assert.deepEqual(await tagsOf(client, "b"), tagging);
    }),
    { numRuns: 30 },
  );
});

operationCase("PutObjectTagging", "refuses what no object can have", async ({ client, oss }) => {
  await assertRefused(putObjectTagging(client, { key: "none", tagging: { a: "1" } }), NONE);
  await putObject(client, { key, body: "x" });
  const invalid = { status: 400, code: "InvalidTag", ec: "0010-00000217" };
  await assertRefused(putObjectTagging(client, { key, tagging: { a: "\u00E9" } }), invalid);
  await assertRefused(putObject(client, { key, body: "x", tagging: { "a#": "" } }), invalid);
  const before = oss.requests.length;
  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`k${i}`, ""]));
  for (const tagging of [eleven, { "": "1" }, { ["k".repeat(129)]: "" }, { a: "v".repeat(257) }]) {
    assert.instanceOf(await failureOf(putObjectTagging(client, { key, tagging })), RangeError);
  }
  assert.lengthOf(oss.requests, before);
});

for (const call of [getObjectTagging, deleteObjectTagging]) {
  operationCase(call.operationName, "needs an object", async ({ client }) => {
    await assertRefused(call(client, { key: "none" }), NONE);
  });
}

operationCase("DeleteObjectTagging", "deletes all of them", async ({ client }) => {
  await putObject(client, { key, body: "x", tagging: TAGS });
  await deleteObjectTagging(client, { key });
  assert.deepEqual(await tagsOf(client, key), {});
});

const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com/a?tagging";
sends(
  putObjectTagging,
  "tags in a document",
  { key: "a", tagging: { "a&b": "1" }, versionId: "CAE.QM", requestPayer: "requester" },
  {
    method: "PUT",
    url: `${URL}&versionId=CAE.QM`,
    headers: { "content-type": "application/xml", "x-oss-request-payer": "requester" },
    body: '<?xml version="1.0" encoding="UTF-8"?>\n<Tagging><TagSet><Tag><Key>a&amp;b</Key><Value>1</Value></Tag></TagSet></Tagging>',
  },
);
sends(
  getObjectTagging,
  "the version",
  { key: "a", versionId: "null" },
  { method: "GET", url: `${URL}&versionId=null` },
);
sends(
  deleteObjectTagging,
  "the version",
  { key: "a", versionId: "null" },
  { method: "DELETE", url: `${URL}&versionId=null` },
);
const answered = { headers: { "x-oss-version-id": "CAEQM" } };
reads(putObjectTagging, { key: "a", tagging: {} }, answered, { versionId: "CAEQM" });
reads(deleteObjectTagging, { key: "a" }, { ...answered, status: 204 }, { versionId: "CAEQM" });
reads(
  getObjectTagging,
  { key: "a" },
  {
    ...answered,
    body: "<Tagging><TagSet><Tag><Key>a</Key><Value> 1 </Value></Tag><Tag><Key>b</Key><Value/></Tag></TagSet></Tagging>",
  },
  { versionId: "CAEQM", tagging: { a: " 1 ", b: "" } },
);

const prepare = ({ client }: { client: Client }): Promise<unknown> => putObject(client, { key, body: "x" });
const body = new TextEncoder().encode("<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>");
presignCase("PutObjectTagging", putObjectTagging, { prepare, input: { key, tagging: { a: "1" } }, body });
presignCase("GetObjectTagging", getObjectTagging, { prepare, input: { key } });
presignCase("DeleteObjectTagging", deleteObjectTagging, { prepare, input: { key }, status: 204 });
