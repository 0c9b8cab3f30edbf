/** CopyObject against the in-process OSS. */
import { copyObject, getObject, headObject, putObject } from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { assertRefused, failureOf, own, VERSIONS } from "../support/world.ts";

const { bucket, region } = environment;
const SOURCE = "a/../\uFF5E b+%.txt";

for (const signatureVersion of VERSIONS) {
  operationCase(
    "CopyObject",
    `copies bytes and headers (${signatureVersion})`,
    async ({ client }) => {
      const { etag, crc64 } = await putObject(client, {
        key: SOURCE,
        body: "hello",
        contentType: "image/png",
        metadata: { a: "1" },
      });
      const copySource = { bucket, key: SOURCE };
      const { lastModified, ...found } = own(
        await copyObject(client, { key: "copy", copySource, copySourceIfMatch: etag }),
        200,
      );
      assert.deepEqual(found, { ...(etag && { etag }), ...(crc64 && { crc64 }) });
      assert.instanceOf(lastModified, Date);
      const copy = await getObject(client, { key: "copy" });
      assert.deepEqual([copy.contentType, copy.metadata], ["image/png", { a: "1" }]);
      assert.equal(await copy.text(), "hello");

      await copyObject(client, {
        key: "replaced",
        copySource,
        metadataDirective: "REPLACE",
        contentType: "text/css",
        metadata: { b: "2" },
        storageClass: "IA",
      });
      const replaced = await headObject(client, { key: "replaced" });
      assert.deepEqual([replaced.contentType, replaced.metadata], ["text/css", { b: "2" }]);
      assert.equal(replaced.storageClass, "IA");
    },
    { client: { signatureVersion } },
  );
}

operationCase("CopyObject", "onto itself takes what the request says", async ({ client }) => {
  await putObject(client, { key: "a", body: "hello", metadata: { a: "1" } });
  await copyObject(client, { key: "a", copySource: { bucket, key: "a" }, metadata: { b: "2" } });
  assert.deepEqual((await headObject(client, { key: "a" })).metadata, { b: "2" });
});

operationCase(
  "CopyObject",
  "fails with what is wrong",
  async ({ client, oss }) => {
    const { etag = "" } = await putObject(client, { key: "a", body: "hello" });
    const { lastModified = new Date() } = await headObject(client, { key: "a" });
    const copy = (input: Partial<Parameters<typeof copyObject>[1]>): Promise<unknown> =>
      copyObject(client, { key: "b", copySource: { bucket, key: "a" }, ...input });
    const operation = "CopyObject";
    const earlier = new Date(lastModified.getTime() - 1000);
    for (const [input, facts] of [
      [{ copySource: { bucket, key: "none" } }, { status: 404, code: "NoSuchKey", ec: "0026-00000001" }],
      [{ copySource: { bucket: "not-there", key: "a" } }, { status: 404, code: "NoSuchBucket" }],
      [{ copySource: { bucket: "far-away", key: "a" } }, { status: 403, code: "AccessDenied" }],
      [{ copySourceIfMatch: '"0"' }, { status: 412, code: "PreconditionFailed" }],
      [{ copySourceIfUnmodifiedSince: earlier }, { status: 412, code: "PreconditionFailed" }],
      [{ copySourceIfNoneMatch: etag }, { status: 304, code: "NotModified" }],
      [{ copySourceIfModifiedSince: lastModified }, { status: 304, code: "NotModified" }],
      [
        { key: "a", forbidOverwrite: true },
        { status: 409, code: "FileAlreadyExists" },
      ],
    ] as const) {
      await assertRefused(copy(input), { ...facts, operation });
    }
    const before = oss.requests.length;
    for (const copySource of [
      { bucket: "A", key: "a" },
      { bucket, key: "" },
      { bucket, key: "/a" },
    ]) {
      assert.instanceOf(await failureOf(copy({ copySource })), TypeError);
    }
    assert.lengthOf(oss.requests, before);
  },
  {
    service: {
      buckets: [bucket, { name: "far-away", region: region === "cn-beijing" ? "cn-shanghai" : "cn-beijing" }],
    },
  },
);

presignCase("CopyObject", copyObject, {
  prepare: ({ client }) => putObject(client, { key: SOURCE, body: "hello" }),
  input: { key: "b", copySource: { bucket, key: SOURCE } },
});
