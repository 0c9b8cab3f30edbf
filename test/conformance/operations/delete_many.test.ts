/** DeleteMultipleObjects against the in-process OSS. */
import { type Client, deleteMultipleObjects, listObjectsV2, putObject } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { assertRefused, failureOf, own, VERSIONS } from "../support/world.ts";

const KEYS = ["a", "b&<c>", "d\u0001\r\n", "\uFF5E ", "\u{1F600}"];

async function fill(client: Client): Promise<void> {
  for (const key of KEYS) await putObject(client, { key, body: "" });
}

async function left(client: Client): Promise<string[]> {
  return (await listObjectsV2(client, {})).objects.map(({ key }) => key);
}

for (const signatureVersion of VERSIONS) {
  operationCase(
    "DeleteMultipleObjects",
    `deletes what is there, and what is not (${signatureVersion})`,
    async ({ client }) => {
      await fill(client);
      const objects = [...KEYS.slice(1), "none"];
      const result = own(await deleteMultipleObjects(client, { objects: [...KEYS.slice(1), { key: "none" }] }), 200);
      assert.deepEqual(result, { deletedKeys: objects, deleted: objects.map((key) => ({ key })) });
      assert.deepEqual(await left(client), ["a"]);
      const quiet = own(await deleteMultipleObjects(client, { objects: ["a"], quiet: true }), 200);
      assert.deepEqual(quiet, { deletedKeys: [], deleted: [] });
      assert.deepEqual(await left(client), []);
    },
    { client: { signatureVersion } },
  );
}

operationCase("DeleteMultipleObjects", "takes 1,000 keys and no more, 2 MiB and no more", async ({ client, oss }) => {
  const many = Array.from({ length: 1000 }, (_, index) => `k${index}`);
  assert.deepEqual((await deleteMultipleObjects(client, { objects: many })).deletedKeys, many);
  assert.lengthOf(oss.requests, 1);
  const long = many.map((key) => `${key}${"&".repeat(1000)}`);
  for (const objects of [[], [...many, "more"], long]) {
    assert.instanceOf(await failureOf(deleteMultipleObjects(client, { objects })), RangeError);
  }
  for (const objects of [["a", ""], ["/a"], [{ key: "\uD800" }]]) {
    assert.instanceOf(await failureOf(deleteMultipleObjects(client, { objects })), TypeError);
  }
  assert.lengthOf(oss.requests, 1);
});

operationCase("DeleteMultipleObjects", "fails where the bucket is missing", async ({ client }) => {
  await assertRefused(deleteMultipleObjects(client, { bucket: "not-there", objects: ["a"] }), {
    status: 404,
    code: "NoSuchBucket",
    ec: "0015-00000101",
    operation: "DeleteMultipleObjects",
  });
});

presignCase("DeleteMultipleObjects", deleteMultipleObjects, {
  prepare: ({ client }) => fill(client),
  // Whoever sends the document knows its MD5.
  input: { objects: ["a"], headers: { "content-md5": "aFPqFnlCon58cZ4Qt7zwvQ==" } },
  body: new TextEncoder().encode("<Delete><Object><Key>a</Key></Object></Delete>"),
});
