/** Block Public Access of accounts and buckets. */
import {
  appendObject,
  type Client,
  createClient,
  deleteBucketPublicAccessBlock,
  deletePublicAccessBlock,
  getBucketInfo,
  getBucketPublicAccessBlock,
  getObject,
  getPublicAccessBlock,
  listObjectsV2,
  postObject,
  postPolicy,
  putBucket,
  putBucketAcl,
  putBucketPolicy,
  putBucketPublicAccessBlock,
  putObject,
  putObjectAcl,
  putPublicAccessBlock,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { documentCases } from "../support/document.ts";
import { assertRefused, own } from "../support/world.ts";

const ON = { blockPublicAccess: true };
const OFF = { blockPublicAccess: false };
const DENIED = { status: 403, code: "AccessDenied" };
const PUBLIC = '{"Version":"1","Statement":[{"Effect":"Allow","Principal":["*"],"Action":["oss:GetObject"]}]}';
const XML =
  "<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>";

/** Somebody without keys. */
function stranger({ oss, bucket }: Stage): Client {
  return createClient({ region: environment.region, bucket, credentials: "anonymous", fetch: oss.fetch });
}

/** Grants everybody everything, while that is allowed. */
async function open({ client }: Stage): Promise<void> {
  await putBucketAcl(client, { acl: "public-read-write" });
  await putObject(client, { key: "a", body: "1", acl: "public-read" });
}

/** Nothing that was public is public, and nothing becomes so. */
async function assertBlocked(stage: Stage): Promise<void> {
  const { client } = stage;
  const guest = stranger(stage);
  await assertRefused(getObject(guest, { key: "a" }), DENIED);
  await assertRefused(listObjectsV2(guest, {}), DENIED);
  await assertRefused(putObject(guest, { key: "b", body: "1" }), DENIED);
  await assertRefused(putBucketAcl(client, { acl: "public-read" }), DENIED);
  const object = { ...DENIED, ec: "0016-00000901" };
  await assertRefused(putObjectAcl(client, { key: "a", acl: "public-read" }), object);
  await assertRefused(putObject(client, { key: "b", body: "1", acl: "public-read-write" }), object);
  await assertRefused(appendObject(client, { key: "c", position: 0, body: "1", acl: "public-read" }), object);
  const acl = { "x-oss-object-acl": "public-read" };
  const form = await postPolicy(client, { key: "d", expiresIn: 60, conditions: [acl] });
  await assertRefused(postObject(client, { form, key: "d", body: "1", fields: acl }), object);
  await assertRefused(putBucketPolicy(client, { policy: PUBLIC }), DENIED);
  await putBucketPolicy(client, { policy: PUBLIC.replace('"*"', '"1234"') });
  await putBucketAcl(client, { acl: "private" });
  await putObject(client, { key: "b", body: "1", acl: "private" });
}

operationCase("PutBucketPublicAccessBlock", "takes from strangers what ACLs gave them", async (stage) => {
  const { client } = stage;
  await open(stage);
  assert.equal(await (await getObject(stranger(stage), { key: "a" })).text(), "1");
  assert.equal((await getBucketInfo(client, {})).blockPublicAccess, false);
  assert.deepEqual(own(await putBucketPublicAccessBlock(client, ON), 200), {});
  assert.equal((await getBucketInfo(client, {})).blockPublicAccess, true);
  await assertBlocked(stage);
  assert.deepEqual(own(await getPublicAccessBlock(client, {}), 200), OFF);
  await putBucketPublicAccessBlock(client, OFF);
  // What was ignored counts again.
  assert.equal(await (await getObject(stranger(stage), { key: "a" })).text(), "1");
  await putBucketPolicy(client, { policy: PUBLIC });
});

operationCase("PutPublicAccessBlock", "holds in every bucket of the account, and new ones", async (stage) => {
  const { client } = stage;
  await open(stage);
  assert.deepEqual(own(await putPublicAccessBlock(client, ON), 200), {});
  assert.deepEqual(own(await getPublicAccessBlock(client, {}), 200), ON);
  await assertBlocked(stage);
  await assertRefused(putBucket(client, { bucket: "another", acl: "public-read" }), DENIED);
  await putBucket(client, { bucket: "another" });
  assert.deepEqual(own(await getBucketPublicAccessBlock(client, {}), 200), OFF);
  await stage.oss.clear();
  assert.deepEqual(own(await getPublicAccessBlock(client, {}), 200), OFF);
});

operationCase("DeletePublicAccessBlock", "ends the account's block", async (stage) => {
  const { client } = stage;
  await putPublicAccessBlock(client, ON);
  assert.deepEqual(own(await deletePublicAccessBlock(client, {}), 204), {});
  assert.deepEqual(own(await getPublicAccessBlock(client, {}), 200), OFF);
  await open(stage);
});

operationCase("DeleteBucketPublicAccessBlock", "ends the bucket's block", async (stage) => {
  const { client } = stage;
  await putBucketPublicAccessBlock(client, ON);
  assert.deepEqual(own(await deleteBucketPublicAccessBlock(client, {}), 204), {});
  assert.deepEqual(own(await getBucketPublicAccessBlock(client, {}), 200), OFF);
  await open(stage);
});

operationCase("GetPublicAccessBlock", "needs keys", async (stage) => {
  await assertRefused(getPublicAccessBlock(stranger(stage), {}), DENIED);
  await assertRefused(putPublicAccessBlock(stranger(stage), ON), DENIED);
});

operationCase("GetBucketPublicAccessBlock", "needs a bucket", async ({ client }) => {
  const none = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(getBucketPublicAccessBlock(client, { bucket: "missing" }), none);
});

documentCases(putBucketPublicAccessBlock, getBucketPublicAccessBlock, "publicAccessBlock", ON, XML);
const SERVICE = "https://oss-cn-hangzhou.aliyuncs.com/?publicAccessBlock";
sends(putPublicAccessBlock, "the document to the service", ON, {
  method: "PUT",
  url: SERVICE,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${XML}`,
});
sends(getPublicAccessBlock, "nothing else", {}, { method: "GET", url: SERVICE });
sends(deletePublicAccessBlock, "nothing else", {}, { method: "DELETE", url: SERVICE });
sends(
  deleteBucketPublicAccessBlock,
  "nothing else",
  {},
  {
    method: "DELETE",
    url: SERVICE.replace("oss-", "photos.oss-"),
  },
);
reads(getPublicAccessBlock, {}, { body: XML }, ON);

const body = new TextEncoder().encode(XML);
presignCase("PutPublicAccessBlock", putPublicAccessBlock, { input: ON, body });
presignCase("GetPublicAccessBlock", getPublicAccessBlock, { input: {} });
presignCase("DeletePublicAccessBlock", deletePublicAccessBlock, { input: {}, status: 204 });
presignCase("PutBucketPublicAccessBlock", putBucketPublicAccessBlock, { input: ON, body });
presignCase("GetBucketPublicAccessBlock", getBucketPublicAccessBlock, { input: {} });
presignCase("DeleteBucketPublicAccessBlock", deleteBucketPublicAccessBlock, { input: {}, status: 204 });
