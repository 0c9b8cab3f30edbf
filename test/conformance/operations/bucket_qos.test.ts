/** Limits of buckets: bandwidth, requests, and what they hold. */
import {
  type Client,
  deleteBucketQosInfo,
  getBucketQosInfo,
  getBucketStorageCapacity,
  getUserQosInfo,
  putBucketQosInfo,
  putBucketStorageCapacity,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { LIMITS, LIMITS_XML, UNLIMITED } from "../support/qos.ts";
import { assertRefused, own, serviceErrorOf } from "../support/world.ts";

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const AT = "https://photos.oss-cn-hangzhou.aliyuncs.com/";
const headers = { "content-type": "application/xml" };
const refused = { status: 400, code: "InvalidArgument" };

operationCase("PutBucketQoSInfo", "is what GetBucketQoSInfo reads", async ({ client }) => {
  assert.deepEqual(own(await putBucketQosInfo(client, LIMITS), 200), {});
  assert.deepEqual(own(await getBucketQosInfo(client, {}), 200), LIMITS);
});

operationCase("PutBucketQoSInfo", "limits nothing where it says nothing", async ({ client }) => {
  await putBucketQosInfo(client, {});
  assert.deepEqual(own(await getBucketQosInfo(client, {}), 200), UNLIMITED);
});

operationCase(
  "PutBucketQoSInfo",
  "refuses more than the account has, and parts above their total",
  async ({ client }) => {
    const { totalUploadBandwidth = 0, totalQps = 0 } = await getUserQosInfo(client, {});
    const more = totalUploadBandwidth + 1;
    await assertRefused(putBucketQosInfo(client, { totalUploadBandwidth: more }), refused);
    await assertRefused(putBucketQosInfo(client, { extranetUploadBandwidth: more }), refused);
    await assertRefused(putBucketQosInfo(client, { totalQps: totalQps + 1 }), refused);
    await assertRefused(putBucketQosInfo(client, { totalDownloadBandwidth: 2, intranetDownloadBandwidth: 3 }), refused);
    await assertRefused(putBucketQosInfo(client, { totalDownloadBandwidth: -2 }), refused);
  },
);

operationCase("GetBucketQoSInfo", "finds no limits at first", async ({ client }) => {
  assert.equal((await serviceErrorOf(getBucketQosInfo(client, {}))).status, 404);
});

operationCase("DeleteBucketQoSInfo", "drops the limits", async ({ client }) => {
  await putBucketQosInfo(client, LIMITS);
  assert.deepEqual(own(await deleteBucketQosInfo(client, {}), 204), {});
  assert.equal((await serviceErrorOf(getBucketQosInfo(client, {}))).status, 404);
});

operationCase("GetUserQoSInfo", "tells the region and its limits", async ({ client }) => {
  const { region, ...limits } = own(await getUserQosInfo(client, {}), 200);
  assert.equal(region, "oss-cn-hangzhou");
  assert.sameMembers(Object.keys(limits), Object.keys(LIMITS));
  assert.isAbove(limits.totalUploadBandwidth ?? 0, 0);
});

operationCase("PutBucketStorageCapacity", "is what GetBucketStorageCapacity reads", async ({ client }) => {
  assert.deepEqual(own(await putBucketStorageCapacity(client, { storageCapacity: 100 }), 200), {});
  assert.deepEqual(own(await getBucketStorageCapacity(client, {}), 200), { storageCapacity: 100 });
  await assertRefused(putBucketStorageCapacity(client, { storageCapacity: -2 }), refused);
});

operationCase("GetBucketStorageCapacity", "is without limit at first", async ({ client }) => {
  assert.deepEqual(own(await getBucketStorageCapacity(client, {}), 200), { storageCapacity: -1 });
});

sends(putBucketQosInfo, "every limit", LIMITS, {
  method: "PUT",
  url: `${AT}?qosInfo`,
  headers,
  body: `${HEAD}${LIMITS_XML}`,
});
const CAPACITY = `${HEAD}<BucketUserQos><StorageCapacity>100</StorageCapacity></BucketUserQos>`;
sends(
  putBucketStorageCapacity,
  "the capacity",
  { storageCapacity: 100 },
  { method: "PUT", url: `${AT}?qos`, headers, body: CAPACITY },
);
const REGION = LIMITS_XML.replace(">", "><Region>oss-cn-qingdao</Region>");
reads(getUserQosInfo, {}, { body: REGION }, { region: "oss-cn-qingdao", ...LIMITS });

const prepare = ({ client }: { client: Client }): Promise<unknown> => putBucketQosInfo(client, LIMITS);
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
presignCase("PutBucketQoSInfo", putBucketQosInfo, { input: LIMITS, body: bytes(LIMITS_XML) });
presignCase("GetBucketQoSInfo", getBucketQosInfo, { prepare, input: {} });
presignCase("DeleteBucketQoSInfo", deleteBucketQosInfo, { input: {}, status: 204 });
presignCase("GetUserQoSInfo", getUserQosInfo, { input: {} });
presignCase("PutBucketStorageCapacity", putBucketStorageCapacity, {
  input: { storageCapacity: 100 },
  body: bytes(CAPACITY),
});
presignCase("GetBucketStorageCapacity", getBucketStorageCapacity, { input: {} });
