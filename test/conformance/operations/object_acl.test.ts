/** PutObjectAcl and GetObjectAcl against the in-process OSS. */
import { getObjectAcl, putObject, putObjectAcl } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { assertRefused, own, VERSIONS } from "../support/world.ts";

const prepare = ({ client }: Stage): Promise<unknown> => putObject(client, { key: "a b", body: "hello" });
const MISSING = { status: 404, code: "NoSuchKey", ec: "0026-00000001" };

for (const signatureVersion of VERSIONS) {
  operationCase(
    "PutObjectAcl",
    `opens an object to everybody (${signatureVersion})`,
    async (stage) => {
      const { client, oss, bucket } = stage;
      await prepare(stage);
      const url = `https://${bucket}.oss-cn-hangzhou.aliyuncs.com/a%20b`;
      assert.equal((await oss.fetch(url)).status, 403);
      assert.deepEqual(own(await putObjectAcl(client, { key: "a b", acl: "public-read" }), 200), {});
      assert.equal(await (await oss.fetch(url)).text(), "hello");
    },
    { client: { signatureVersion } },
  );

  operationCase(
    "GetObjectAcl",
    `tells ACL and owner (${signatureVersion})`,
    async (stage) => {
      const { client } = stage;
      await prepare(stage);
      const owner = { id: "1000000000000001", displayName: "1000000000000001" };
      assert.deepEqual(own(await getObjectAcl(client, { key: "a b" }), 200), { acl: "default", owner });
      await putObjectAcl(client, { key: "a b", acl: "private" });
      assert.equal((await getObjectAcl(client, { key: "a b" })).acl, "private");
    },
    { client: { signatureVersion } },
  );
}

operationCase("PutObjectAcl", "fails with what is wrong", async ({ client }) => {
  const operation = "PutObjectAcl";
  await assertRefused(putObjectAcl(client, { key: "none", acl: "private" }), { ...MISSING, operation });
  await putObject(client, { key: "a", body: "" });
  const headers = { "x-oss-object-acl": "everybody" };
  const wrong = putObjectAcl(client, { key: "a", acl: "private", headers });
  await assertRefused(wrong, { status: 400, code: "InvalidArgument", operation });
});

operationCase("GetObjectAcl", "fails with what is wrong", async ({ client }) => {
  await assertRefused(getObjectAcl(client, { key: "none" }), { ...MISSING, operation: "GetObjectAcl" });
});

presignCase("PutObjectAcl", putObjectAcl, { prepare, input: { key: "a b", acl: "public-read" } });
presignCase("GetObjectAcl", getObjectAcl, { prepare, input: { key: "a b" } });
