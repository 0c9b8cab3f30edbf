/** Default encryption of a bucket, and what objects say of it. */
import {
  appendObject,
  completeMultipartUpload,
  copyObject,
  deleteBucketEncryption,
  getBucketEncryption,
  getBucketInfo,
  getObject,
  headObject,
  initiateMultipartUpload,
  putBucketEncryption,
  putObject,
  uploadPart,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { sends } from "../support/canned.ts";
import { documentCases } from "../support/document.ts";
import { assertRefused, own } from "../support/world.ts";

const RULE = { sseAlgorithm: "KMS", kmsDataEncryption: "SM4", kmsMasterKeyId: "9468da86-3509" } as const;
const NONE = { status: 404, code: "NoSuchServerSideEncryptionRule" };

/** What the headers of an answer say of encryption. */
function told({ headers }: { headers: Headers }): (string | null)[] {
  return [
    headers.get("x-oss-server-side-encryption"),
    headers.get("x-oss-server-side-encryption-key-id"),
    headers.get("x-oss-server-side-data-encryption"),
  ];
}

operationCase("PutBucketEncryption", "is what GetBucketEncryption and GetBucketInfo read", async ({ client }) => {
  await assertRefused(getBucketEncryption(client, {}), NONE);
  assert.deepEqual((await getBucketInfo(client, {})).serverSideEncryption, { sseAlgorithm: "None" });
  assert.deepEqual(own(await putBucketEncryption(client, RULE), 200), {});
  assert.deepEqual(own(await getBucketEncryption(client, {}), 200), RULE);
  assert.deepEqual((await getBucketInfo(client, {})).serverSideEncryption, RULE);
});

operationCase("PutBucketEncryption", "decides for objects that say nothing", async ({ client, bucket }) => {
  await putObject(client, { key: "old", body: "x" });
  await putBucketEncryption(client, RULE);
  const all = [RULE.sseAlgorithm, RULE.kmsMasterKeyId, RULE.kmsDataEncryption];
  assert.deepEqual(told(await putObject(client, { key: "put", body: "x" })), all);
  assert.deepEqual(told(await appendObject(client, { key: "append", position: 0, body: "x" })), all);
  assert.deepEqual(told(await copyObject(client, { key: "copy", copySource: { bucket, key: "old" } })), all);
  const started = await initiateMultipartUpload(client, { key: "parts" });
  assert.deepEqual(told(started), all);
  const { uploadId } = started;
  const { etag = "" } = await uploadPart(client, { key: "parts", uploadId, partNumber: 1, body: "x" });
  const parts = [{ partNumber: 1, etag }];
  assert.deepEqual(told(await completeMultipartUpload(client, { key: "parts", uploadId, parts })), all);
  for (const key of ["put", "append", "copy", "parts"]) {
    assert.deepEqual(told(await headObject(client, { key })), all, key);
    const answer = await getObject(client, { key });
    await answer.text();
    assert.deepEqual(told(answer), all, key);
  }
  assert.deepEqual(told(await headObject(client, { key: "old" })), [null, null, null]);
});

operationCase(
  "PutBucketEncryption",
  "does not decide for objects that say it themselves",
  async ({ client, bucket }) => {
    await putBucketEncryption(client, RULE);
    const answer = await putObject(client, { key: "a", body: "x", serverSideEncryption: "AES256" });
    assert.deepEqual(told(answer), ["AES256", null, null]);
    // A copy is a new object: what its source was encrypted with does not matter.
    await deleteBucketEncryption(client, {});
    assert.deepEqual(told(await copyObject(client, { key: "b", copySource: { bucket, key: "a" } })), [
      null,
      null,
      null,
    ]);
  },
);

operationCase("PutBucketEncryption", "refuses what is no rule", async ({ client }) => {
  const put = (rule: Parameters<typeof putBucketEncryption>[1]) => putBucketEncryption(client, rule);
  const algorithm = { status: 400, code: "InvalidEncryptionAlgorithmError" };
  await assertRefused(put({ sseAlgorithm: "DES" }), { ...algorithm, ec: "0005-00000003" });
  const argument = { status: 400, code: "InvalidArgument" };
  await assertRefused(put({ sseAlgorithm: "AES256", kmsMasterKeyId: "k" }), { ...argument, ec: "0005-00000204" });
  await assertRefused(put({ sseAlgorithm: "KMS", kmsDataEncryption: "abc" }), { ...argument, ec: "0005-00000203" });
  await assertRefused(putObject(client, { key: "a", body: "x", serverSideEncryption: "DES" }), algorithm);
});

operationCase("GetBucketEncryption", "needs a rule", async ({ client }) => {
  await assertRefused(getBucketEncryption(client, {}), NONE);
});

operationCase("DeleteBucketEncryption", "ends the rule", async ({ client }) => {
  await putBucketEncryption(client, { sseAlgorithm: "AES256" });
  assert.deepEqual(own(await deleteBucketEncryption(client, {}), 204), {});
  await assertRefused(getBucketEncryption(client, {}), NONE);
  assert.deepEqual(told(await putObject(client, { key: "a", body: "x" })), [null, null, null]);
});

const XML =
  "<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>KMS</SSEAlgorithm><KMSDataEncryption>SM4</KMSDataEncryption><KMSMasterKeyID>9468da86-3509</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>";
documentCases(putBucketEncryption, getBucketEncryption, "encryption", RULE, XML);
sends(
  deleteBucketEncryption,
  "nothing else",
  {},
  {
    method: "DELETE",
    url: "https://photos.oss-cn-hangzhou.aliyuncs.com/?encryption",
  },
);

presignCase("PutBucketEncryption", putBucketEncryption, { input: RULE, body: new TextEncoder().encode(XML) });
presignCase("GetBucketEncryption", getBucketEncryption, {
  prepare: ({ client }) => putBucketEncryption(client, RULE),
  input: {},
});
presignCase("DeleteBucketEncryption", deleteBucketEncryption, { input: {}, status: 204 });
