/** Multipart uploads, call by call, against the in-process OSS. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import {
  abortMultipartUpload,
  type Client,
  completeMultipartUpload,
  getObject,
  headObject,
  initiateMultipartUpload,
  listMultipartUploads,
  putObject,
  uploadPart,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { assertRefused, bytesOf, failureOf, noise, own, VERSIONS } from "../support/world.ts";

const PART = 100 * 1024;
const bytes = noise(PART + 10);
const GONE = { status: 404, code: "NoSuchUpload" };

async function begin(client: Client, key = "a b/\uFF5E"): Promise<{ key: string; uploadId: string }> {
  return { key, uploadId: (await initiateMultipartUpload(client, { key })).uploadId };
}

async function part(
  client: Client,
  upload: { key: string; uploadId: string },
  partNumber: number,
  from: number,
  to?: number,
) {
  const { etag = "" } = await uploadPart(client, { ...upload, partNumber, body: bytes.slice(from, to) });
  return { partNumber, etag };
}

for (const signatureVersion of VERSIONS) {
  const client = { signatureVersion };

  operationCase(
    "InitiateMultipartUpload",
    `begins an upload with the object's headers (${signatureVersion})`,
    async ({ client, bucket }) => {
      const key = "a b/\uFF5E.mp4";
      const { uploadId, ...found } = own(
        await initiateMultipartUpload(client, { key, contentType: "video/mp4", metadata: { a: "1" } }),
        200,
      );
      assert.deepEqual(found, { bucket, key });
      const { etag = "" } = await uploadPart(client, { key, uploadId, partNumber: 1, body: "x" });
      await completeMultipartUpload(client, { key, uploadId, parts: [{ partNumber: 1, etag }] });
      const { contentType, metadata, objectType } = await getObject(client, { key });
      assert.deepEqual([contentType, metadata, objectType], ["video/mp4", { a: "1" }, "Multipart"]);
    },
    { client },
  );

  operationCase(
    "UploadPart",
    `stores a part, and replaces it (${signatureVersion})`,
    async ({ client }) => {
      const upload = await begin(client);
      await uploadPart(client, { ...upload, partNumber: 1, body: "other" });
      const stored = await uploadPart(client, { ...upload, partNumber: 1, body: "hello", trafficLimit: 245_760 });
      assert.deepEqual(own(stored, 200), {
        etag: '"5D41402ABC4B2A76B9719D911017C592"',
        crc64: 11_177_612_005_948_864_433n,
      });
    },
    { client },
  );

  operationCase(
    "CompleteMultipartUpload",
    `makes an object of parts with gaps between their numbers (${signatureVersion})`,
    async ({ client, bucket }) => {
      const upload = await begin(client);
      const parts = [await part(client, upload, 2, 0, PART), await part(client, upload, 10_000, PART)];
      await part(client, upload, 5, 3, 9);
      const { etag, location, ...found } = own(await completeMultipartUpload(client, { ...upload, parts }), 200);
      assert.deepEqual(found, { bucket, key: upload.key, crc64: crc64(bytes) });
      assert.match(location ?? "", /^http/);
      const response = await getObject(client, { key: upload.key });
      assert.equal(response.etag, etag);
      assert.deepEqual(await bytesOf(response), bytes);
      await assertRefused(completeMultipartUpload(client, { ...upload, parts }), GONE);
    },
    { client },
  );
}

operationCase("InitiateMultipartUpload", "fails with what is wrong", async ({ client }) => {
  const operation = "InitiateMultipartUpload";
  const nowhere = initiateMultipartUpload(client, { bucket: "not-there", key: "a" });
  await assertRefused(nowhere, { status: 404, code: "NoSuchBucket", operation });
  await putObject(client, { key: "a", body: "" });
  const again = initiateMultipartUpload(client, { key: "a", forbidOverwrite: true });
  await assertRefused(again, { status: 409, code: "FileAlreadyExists", operation });
});

operationCase("UploadPart", "fails with what is wrong", async ({ client, oss }) => {
  const upload = { key: "a", uploadId: "none" };
  await assertRefused(uploadPart(client, { ...upload, partNumber: 1, body: "x" }), {
    ...GONE,
    operation: "UploadPart",
  });
  for (const partNumber of [0, 10_001, 1.5]) {
    assert.instanceOf(await failureOf(uploadPart(client, { ...upload, partNumber, body: "x" })), RangeError);
  }
  assert.lengthOf(oss.requests, 1);
});

operationCase("CompleteMultipartUpload", "fails with what is wrong", async ({ client, oss }) => {
  const upload = await begin(client);
  const [small, next] = [await part(client, upload, 1, 0, 9), await part(client, upload, 2, 9)];
  const complete = (parts: readonly { partNumber: number; etag: string }[]): Promise<unknown> =>
    completeMultipartUpload(client, { ...upload, parts });
  const operation = "CompleteMultipartUpload";
  await assertRefused(complete([small, next]), { status: 400, code: "EntityTooSmall", operation });
  await assertRefused(complete([next, small]), { status: 400, code: "InvalidPartOrder", operation });
  await assertRefused(complete([{ ...small, etag: '"0"' }]), { status: 400, code: "InvalidPart", operation });
  const before = oss.requests.length;
  assert.instanceOf(await failureOf(complete([])), RangeError);
  assert.instanceOf(await failureOf(complete([{ ...small, partNumber: 0 }])), RangeError);
  assert.lengthOf(oss.requests, before);
  assert.lengthOf((await listMultipartUploads(client, {})).uploads, 1);
});

operationCase(
  "InitiateMultipartUpload",
  "in sequence takes parts in order, and gives the object an MD5",
  async ({ client }) => {
    const { uploadId } = await initiateMultipartUpload(client, { key: "a", sequential: true });
    const upload = { key: "a", uploadId };
    const send = (partNumber: number): Promise<unknown> =>
      uploadPart(client, { ...upload, partNumber, body: partNumber === 1 ? bytes.slice(0, PART) : bytes.slice(PART) });
    await assertRefused(send(2), { status: 400, code: "PartNotSequential" });
    await send(1);
    await assertRefused(send(1), { status: 409, code: "PartAlreadyExist" });
    await send(2);
    await completeMultipartUpload(client, { ...upload, completeAll: true });
    const { contentMd5 } = await putObject(client, { key: "b", body: bytes }).then(() =>
      headObject(client, { key: "b" }),
    );
    assert.isNotEmpty(contentMd5);
    assert.equal((await headObject(client, { key: "a" })).contentMd5, contentMd5);
  },
);

operationCase("CompleteMultipartUpload", "takes all parts that arrived", async ({ client }) => {
  const upload = await begin(client);
  await part(client, upload, 9, PART);
  await part(client, upload, 2, 0, PART);
  assert.equal((await completeMultipartUpload(client, { ...upload, completeAll: true })).crc64, crc64(bytes));
});

operationCase("AbortMultipartUpload", "gives an upload up", async ({ client }) => {
  const upload = await begin(client);
  await part(client, upload, 1, 0, 9);
  assert.deepEqual(own(await abortMultipartUpload(client, upload), 204), {});
  assert.lengthOf((await listMultipartUploads(client, {})).uploads, 0);
  await assertRefused(abortMultipartUpload(client, upload), { ...GONE, operation: "AbortMultipartUpload" });
});

presignCase("InitiateMultipartUpload", initiateMultipartUpload, { input: { key: "a b", contentType: "video/mp4" } });
presignCase("UploadPart", uploadPart, {
  input: async ({ client }) => ({ ...(await begin(client)), partNumber: 1 }),
  body: new TextEncoder().encode("hello"),
});
presignCase("AbortMultipartUpload", abortMultipartUpload, { input: ({ client }) => begin(client), status: 204 });
presignCase("CompleteMultipartUpload", completeMultipartUpload, {
  async input({ client }) {
    const upload = await begin(client);
    await uploadPart(client, { ...upload, partNumber: 1, body: "hello" });
    return { ...upload, parts: [{ partNumber: 1, etag: "the sender knows it" }] };
  },
  body: new TextEncoder().encode(
    "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>5D41402ABC4B2A76B9719D911017C592</ETag></Part></CompleteMultipartUpload>",
  ),
});
