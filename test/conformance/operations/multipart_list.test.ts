/** ListParts and ListMultipartUploads against the in-process OSS. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import { type Client, initiateMultipartUpload, listMultipartUploads, listParts, uploadPart } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { assertRefused, own, VERSIONS } from "../support/world.ts";

async function begin(client: Client, key: string): Promise<{ key: string; uploadId: string }> {
  return { key, uploadId: (await initiateMultipartUpload(client, { key })).uploadId };
}

for (const signatureVersion of VERSIONS) {
  operationCase(
    "ListParts",
    `lists parts by number, page by page (${signatureVersion})`,
    async ({ client, bucket }) => {
      const upload = await begin(client, "a b/\uFF5E");
      const uploaded = new Map<number, object>();
      const bodies = new Map([
        [10, "ten"],
        [2, "two"],
        [1, "one"],
      ]);
      for (const [partNumber, body] of bodies) {
        const { etag = "" } = await uploadPart(client, { ...upload, partNumber, body });
        const expected = { partNumber, etag, size: 3, crc64: crc64(new TextEncoder().encode(body)) };
        uploaded.set(partNumber, expected);
      }
      const first = own(await listParts(client, { ...upload, maxParts: 2 }), 200);
      const { parts, ...rest } = first;
      assert.deepEqual(rest, {
        bucket,
        ...upload,
        isTruncated: true,
        maxParts: 2,
        partNumberMarker: 0,
        nextPartNumberMarker: 2,
        storageClass: "Standard",
      });
      const second = await listParts(client, { ...upload, partNumberMarker: 2 });
      assert.isFalse(second.isTruncated);
      const found = [...parts, ...second.parts].map(({ lastModified, ...facts }) => {
        assert.instanceOf(lastModified, Date);
        return facts;
      });
      assert.deepEqual<unknown>(
        found,
        [1, 2, 10].map((number) => uploaded.get(number)),
      );
    },
    { client: { signatureVersion } },
  );

  operationCase(
    "ListMultipartUploads",
    `lists uploads by key and age, page by page (${signatureVersion})`,
    async ({ client, bucket }) => {
      const keys = ["a", "a", "dir/1", "dir/2", "\uFF5E", "\u{1F600}"];
      const uploads: { key: string; uploadId: string }[] = [];
      for (const key of keys) uploads.push(await begin(client, key));
      const { uploads: all, ...rest } = own(await listMultipartUploads(client, {}), 200);
      assert.deepEqual(rest, {
        bucket,
        commonPrefixes: [],
        isTruncated: false,
        keyMarker: "",
        uploadIdMarker: "",
        delimiter: "",
        prefix: "",
        maxUploads: 1000,
      });
      const found = all.map(({ initiated, ...upload }) => {
        assert.instanceOf(initiated, Date);
        return upload;
      });
      assert.deepEqual<unknown>(
        found,
        uploads.map((upload) => ({ ...upload, storageClass: "Standard" })),
      );
      const first = await listMultipartUploads(client, { maxUploads: 1 });
      assert.deepInclude(first, { isTruncated: true, nextKeyMarker: "a" });
      assert.equal(first.nextUploadIdMarker, uploads[0]?.uploadId);
      const second = await listMultipartUploads(client, {
        keyMarker: first.nextKeyMarker,
        uploadIdMarker: first.nextUploadIdMarker,
      });
      assert.deepEqual(
        second.uploads.map(({ uploadId }) => uploadId),
        uploads.slice(1).map(({ uploadId }) => uploadId),
      );
      const folded = await listMultipartUploads(client, { delimiter: "/", prefix: "d" });
      assert.deepEqual(folded.commonPrefixes, [{ prefix: "dir/" }]);
      assert.lengthOf(folded.uploads, 0);
    },
    { client: { signatureVersion } },
  );
}

operationCase("ListParts", "fails with what is wrong", async ({ client }) => {
  const error = await assertRefused(listParts(client, { key: "a", uploadId: "none" }), {
    status: 404,
    code: "NoSuchUpload",
    operation: "ListParts",
  });
  assert.match(error.ec ?? "", /^\d{4}-\d{8}$/);
});

operationCase("ListMultipartUploads", "fails with what is wrong", async ({ client }) => {
  await assertRefused(listMultipartUploads(client, { bucket: "not-there" }), {
    status: 404,
    code: "NoSuchBucket",
    ec: "0015-00000101",
    operation: "ListMultipartUploads",
  });
});

presignCase("ListParts", listParts, { input: ({ client }) => begin(client, "a b") });
presignCase("ListMultipartUploads", listMultipartUploads, { input: { prefix: "a b", delimiter: "/" } });
