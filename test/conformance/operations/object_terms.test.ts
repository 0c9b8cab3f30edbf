/** Terms that many calls on objects share: who pays, how fast, how encrypted. */
import {
  appendObject,
  type Client,
  completeMultipartUpload,
  copyObject,
  createClient,
  getObject,
  headObject,
  initiateMultipartUpload,
  listObjectsV2,
  postObject,
  postPolicy,
  presign,
  putBucketEncryption,
  putBucketRequestPayment,
  putObject,
  uploadPart,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, type Stage } from "../cases.ts";
import { assertRefused } from "../support/world.ts";

const { account, region, bucket } = environment;
const key = "a";
const stranger = { accessKeyId: "LTAIstranger", accessKeySecret: "stranger-secret" };
const other = "somebody-elses";
const service = {
  accounts: [account, { id: "2", ...stranger }],
  buckets: [
    { name: bucket, acl: "public-read-write" },
    { name: other, account: { id: "2" } },
  ],
} as const;

async function opened({ client, oss }: Stage): Promise<Client> {
  await putObject(client, { key, body: "hello" });
  await putBucketRequestPayment(client, { payer: "Requester" });
  return createClient({ region, bucket, credentials: stranger, fetch: oss.fetch });
}

operationCase(
  "GetObject",
  "on a requester-pays bucket asks others whether they pay",
  async (set) => {
    const client = await opened(set);
    const refused = { status: 403, code: "AccessDenied", ec: "0003-00000702" };
    await assertRefused(getObject(client, { key }), refused);
    await assertRefused(putObject(client, { key: "b", body: "x" }), refused);
    await assertRefused(listObjectsV2(client, {}), refused);
    const nobody = createClient({ region, bucket, credentials: "anonymous", fetch: set.oss.fetch });
    await assertRefused(getObject(nobody, { key, requestPayer: "requester" }), refused);
    const paid = await getObject(client, { key, requestPayer: "requester" });
    assert.equal(paid.headers.get("x-oss-request-charged"), "requester");
    assert.equal(await paid.text(), "hello");
    assert.lengthOf((await listObjectsV2(client, { requestPayer: "requester" })).objects, 1);
    const own = await getObject(set.client, { key });
    assert.isNull(own.headers.get("x-oss-request-charged"));
  },
  { service },
);

operationCase(
  "CopyObject",
  "from a requester-pays bucket asks whether the copier pays",
  async (set) => {
    const client = await opened(set);
    const copy = { bucket: other, key: "copy", copySource: { bucket, key } };
    await assertRefused(copyObject(client, copy), { status: 403, code: "AccessDenied", ec: "0003-00000702" });
    assert.equal((await copyObject(client, { ...copy, requestPayer: "requester" })).status, 200);
  },
  { service },
);

operationCase(
  "GetObject",
  "by a URL says who pays in the query",
  async (set) => {
    const client = await opened(set);
    const query = { "x-oss-request-payer": "requester" };
    const { url } = await presign(client, getObject, { key, query }, { expiresIn: 60 });
    const answer = await set.oss.fetch(url);
    assert.equal(answer.status, 200, await answer.text());
  },
  { service },
);

operationCase("GetObject", "takes a traffic limit within bounds, in one place", async ({ client, oss }) => {
  await putObject(client, { key, body: "hello", trafficLimit: 819_200 });
  const invalid = { status: 400, code: "InvalidArgument", ec: "0004-00000502" };
  const limit = (value: string): Promise<unknown> =>
    getObject(client, { key, headers: { "x-oss-traffic-limit": value } });
  for (const value of ["abc", "1", "838860801", "-819200"]) await assertRefused(limit(value), invalid);
  await limit("838860800");
  const query = { "x-oss-traffic-limit": 819_200 };
  await assertRefused(getObject(client, { key, query, trafficLimit: 819_200 }), { ...invalid, ec: "0004-00000501" });
  const { url, signedHeaders } = await presign(client, getObject, { key, query }, { expiresIn: 60 });
  assert.deepEqual(signedHeaders, {});
  assert.equal((await oss.fetch(url)).status, 200);
});

