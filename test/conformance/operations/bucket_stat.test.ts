/** How much is in a bucket: counted, by storage class. */
import {
  abortMultipartUpload,
  deleteObject,
  type GetBucketStatResult,
  getBucketStat,
  initiateMultipartUpload,
  putBucketVersioning,
  putObject,
  uploadPart,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, own } from "../support/world.ts";

type Stat = Omit<GetBucketStatResult, "status" | "requestId" | "headers">;

const KB64 = 65_536;
const EMPTY: Stat = {
  storage: 0,
  objectCount: 0,
  multipartUploadCount: 0,
  multipartPartCount: 0,
  multipartPartStorage: 0,
  liveChannelCount: 0,
  deleteMarkerCount: 0,
  standardStorage: 0,
  standardObjectCount: 0,
  standardMultipartPartCount: 0,
  standardMultipartPartStorage: 0,
  infrequentAccessStorage: 0,
  infrequentAccessRealStorage: 0,
  infrequentAccessObjectCount: 0,
  infrequentMultipartPartCount: 0,
  infrequentMultipartPartStorage: 0,
  archiveStorage: 0,
  archiveRealStorage: 0,
  archiveObjectCount: 0,
  archiveMultipartPartCount: 0,
  archiveMultipartPartStorage: 0,
  coldArchiveStorage: 0,
  coldArchiveRealStorage: 0,
  coldArchiveObjectCount: 0,
  coldArchiveMultipartPartCount: 0,
  coldArchiveMultipartPartStorage: 0,
  deepColdArchiveStorage: 0,
  deepColdArchiveRealStorage: 0,
  deepColdArchiveObjectCount: 0,
  deepColdArchiveMultipartPartCount: 0,
  deepColdArchiveMultipartPartStorage: 0,
};

operationCase("GetBucketStat", "counts objects by class, uploads and parts", async ({ client }) => {
  const stat = async (): Promise<Stat> => {
    const { lastModifiedTime, ...rest } = own(await getBucketStat(client, {}), 200);
    assert.approximately(lastModifiedTime?.getTime() ?? 0, Date.now(), 60_000);
    return rest;
  };
  assert.deepEqual(await stat(), EMPTY);
  await putObject(client, { key: "a", body: "12345" });
  await putObject(client, { key: "b", body: "123", storageClass: "IA" });
  await putObject(client, { key: "c", body: new Uint8Array(KB64 + 1), storageClass: "IA" });
  await putObject(client, { key: "d", body: "1", storageClass: "Archive" });
  await putObject(client, { key: "e", body: "12", storageClass: "ColdArchive" });
  await putObject(client, { key: "f", body: "", storageClass: "DeepColdArchive" });
  const objects: Stat = {
    ...EMPTY,
    storage: 5 + 3 + KB64 + 1 + 1 + 2,
    objectCount: 6,
    standardStorage: 5,
    standardObjectCount: 1,
    infrequentAccessStorage: KB64 + KB64 + 1,
    infrequentAccessRealStorage: 3 + KB64 + 1,
    infrequentAccessObjectCount: 2,
    archiveStorage: KB64,
    archiveRealStorage: 1,
    archiveObjectCount: 1,
    coldArchiveStorage: KB64,
    coldArchiveRealStorage: 2,
    coldArchiveObjectCount: 1,
    deepColdArchiveStorage: KB64,
    deepColdArchiveRealStorage: 0,
    deepColdArchiveObjectCount: 1,
  };
  assert.deepEqual(await stat(), objects);
  const { uploadId } = await initiateMultipartUpload(client, { key: "g" });
  for (const partNumber of [1, 2]) await uploadPart(client, { key: "g", uploadId, partNumber, body: "123" });
  const cold = await initiateMultipartUpload(client, { key: "h", storageClass: "ColdArchive" });
  await uploadPart(client, { key: "h", uploadId: cold.uploadId, partNumber: 1, body: "1" });
  assert.deepEqual(await stat(), {
    ...objects,
    multipartUploadCount: 2,
    multipartPartCount: 3,
    multipartPartStorage: 7,
    standardMultipartPartCount: 2,
    standardMultipartPartStorage: 6,
    coldArchiveMultipartPartCount: 1,
    coldArchiveMultipartPartStorage: 1,
  });
  for (const [key, id] of [
    ["g", uploadId],
    ["h", cold.uploadId],
  ] as const) {
    await abortMultipartUpload(client, { key, uploadId: id });
  }
  for (const key of "abcdef") await deleteObject(client, { key });
  assert.deepEqual(await stat(), EMPTY);
});

operationCase("GetBucketStat", "counts all versions, and delete markers apart", async ({ client }) => {
  await putBucketVersioning(client, { versioning: "Enabled" });
  for (const body of ["1", "22", "333"]) await putObject(client, { key: "a", body });
  await deleteObject(client, { key: "a" });
  assert.deepInclude(await getBucketStat(client, {}), { storage: 6, objectCount: 3, deleteMarkerCount: 1 });
});

operationCase("GetBucketStat", "needs a bucket", async ({ client }) => {
  const none = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(getBucketStat(client, { bucket: "missing" }), none);
});

const fields = Object.keys(EMPTY);
const numbers = Object.fromEntries(fields.map((name, at) => [name, at + 1])) as unknown as Stat;
const XML = fields.map((name, at) => {
  const element = name.replace(/^./, (first) => first.toUpperCase());
  return `<${element}>${at + 1}</${element}>`;
});
sends(getBucketStat, "every input", {}, { method: "GET", url: "https://photos.oss-cn-hangzhou.aliyuncs.com/?stat" });
reads(
  getBucketStat,
  {},
  { body: `<BucketStat>${XML.join("\n")}<LastModifiedTime>1643341269</LastModifiedTime></BucketStat>` },
  { ...numbers, lastModifiedTime: new Date(1_643_341_269_000) },
);
reads(
  getBucketStat,
  {},
  { body: "<BucketStat> <Storage>472594058</Storage> <ObjectCount>666</ObjectCount></BucketStat>" },
  { storage: 472_594_058, objectCount: 666 },
);
presignCase("GetBucketStat", getBucketStat, { input: {} });
