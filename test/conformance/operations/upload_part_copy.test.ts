/** UploadPartCopy against the in-process OSS. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import {
  type Client,
  completeMultipartUpload,
  getObject,
  headObject,
  initiateMultipartUpload,
  putObject,
  type UploadPartCopyInput,
  uploadPartCopy,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, bytesOf, failureOf, noise, own, VERSIONS } from "../support/world.ts";

const { bucket } = environment;
const PART = 100 * 1024;
const SOURCE = "a/../\uFF5E b+%.bin";
const bytes = noise(2 * PART);
const copySource = { bucket, key: SOURCE };

async function begin(client: Client): Promise<{ key: string; uploadId: string; copySource: typeof copySource }> {
  await putObject(client, { key: SOURCE, body: bytes });
  const key = "b c";
  return { key, uploadId: (await initiateMultipartUpload(client, { key })).uploadId, copySource };
}

for (const signatureVersion of VERSIONS) {
  operationCase(
    "UploadPartCopy",
    `makes parts of ranges and of the whole (${signatureVersion})`,
    async ({ client }) => {
      const { etag: sourceEtag } = await putObject(client, { key: SOURCE, body: bytes });
      const upload = await begin(client);
      const range = [10, PART + 9] as const;
      const { lastModified, etag, ...found } = own(
        await uploadPartCopy(client, {
          ...upload,
          partNumber: 1,
          copySourceRange: range,
          copySourceIfMatch: sourceEtag,
          trafficLimit: 819_200,
        }),
        200,
      );
      assert.instanceOf(lastModified, Date);
      const first = bytes.subarray(10, PART + 10);
      assert.deepEqual(found, { crc64: crc64(first) });
      const whole = await uploadPartCopy(client, { ...upload, partNumber: 2 });
      assert.equal(whole.crc64, crc64(bytes));
      const parts = [etag, whole.etag].map((tag = "", index) => ({ partNumber: index + 1, etag: tag }));
      await completeMultipartUpload(client, { ...upload, parts });
      const copied = await bytesOf(await getObject(client, { key: upload.key }));
      assert.equal(crc64(copied), crc64(bytes, crc64(first)));
      assert.lengthOf(copied, 3 * PART);
    },
    { client: { signatureVersion } },
  );
}

operationCase("UploadPartCopy", "fails with what is wrong", async ({ client, oss }) => {
  const upload = await begin(client);
  const { etag = "", lastModified = new Date() } = await headObject(client, { key: SOURCE });
  const copy = (input: Partial<UploadPartCopyInput>): Promise<unknown> =>
    uploadPartCopy(client, { ...upload, partNumber: 1, ...input });
  const earlier = new Date(lastModified.getTime() - 1000);
  for (const [input, facts] of [
    [{ uploadId: "none" }, { status: 404, code: "NoSuchUpload" }],
    [{ copySource: { bucket, key: "none" } }, { status: 404, code: "NoSuchKey" }],
    [{ copySource: { bucket: "not-there", key: "a" } }, { status: 404, code: "NoSuchBucket" }],
    [{ copySourceIfMatch: '"0"' }, { status: 412, code: "PreconditionFailed" }],
    [{ copySourceIfUnmodifiedSince: earlier }, { status: 412, code: "PreconditionFailed" }],
    [{ copySourceIfNoneMatch: etag }, { status: 304, code: "NotModified" }],
    [{ copySourceIfModifiedSince: lastModified }, { status: 304, code: "NotModified" }],
    [{ copySourceRange: [0, 2 * PART] }, { status: 400, code: "InvalidArgument" }],
  ] as const) {
    await assertRefused(copy(input), { ...facts, operation: "UploadPartCopy" });
  }
  const before = oss.requests.length;
  for (const [input, kind] of [
    [{ partNumber: 0 }, RangeError],
    [{ copySourceRange: [5, 4] }, RangeError],
    [{ copySourceRange: [-1, 4] }, RangeError],
    [{ uploadId: "" }, TypeError],
    [{ copySource: { bucket, key: "" } }, TypeError],
  ] as const) {
    assert.instanceOf(await failureOf(copy(input)), kind);
  }
  // Forgotten by callers without types: it would be UploadPart, or CopyObject.
  for (const name of ["copySource", "uploadId", "partNumber"]) {
    assert.instanceOf(await failureOf(copy({ [name]: undefined })), TypeError);
  }
  assert.lengthOf(oss.requests, before);
});

const date = new Date(Date.UTC(2023, 11, 16, 16, 20, 57));
const DATE = "Sat, 16 Dec 2023 16:20:57 GMT";

sends(
  uploadPartCopy,
  "every input",
  {
    key: "copy",
    uploadId: "0004B999",
    partNumber: 10_000,
    copySource: { bucket: "other", key: "a b", versionId: "CAEQ" },
    copySourceRange: [0, 9],
    copySourceIfMatch: '"A"',
    copySourceIfNoneMatch: '"B"',
    copySourceIfModifiedSince: date,
    copySourceIfUnmodifiedSince: date,
    trafficLimit: 838_860_800,
    requestPayer: "requester",
  },
  {
    method: "PUT",
    url: "https://photos.oss-cn-hangzhou.aliyuncs.com/copy?partNumber=10000&uploadId=0004B999",
    headers: {
      "x-oss-copy-source": "/other/a%20b?versionId=CAEQ",
      "x-oss-copy-source-range": "bytes=0-9",
      "x-oss-copy-source-if-match": '"A"',
      "x-oss-copy-source-if-none-match": '"B"',
      "x-oss-copy-source-if-modified-since": DATE,
      "x-oss-copy-source-if-unmodified-since": DATE,
      "x-oss-traffic-limit": "838860800",
      "x-oss-request-payer": "requester",
    },
  },
);

reads(
  uploadPartCopy,
  { key: "a", uploadId: "1", partNumber: 1, copySource },
  {
    headers: { "x-oss-hash-crc64ecma": "18446744073709551615", "x-oss-copy-source-version-id": "CAEP" },
    body: '<CopyPartResult><LastModified>2023-12-16T16:20:57.000Z</LastModified><ETag>"E"</ETag></CopyPartResult>',
  },
  { etag: '"E"', lastModified: date, crc64: 18_446_744_073_709_551_615n, copySourceVersionId: "CAEP" },
);

presignCase("UploadPartCopy", uploadPartCopy, {
  input: async ({ client }) => ({ ...(await begin(client)), partNumber: 1, copySourceRange: [0, 9] as const }),
});
