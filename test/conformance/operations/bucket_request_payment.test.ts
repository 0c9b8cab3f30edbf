/** Who pays for requests on a bucket. */
import { getBucketRequestPayment, putBucketRequestPayment } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { sends } from "../support/canned.ts";
import { assertRefused, own } from "../support/world.ts";

operationCase("PutBucketRequestPayment", "is what GetBucketRequestPayment reads", async ({ client }) => {
  assert.deepEqual(own(await getBucketRequestPayment(client, {}), 200), { payer: "BucketOwner" });
  assert.deepEqual(own(await putBucketRequestPayment(client, { payer: "Requester" }), 200), {});
  assert.deepEqual(own(await getBucketRequestPayment(client, {}), 200), { payer: "Requester" });
});

operationCase("PutBucketRequestPayment", "refuses an unknown payer", async ({ client }) => {
  await assertRefused(putBucketRequestPayment(client, { payer: "Nobody" }), { status: 400, code: "MalformedXML" });
});

operationCase("GetBucketRequestPayment", "needs a bucket", async ({ client }) => {
  const none = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(getBucketRequestPayment(client, { bucket: "missing" }), none);
});

sends(
  putBucketRequestPayment,
  "the payer in a document",
  { payer: "Requester" },
  {
    method: "PUT",
    url: "https://photos.oss-cn-hangzhou.aliyuncs.com/?requestPayment",
    headers: { "content-type": "application/xml" },
    body: '<?xml version="1.0" encoding="UTF-8"?>\n<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>',
  },
);

presignCase("PutBucketRequestPayment", putBucketRequestPayment, {
  input: { payer: "Requester" },
  body: new TextEncoder().encode("<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>"),
});
presignCase("GetBucketRequestPayment", getBucketRequestPayment, { input: {} });
