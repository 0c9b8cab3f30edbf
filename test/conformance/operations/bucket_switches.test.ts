/** Small settings of buckets: access monitor, direct reads of archives, transfer acceleration, resource group. */
import {
  getBucketAccessMonitor,
  getBucketArchiveDirectRead,
  getBucketInfo,
  getBucketResourceGroup,
  getBucketTransferAcceleration,
  putBucketAccessMonitor,
  putBucketArchiveDirectRead,
  putBucketResourceGroup,
  putBucketTransferAcceleration,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { documentCases } from "../support/document.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const MALFORMED = { status: 400, code: "MalformedXML" };
const bytes = (xml: string) => new TextEncoder().encode(xml);

operationCase("PutBucketAccessMonitor", "is what the getters read", async ({ client }) => {
  assert.deepEqual(own(await getBucketAccessMonitor(client, {}), 200), { accessMonitor: "Disabled" });
  assert.equal((await getBucketInfo(client, {})).accessMonitor, "Disabled");
  const configuration = { accessMonitor: "Enabled", allowCopy: true };
  assert.deepEqual(own(await putBucketAccessMonitor(client, configuration), 200), {});
  assert.deepEqual(own(await getBucketAccessMonitor(client, {}), 200), configuration);
  assert.equal((await getBucketInfo(client, {})).accessMonitor, "Enabled");
});
operationCase("GetBucketAccessMonitor", "keeps nothing of what was refused", async ({ client }) => {
  await assertRefused(putBucketAccessMonitor(client, { accessMonitor: "Sometimes" }), MALFORMED);
  assert.deepEqual(own(await getBucketAccessMonitor(client, {}), 200), { accessMonitor: "Disabled" });
});
const MONITOR =
  "<AccessMonitorConfiguration><Status>Enabled</Status><AllowCopy>true</AllowCopy></AccessMonitorConfiguration>";
const monitor = { accessMonitor: "Enabled", allowCopy: true };
documentCases(putBucketAccessMonitor, getBucketAccessMonitor, "accessmonitor", monitor, MONITOR);
presignCase("PutBucketAccessMonitor", putBucketAccessMonitor, { input: monitor, body: bytes(MONITOR) });
presignCase("GetBucketAccessMonitor", getBucketAccessMonitor, { input: {} });

operationCase("PutBucketArchiveDirectRead", "is what GetBucketArchiveDirectRead reads", async ({ client }) => {
  assert.deepEqual(own(await getBucketArchiveDirectRead(client, {}), 200), { enabled: false });
  assert.deepEqual(own(await putBucketArchiveDirectRead(client, { enabled: true }), 200), {});
  assert.deepEqual(own(await getBucketArchiveDirectRead(client, {}), 200), { enabled: true });
});
operationCase("GetBucketArchiveDirectRead", "needs a bucket", async ({ client }) => {
  const none = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(getBucketArchiveDirectRead(client, { bucket: "missing" }), none);
});
const DIRECT = "<ArchiveDirectReadConfiguration><Enabled>true</Enabled></ArchiveDirectReadConfiguration>";
documentCases(
  putBucketArchiveDirectRead,
  getBucketArchiveDirectRead,
  "bucketArchiveDirectRead",
  { enabled: true },
  DIRECT,
);
presignCase("PutBucketArchiveDirectRead", putBucketArchiveDirectRead, {
  input: { enabled: true },
  body: bytes(DIRECT),
});
presignCase("GetBucketArchiveDirectRead", getBucketArchiveDirectRead, { input: {} });

operationCase("PutBucketTransferAcceleration", "is what the getters read", async ({ client }) => {
  assert.equal((await getBucketInfo(client, {})).transferAcceleration, "Disabled");
  for (const enabled of [true, false]) {
    assert.deepEqual(own(await putBucketTransferAcceleration(client, { enabled }), 200), {});
    assert.deepEqual(own(await getBucketTransferAcceleration(client, {}), 200), { enabled });
    assert.equal((await getBucketInfo(client, {})).transferAcceleration, enabled ? "Enabled" : "Disabled");
  }
});
operationCase("GetBucketTransferAcceleration", "fails where it was never set", async ({ client }) => {
  const none = { status: 404, code: "NoSuchTransferAccelerationConfiguration", ec: "0028-00000004" };
  await assertRefused(getBucketTransferAcceleration(client, {}), none);
});
const ACCELERATION = "<TransferAccelerationConfiguration><Enabled>true</Enabled></TransferAccelerationConfiguration>";
documentCases(
  putBucketTransferAcceleration,
  getBucketTransferAcceleration,
  "transferAcceleration",
  { enabled: true },
  ACCELERATION,
);
presignCase("PutBucketTransferAcceleration", putBucketTransferAcceleration, {
  input: { enabled: true },
  body: bytes(ACCELERATION),
});
presignCase("GetBucketTransferAcceleration", getBucketTransferAcceleration, {
  prepare: ({ client }) => putBucketTransferAcceleration(client, { enabled: true }),
  input: {},
});

operationCase("PutBucketResourceGroup", "is what the getters read", async ({ client }) => {
  const group = { resourceGroupId: "rg-aekz2w6d2xl4xuq" };
  assert.match((await getBucketResourceGroup(client, {})).resourceGroupId, /^rg-/);
  assert.deepEqual(own(await putBucketResourceGroup(client, group), 200), {});
  assert.deepEqual(own(await getBucketResourceGroup(client, {}), 200), group);
  assert.equal((await getBucketInfo(client, {})).resourceGroupId, group.resourceGroupId);
});
operationCase("GetBucketResourceGroup", "keeps the group when none is named", async ({ client }) => {
  await putBucketResourceGroup(client, { resourceGroupId: "rg-1" });
  assert.instanceOf(await failureOf(putBucketResourceGroup(client, { resourceGroupId: "" })), TypeError);
  assert.equal((await getBucketResourceGroup(client, {})).resourceGroupId, "rg-1");
});
const GROUP =
  "<BucketResourceGroupConfiguration><ResourceGroupId>rg-1</ResourceGroupId></BucketResourceGroupConfiguration>";
const group = { resourceGroupId: "rg-1" };
documentCases(putBucketResourceGroup, getBucketResourceGroup, "resourceGroup", group, GROUP);
presignCase("PutBucketResourceGroup", putBucketResourceGroup, { input: group, body: bytes(GROUP) });
presignCase("GetBucketResourceGroup", getBucketResourceGroup, { input: {} });
