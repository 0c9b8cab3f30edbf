/** How many bytes a bucket may hold. */
import { deleteBucketStorageQuota, getBucketStorageQuota, putBucketStorageQuota } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, own, serviceErrorOf } from "../support/world.ts";

const QUOTA = { storageQuota: 10_737_418_240, mode: "Strict" };
const INSIDE = "<StorageQuota>10737418240</StorageQuota><Mode>Strict</Mode>";
const AT = "https://photos.oss-cn-hangzhou.aliyuncs.com/?quota";
const NONE = { status: 404, code: "NoSuchBucket" };
const put = ({ client }: Stage): Promise<unknown> => putBucketStorageQuota(client, QUOTA);

operationCase("PutBucketStorageQuota", "is what GetBucketStorageQuota reads", async ({ client }) => {
  assert.deepEqual(own(await putBucketStorageQuota(client, QUOTA), 200), {});
  assert.deepEqual(own(await getBucketStorageQuota(client, {}), 200), QUOTA);
  await putBucketStorageQuota(client, { storageQuota: 1, mode: "Warning" });
  assert.deepEqual(own(await getBucketStorageQuota(client, {}), 200), { storageQuota: 1, mode: "Warning" });
});

operationCase("PutBucketStorageQuota", "refuses no bytes and unknown modes", async ({ client }) => {
  const refused = { status: 400, code: "InvalidArgument" };
  await assertRefused(putBucketStorageQuota(client, { ...QUOTA, storageQuota: 0 }), refused);
  await assertRefused(putBucketStorageQuota(client, { ...QUOTA, mode: "strict" }), refused);
  await assertRefused(putBucketStorageQuota(client, { ...QUOTA, bucket: "missing" }), NONE);
});

operationCase("GetBucketStorageQuota", "finds none at first", async ({ client }) => {
  assert.equal((await serviceErrorOf(getBucketStorageQuota(client, {}))).status, 404);
  await assertRefused(getBucketStorageQuota(client, { bucket: "missing" }), NONE);
});

operationCase("DeleteBucketStorageQuota", "drops it", async (stage) => {
  const { client } = stage;
  await put(stage);
  assert.deepEqual(own(await deleteBucketStorageQuota(client, {}), 204), {});
  assert.equal((await serviceErrorOf(getBucketStorageQuota(client, {}))).status, 404);
  await assertRefused(deleteBucketStorageQuota(client, { bucket: "missing" }), NONE);
});

sends(putBucketStorageQuota, "bytes and mode in a document", QUOTA, {
  method: "PUT",
  url: AT,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<QuotaConfiguration>${INSIDE}</QuotaConfiguration>`,
});
sends(getBucketStorageQuota, "nothing else", {}, { method: "GET", url: AT });
sends(deleteBucketStorageQuota, "nothing else", {}, { method: "DELETE", url: AT });
reads(
  getBucketStorageQuota,
  {},
  { body: `<QuotaConfiguration>${INSIDE}<CurrentUsage>4096</CurrentUsage></QuotaConfiguration>` },
  { ...QUOTA, currentUsage: 4096 },
);

const body = new TextEncoder().encode(`<QuotaConfiguration>${INSIDE}</QuotaConfiguration>`);
presignCase("PutBucketStorageQuota", putBucketStorageQuota, { input: QUOTA, body });
presignCase("GetBucketStorageQuota", getBucketStorageQuota, { prepare: put, input: {} });
presignCase("DeleteBucketStorageQuota", deleteBucketStorageQuota, { input: {}, status: 204 });
