/** PutObject, HeadObject, GetObjectMeta and DeleteObject against the in-process OSS. */
import { createClient, deleteObject, getObjectMeta, headObject, objectExists, putObject } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { assertRefused, failureOf, own, VERSIONS } from "../support/world.ts";

const HELLO = { etag: '"5D41402ABC4B2A76B9719D911017C592"', crc64: 11_177_612_005_948_864_433n };
const MISSING = { status: 404, code: "NoSuchKey", ec: "0026-00000001" };

for (const signatureVersion of VERSIONS) {
  const client = { signatureVersion };

  operationCase(
    "PutObject",
    `stores bytes and headers (${signatureVersion})`,
    async ({ client, oss }) => {
      const expires = new Date(Date.UTC(2030, 0, 1));
      const before = Math.floor(Date.now() / 1000) * 1000;
      const stored = await putObject(client, {
        key: "dir/a b.txt",
        body: "hello",
        contentType: "text/plain; charset=utf-8",
        cacheControl: "max-age=60",
        contentDisposition: "inline",
        contentLanguage: "de",
        expires,
        metadata: { Color: "dark red" },
        storageClass: "IA",
        acl: "private",
      });
      assert.deepEqual(own(stored, 200), HELLO);
      assert.equal(oss.requests[0]?.operation, "PutObject");
      const { lastModified, ...found } = own(await headObject(client, { key: "dir/a b.txt" }), 200);
      assert.deepEqual(found, {
        ...HELLO,
        contentLength: 5,
        contentType: "text/plain; charset=utf-8",
        cacheControl: "max-age=60",
        contentDisposition: "inline",
        contentLanguage: "de",
        expires,
        contentMd5: "XUFAKrxLKna5cZ2REBfFkg==",
        objectType: "Normal",
        storageClass: "IA",
        metadata: { color: "dark red" },
      });
      assert.isAtLeast(lastModified?.getTime() ?? 0, before);
    },
    { client },
  );

  operationCase(
    "PutObject",
    `takes every kind of body (${signatureVersion})`,
    async ({ client }) => {
      const bytes = new TextEncoder().encode("xhellox").subarray(1, 6);
      const stream = (): ReadableStream<Uint8Array> =>
        new ReadableStream({
          start(controller) {
            controller.enqueue(bytes.slice(0, 2));
            controller.enqueue(bytes.slice(2));
            controller.close();
          },
        });
      const bodies = {
        text: "hello",
        view: bytes,
        buffer: bytes.slice().buffer,
        data: new DataView(bytes.buffer, 1, 5),
        blob: new Blob(["hel", "lo"]),
        slice: new Blob(["xhellox"]).slice(1, 6),
        stream: stream(),
        response: new Response("hello"),
      };
      for (const [key, body] of Object.entries(bodies)) {
        const { etag, crc64 } = await putObject(client, { key, body });
        assert.deepEqual({ etag, crc64 }, HELLO, key);
      }
      const { crc64 } = await putObject(client, { key: "sized", body: stream(), contentLength: 5 });
      assert.equal(crc64, HELLO.crc64, "a stream of known length");
      assert.equal((await putObject(client, { key: "empty", body: "" })).crc64, 0n);
    },
    { client },
  );
}

operationCase("PutObject", "does not replace what it must not", async ({ client }) => {
  await putObject(client, { key: "a", body: "1", forbidOverwrite: true });
  await assertRefused(putObject(client, { key: "a", body: "2", forbidOverwrite: true }), {
    status: 409,
    code: "FileAlreadyExists",
    ec: "0026-00000002",
    operation: "PutObject",
  });
});

operationCase("PutObject", "has its Content-MD5 checked by the service", async ({ client }) => {
  const put = (contentMd5: string): Promise<unknown> => putObject(client, { key: "a", body: "hello", contentMd5 });
  await put("XUFAKrxLKna5cZ2REBfFkg==");
  await assertRefused(put("XUFAKrxLKna5cZ2REBfFkA=="), { status: 400, code: "InvalidDigest" });
});