operationCase("PostObject", "takes a traffic limit as a field", async ({ client }) => {
  const form = await postPolicy(client, { keyPrefix: "", expiresIn: 60 });
  const post = (limit: string): Promise<unknown> =>
    postObject(client, { form, key, body: "hello", fields: { "x-oss-traffic-limit": limit } });
  await post("819200");
  await assertRefused(post("1"), { status: 400, code: "InvalidArgument", ec: "0004-00000502" });
});

const KMS = {
  serverSideEncryption: "KMS",
  serverSideEncryptionKeyId: "9468da86",
  serverSideDataEncryption: "SM4",
} as const;
const HEADERS = ["", "-key-id"]
  .map((end) => `x-oss-server-side-encryption${end}`)
  .concat("x-oss-server-side-data-encryption");
const told = ({ headers }: { readonly headers: Headers }): (string | null)[] =>
  HEADERS.map((name) => headers.get(name));
const EXPECTED = ["KMS", "9468da86", "SM4"];

operationCase("PutObject", "tells how objects are encrypted, in every answer", async ({ client }) => {
  assert.deepEqual(told(await putObject(client, { key, body: "hello", ...KMS })), EXPECTED);
  assert.deepInclude(await headObject(client, { key }), KMS);
  assert.deepEqual(told(await getObject(client, { key })), EXPECTED);
  assert.deepEqual(told(await appendObject(client, { key: "log", position: 0, body: "one", ...KMS })), EXPECTED);
  assert.deepEqual(told(await appendObject(client, { key: "log", position: 3, body: "two" })), EXPECTED);
  const begun = await initiateMultipartUpload(client, { key: "parts", ...KMS });
  assert.deepEqual(told(begun), EXPECTED);
  const upload = { key: "parts", uploadId: begun.uploadId };
  const part = await uploadPart(client, { ...upload, partNumber: 1, body: "x" });
  assert.deepEqual(told(part), EXPECTED);
  const parts = [{ partNumber: 1, etag: part.etag ?? "" }];
  assert.deepEqual(told(await completeMultipartUpload(client, { ...upload, parts })), EXPECTED);
  assert.deepInclude(await headObject(client, { key: "parts" }), KMS);
});

operationCase("PutObject", "is encrypted as the bucket says, unless the request says something", async ({ client }) => {
  await putBucketEncryption(client, { sseAlgorithm: "KMS", kmsMasterKeyId: "9468da86", kmsDataEncryption: "SM4" });
  assert.deepEqual(told(await putObject(client, { key, body: "hello" })), EXPECTED);
  const put = await putObject(client, { key, body: "hello", serverSideEncryption: "AES256" });
  assert.deepEqual(told(put), ["AES256", null, null]);
});

operationCase("CopyObject", "encrypts as the copy asks, not as its source", async ({ client }) => {
  await putObject(client, { key, body: "hello", ...KMS });
  const copySource = { bucket, key };
  await copyObject(client, { key: "b", copySource });
  assert.isUndefined((await headObject(client, { key: "b" })).serverSideEncryption);
  const copy = await copyObject(client, { key: "b", copySource, serverSideEncryption: "AES256" });
  assert.equal(copy.headers.get("x-oss-server-side-encryption"), "AES256");
  assert.equal((await headObject(client, { key: "b" })).serverSideEncryption, "AES256");
});

operationCase("PutObject", "refuses encryption that does not exist", async ({ client }) => {
  const put = (input: object): Promise<unknown> => putObject(client, { key, body: "hello", ...input });
  const unknown = { status: 400, code: "InvalidEncryptionAlgorithmError" };
  await assertRefused(put({ serverSideEncryption: "ROT13" }), unknown);
  const refused = { status: 400, code: "InvalidArgument" };
  await assertRefused(put({ serverSideEncryption: "AES256", serverSideEncryptionKeyId: "1" }), refused);
  await assertRefused(put({ serverSideDataEncryption: "SM4" }), refused);
});
