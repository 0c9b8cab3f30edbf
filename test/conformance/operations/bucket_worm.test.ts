/** Retention policies of buckets. */
import {
  abortBucketWorm,
  appendObject,
  completeBucketWorm,
  completeMultipartUpload,
  copyObject,
  deleteBucket,
  deleteMultipleObjects,
  deleteObject,
  extendBucketWorm,
  getBucketWorm,
  headObject,
  initiateBucketWorm,
  initiateMultipartUpload,
  putBucketVersioning,
  putObject,
  uploadPart,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { movingClock, START } from "../support/moving_clock.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const NONE = { status: 404, code: "NoSuchWORMConfiguration" };
const LOCKED = { status: 403, code: "WORMConfigurationLocked" };
const IMMUTABLE = { status: 409, code: "FileImmutable", ec: "0026-00000005" };
const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com/";

const initiate = async ({ client }: Stage): Promise<{ wormId: string }> => {
  const { wormId } = await initiateBucketWorm(client, { retentionPeriodInDays: 2 });
  return { wormId };
};

const first = movingClock();
operationCase(
  "InitiateBucketWorm",
  "makes a policy that lapses after a day without lock",
  async (stage) => {
    const { client } = stage;
    await assertRefused(getBucketWorm(client, {}), NONE);
    const { wormId } = await initiate(stage);
    const facts = { wormId, retentionPeriodInDays: 2, creationDate: new Date(START) };
    assert.deepEqual(own(await getBucketWorm(client, {}), 200), { ...facts, state: "InProgress" });
    await putObject(client, { key: "a", body: "1" });
    await assertRefused(deleteObject(client, { key: "a" }), IMMUTABLE);
    first.pass(24);
    assert.deepEqual(own(await getBucketWorm(client, {}), 200), { ...facts, state: "Expired" });
    await assertRefused(completeBucketWorm(client, { wormId }), { status: 400, code: "InvalidWORMConfiguration" });
    await deleteObject(client, { key: "a" });
    const again = await initiate(stage);
    assert.notEqual(again.wormId, wormId);
  },
  first.options,
);

operationCase("AbortBucketWorm", "ends a policy that is not locked", async (stage) => {
  const { client } = stage;
  await assertRefused(abortBucketWorm(client, {}), NONE);
  const { wormId } = await initiate(stage);
  await putObject(client, { key: "a", body: "1" });
  assert.deepEqual(own(await abortBucketWorm(client, {}), 204), {});
  await deleteObject(client, { key: "a" });
  await assertRefused(completeBucketWorm(client, { wormId }), NONE);
  const next = await initiate(stage);
  await completeBucketWorm(client, next);
  await assertRefused(abortBucketWorm(client, {}), LOCKED);
  await assertRefused(initiateBucketWorm(client, { retentionPeriodInDays: 1 }), LOCKED);
});

const second = movingClock();
operationCase(
  "CompleteBucketWorm",
  "protects objects until their time is over",
  async (stage) => {
    const { client, bucket } = stage;
    await putObject(client, { key: "old", body: "1" });
    await appendObject(client, { key: "log", position: 0, body: "1" });
    const { uploadId } = await initiateMultipartUpload(client, { key: "old" });
    const { etag = "" } = await uploadPart(client, { key: "old", uploadId, partNumber: 1, body: "2" });
    second.pass(24);
    const { wormId } = await initiate(stage);
    await assertRefused(completeBucketWorm(client, { wormId: "0123" }), NONE);
    assert.deepEqual(own(await completeBucketWorm(client, { wormId }), 200), {});
    assert.equal((await getBucketWorm(client, {})).state, "Locked");
    await putObject(client, { key: "new", body: "1" });
    for (const key of ["old", "new"]) {
      await assertRefused(deleteObject(client, { key }), IMMUTABLE);
      await assertRefused(putObject(client, { key, body: "2" }), IMMUTABLE);
      await assertRefused(copyObject(client, { key, copySource: { bucket, key: "old" } }), IMMUTABLE);
      await assertRefused(deleteMultipleObjects(client, { objects: [key] }), IMMUTABLE);
    }
    await assertRefused(appendObject(client, { key: "log", position: 1, body: "2" }), IMMUTABLE);
    const complete = completeMultipartUpload(client, { key: "old", uploadId, parts: [{ partNumber: 1, etag }] });
    await assertRefused(complete, IMMUTABLE);
    await assertRefused(deleteBucket(client, {}), { status: 409, code: "BucketNotEmpty" });
    second.pass(24);
    await deleteMultipleObjects(client, { objects: ["old", "log"] });
    await assertRefused(deleteObject(client, { key: "new" }), IMMUTABLE);
    assert.equal((await headObject(client, { key: "new" })).contentLength, 1);
    second.pass(24);
    await putObject(client, { key: "new", body: "22" });
    assert.equal((await headObject(client, { key: "new" })).contentLength, 2);
  },
  second.options,
);

operationCase("ExtendBucketWorm", "makes the period of a locked policy longer, never shorter", async (stage) => {
  const { client } = stage;
  const { wormId } = await initiate(stage);
  const extend = (days: number) => extendBucketWorm(client, { wormId, retentionPeriodInDays: days });
  const invalid = { status: 400, code: "InvalidWORMConfiguration" };
  await assertRefused(extend(3), invalid);
  await completeBucketWorm(client, { wormId });
  assert.deepEqual(own(await extend(3), 200), {});
  assert.equal((await getBucketWorm(client, {})).retentionPeriodInDays, 3);
  await assertRefused(extend(2), invalid);
  await assertRefused(extendBucketWorm(client, { wormId: "0123", retentionPeriodInDays: 9 }), NONE);
});

operationCase("ExtendBucketWorm", "checks its arguments", async ({ client, oss }) => {
  assert.instanceOf(await failureOf(completeBucketWorm(client, { wormId: "" })), TypeError);
  assert.instanceOf(await failureOf(extendBucketWorm(client, { wormId: "", retentionPeriodInDays: 1 })), TypeError);
  for (const days of [0, 1.5, 25_551]) {
    assert.instanceOf(await failureOf(initiateBucketWorm(client, { retentionPeriodInDays: days })), RangeError);
  }
  assert.equal(oss.requests.length, 0);
});

operationCase("InitiateBucketWorm", "is refused while versioning is suspended", async ({ client }) => {
  await putBucketVersioning(client, { versioning: "Suspended" });
  const refused = { status: 400, code: "InvalidRequest" };
  await assertRefused(initiateBucketWorm(client, { retentionPeriodInDays: 1 }), refused);
});

operationCase("GetBucketWorm", "needs a policy", ({ client }) => assertRefused(getBucketWorm(client, {}), NONE));

const document = (root: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}><RetentionPeriodInDays>365</RetentionPeriodInDays></${root}>`;
const XML = { "content-type": "application/xml" };
sends(
  initiateBucketWorm,
  "the period",
  { retentionPeriodInDays: 365 },
  {
    method: "POST",
    url: `${URL}?worm`,
    headers: XML,
    body: document("InitiateWormConfiguration"),
  },
);
sends(abortBucketWorm, "nothing else", {}, { method: "DELETE", url: `${URL}?worm` });
sends(completeBucketWorm, "the id", { wormId: "16A2" }, { method: "POST", url: `${URL}?wormId=16A2` });
sends(
  extendBucketWorm,
  "id and period",
  { wormId: "16A2", retentionPeriodInDays: 365 },
  {
    method: "POST",
    url: `${URL}?wormExtend&wormId=16A2`,
    headers: XML,
    body: document("ExtendWormConfiguration"),
  },
);
reads(initiateBucketWorm, { retentionPeriodInDays: 1 }, { headers: { "x-oss-worm-id": "16A2" } }, { wormId: "16A2" });
reads(
  getBucketWorm,
  {},
  {
    body: "<WormConfiguration><WormId>16A2</WormId><State>Locked</State><RetentionPeriodInDays>1</RetentionPeriodInDays><CreationDate>2018-08-14T15:50:32</CreationDate><ExpirationDate>2018-08-15T15:50:32.000Z</ExpirationDate></WormConfiguration>",
  },
  {
    wormId: "16A2",
    state: "Locked",
    retentionPeriodInDays: 1,
    creationDate: new Date("2018-08-14T15:50:32Z"),
    expirationDate: new Date("2018-08-15T15:50:32Z"),
  },
);

const bytes = (root: string) => new TextEncoder().encode(document(root));
presignCase("InitiateBucketWorm", initiateBucketWorm, {
  input: { retentionPeriodInDays: 365 },
  body: bytes("InitiateWormConfiguration"),
});
presignCase("AbortBucketWorm", abortBucketWorm, { prepare: initiate, input: {}, status: 204 });
presignCase("CompleteBucketWorm", completeBucketWorm, { input: initiate });
presignCase("ExtendBucketWorm", extendBucketWorm, {
  async input(stage) {
    const { wormId } = await initiate(stage);
    await completeBucketWorm(stage.client, { wormId });
    return { wormId, retentionPeriodInDays: 365 };
  },
  body: bytes("ExtendWormConfiguration"),
});
presignCase("GetBucketWorm", getBucketWorm, { prepare: initiate, input: {} });
