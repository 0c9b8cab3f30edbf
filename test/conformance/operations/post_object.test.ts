/** PostObject against the in-process OSS; the refusals of policies are in ../post_object.test.ts. */
import { createClient, getObject, postObject, postPolicy } from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase } from "../cases.ts";
import { assertRefused, own, VERSIONS } from "../support/world.ts";

for (const signatureVersion of VERSIONS) {
  operationCase(
    "PostObject",
    `uploads by a signed form, without keys (${signatureVersion})`,
    async ({ client, oss, bucket }) => {
      const form = await postPolicy(client, { keyPrefix: "u/42/", expiresIn: 600 });
      const { region } = environment;
      const page = createClient({ region, bucket, credentials: "anonymous", fetch: oss.fetch });
      const { etag, ...stored } = own(
        await postObject(page, {
          form: JSON.parse(JSON.stringify(form)),
          key: 'u/42/a \uFF5E".txt',
          body: "hello",
          contentType: "text/plain",
          fields: { "x-oss-meta-a": "1", "x-oss-storage-class": "IA" },
        }),
        204,
      );
      assert.isString(etag);
      assert.deepEqual(stored, { crc64: 11_177_612_005_948_864_433n });
      const response = await getObject(client, { key: 'u/42/a \uFF5E".txt' });
      // Bun completes the types of Blobs.
      assert.equal(response.contentType?.replace(";charset=utf-8", ""), "text/plain");
      assert.deepEqual(response.metadata, { a: "1" });
      assert.equal(response.storageClass, "IA");
      assert.equal(await response.text(), "hello");
    },
    { client: { signatureVersion } },
  );
}

operationCase("PostObject", "is refused where the policy does not allow it", async ({ client }) => {
  const form = await postPolicy(client, { keyPrefix: "u/42/", expiresIn: 600 });
  await assertRefused(postObject(client, { form, key: "u/43/a", body: "hello" }), {
    status: 403,
    code: "AccessDenied",
    ec: "0006-00000227",
    operation: "PostObject",
  });
});