operationCase("PutObject", "refuses bad input before any request", async ({ client, oss }) => {
  const big = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, "v"]));
  for (const [wrong, input] of [
    [TypeError, { metadata: { a_b: "1" } }],
    [TypeError, { metadata: { a: "caf\u00E9" } }],
    [TypeError, { metadata: { a: " outer" } }],
    [RangeError, { metadata: { a: "x".repeat(8192) } }],
    [RangeError, { tagging: big }],
    [RangeError, { tagging: { ["k".repeat(129)]: "" } }],
    [RangeError, { trafficLimit: 245_759 }],
    [TypeError, { contentDisposition: "caf\u00E9" }],
    [TypeError, { contentType: "text/plain\r\nx: y" }],
    [TypeError, { bucket: "A" }],
  ] as const) {
    assert.instanceOf(
      await failureOf(putObject(client, { key: "a", body: "", ...input })),
      wrong,
      JSON.stringify(input).slice(0, 80),
    );
  }
  assert.lengthOf(oss.requests, 0);
});

operationCase("PutObject", "fails where the bucket is missing, or somebody else's", async ({ client, oss, bucket }) => {
  await assertRefused(putObject(client, { bucket: "not-there", key: "a", body: "" }), {
    status: 404,
    code: "NoSuchBucket",
    ec: "0015-00000101",
  });
  const stranger = createClient({ region: "cn-hangzhou", bucket, credentials: "anonymous", fetch: oss.fetch });
  const put = putObject(stranger, { key: "a", body: "" });
  await assertRefused(put, { status: 403, code: "AccessDenied", ec: "0003-00000001", operation: "PutObject" });
});

presignCase("PutObject", putObject, {
  input: { key: "a b+/\uFF5E", contentType: "text/plain", metadata: { a: "1" } },
  body: new TextEncoder().encode("hello"),
});

operationCase("HeadObject", "honours conditions and ranges over errors", async ({ client }) => {
  const { etag = "" } = await putObject(client, { key: "a", body: "hello" });
  const { lastModified = new Date(0) } = await headObject(client, { key: "a", ifMatch: etag });
  const unchanged = await headObject(client, { key: "a", ifNoneMatch: etag });
  assert.equal(unchanged.status, 304);
  assert.equal(unchanged.etag, etag);
  assert.equal((await headObject(client, { key: "a", ifModifiedSince: lastModified })).status, 304);
  const failed = { status: 412, code: "PreconditionFailed", operation: "HeadObject" };
  await assertRefused(headObject(client, { key: "a", ifMatch: '"0"' }), failed);
  const earlier = new Date(lastModified.getTime() - 1000);
  await assertRefused(headObject(client, { key: "a", ifUnmodifiedSince: earlier }), failed);
  await assertRefused(headObject(client, { key: "missing" }), { ...MISSING, operation: "HeadObject" });
});

presignCase("HeadObject", headObject, {
  prepare: ({ client }) => putObject(client, { key: "a", body: "hello" }),
  input: { key: "a" },
});

operationCase("GetObjectMeta", "reads size, ETag, date and CRC-64", async ({ client }) => {
  await putObject(client, { key: "a", body: "hello" });
  const { lastModified, ...found } = own(await getObjectMeta(client, { key: "a" }), 200);
  assert.deepEqual(found, { ...HELLO, contentLength: 5 });
  assert.instanceOf(lastModified, Date);
  await assertRefused(getObjectMeta(client, { key: "b" }), { ...MISSING, operation: "GetObjectMeta" });
});

presignCase("GetObjectMeta", getObjectMeta, {
  prepare: ({ client }) => putObject(client, { key: "a", body: "hello" }),
  input: { key: "a" },
});

operationCase("DeleteObject", "deletes what is there, and what is not", async ({ client }) => {
  await putObject(client, { key: "a", body: "hello" });
  assert.deepEqual(own(await deleteObject(client, { key: "a" }), 204), {});
  assert.isFalse(await objectExists(client, { key: "a" }));
  assert.equal((await deleteObject(client, { key: "a" })).status, 204);
  await assertRefused(deleteObject(client, { bucket: "not-there", key: "a" }), {
    status: 404,
    code: "NoSuchBucket",
    operation: "DeleteObject",
  });
});

presignCase("DeleteObject", deleteObject, {
  prepare: ({ client }) => putObject(client, { key: "a", body: "hello" }),
  input: { key: "a" },
  status: 204,
});
