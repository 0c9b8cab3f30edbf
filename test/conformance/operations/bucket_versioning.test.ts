/** Whether a bucket keeps versions. */
import { getBucketInfo, getBucketVersioning, putBucketVersioning } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

operationCase("PutBucketVersioning", "is what GetBucketVersioning reads", async ({ client }) => {
  assert.deepEqual(own(await getBucketVersioning(client, {}), 200), {});
  for (const versioning of ["Enabled", "Suspended", "Enabled"]) {
    assert.deepEqual(own(await putBucketVersioning(client, { versioning }), 200), {});
    assert.deepEqual(own(await getBucketVersioning(client, {}), 200), { versioning });
    assert.equal((await getBucketInfo(client, {})).versioning, versioning);
  }
});

operationCase("PutBucketVersioning", "refuses what is no status", async ({ client, oss }) => {
  const unknown = putBucketVersioning(client, { versioning: "Disabled" });
  await assertRefused(unknown, { status: 400, code: "MalformedXML" });
  const before = oss.requests.length;
  assert.instanceOf(await failureOf(putBucketVersioning(client, { versioning: "" })), TypeError);
  assert.lengthOf(oss.requests, before);
});

operationCase("GetBucketVersioning", "needs a bucket", async ({ client }) => {
  const none = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(getBucketVersioning(client, { bucket: "missing" }), none);
});

sends(
  putBucketVersioning,
  "the status in a document",
  { versioning: "Suspended" },
  {
    method: "PUT",
    url: "https://photos.oss-cn-hangzhou.aliyuncs.com/?versioning",
    headers: { "content-type": "application/xml" },
    body: '<?xml version="1.0" encoding="UTF-8"?>\n<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>',
  },
);
reads(
  getBucketVersioning,
  {},
  { body: "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>" },
  { versioning: "Enabled" },
);
reads(getBucketVersioning, {}, { body: "<VersioningConfiguration/>" }, {});

presignCase("PutBucketVersioning", putBucketVersioning, {
  input: { versioning: "Enabled" },
  body: new TextEncoder().encode("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"),
});
presignCase("GetBucketVersioning", getBucketVersioning, { input: {} });
