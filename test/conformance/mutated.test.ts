/** The client is right under every strict rule and without it: one round of calls against each mutated service. */
import {
  abortMultipartUpload,
  appendObject,
  completeMultipartUpload,
  copyObject,
  deleteMultipleObjects,
  deleteObject,
  each,
  getObject,
  getObjectMeta,
  headObject,
  initiateMultipartUpload,
  listObjects,
  listObjectsV2,
  listParts,
  postObject,
  postPolicy,
  presign,
  putObject,
  upload,
  uploadPart,
} from "../../src/mod.ts";
import { LENIENCES } from "../../src/testing/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { bytesOf, failureOf, noise, VERSIONS, type World, world } from "./support/world.ts";

const { bucket, account } = environment;
const text = new TextEncoder().encode(`{"text":"${"hello ".repeat(400)}"}`);
const PART = 100 * 1024;

/** Everything an application does in a day; true of any OSS that keeps its word. */
async function round({ client, oss, warnings }: World): Promise<void> {
  const read = async (key: string): Promise<Uint8Array> => bytesOf(await getObject(client, { key }));

  await putObject(client, { key: "dir/a.json", body: text, metadata: { a: "1" } });
  assert.deepEqual(await read("dir/a.json"), text);
  const range = await getObject(client, { key: "dir/a.json", range: [2000, 9999] });
  assert.deepEqual(await bytesOf(range), text.slice(2000));
  assert.propertyVal(await failureOf(getObject(client, { key: "dir/a.json", range: [5000] })), "status", 416);
  const { metadata } = await headObject(client, { key: "dir/a.json" });
  assert.deepEqual(metadata, { a: "1" });
  assert.equal((await getObjectMeta(client, { key: "dir/a.json" })).contentLength, text.length);

  await copyObject(client, { key: "dir/b.json", copySource: { bucket, key: "dir/a.json" } });
  assert.deepEqual(await read("dir/b.json"), text);
  await copyObject(client, {
    key: "dir/a.json",
    copySource: { bucket, key: "dir/a.json" },
    metadataDirective: "REPLACE",
    metadata: { b: "2" },
  });
  assert.deepEqual((await headObject(client, { key: "dir/a.json" })).metadata, { b: "2" });

  const log = await appendObject(client, { key: "log", position: 0, body: "one" });
  await appendObject(client, { key: "log", position: log.nextPosition ?? 3, body: "two", initialCrc64: log.crc64 });
  assert.equal(await (await getObject(client, { key: "log" })).text(), "onetwo");

  const big = noise(3 * PART);
  const { uploadId } = await initiateMultipartUpload(client, { key: "big" });
  for (const partNumber of [1, 2, 3]) {
    const body = big.slice((partNumber - 1) * PART, partNumber * PART);
    await uploadPart(client, { key: "big", uploadId, partNumber, body });
  }
  const { parts } = await listParts(client, { key: "big", uploadId });
  await completeMultipartUpload(client, { key: "big", uploadId, parts });
  assert.deepEqual(await read("big"), big);
  const left = await initiateMultipartUpload(client, { key: "left" });
  await abortMultipartUpload(client, { key: "left", uploadId: left.uploadId });
  await upload(client, { key: "uploaded", body: big }, { multipartThreshold: PART, partSize: PART });
  assert.deepEqual(await read("uploaded"), big);

  const form = await postPolicy(client, { keyPrefix: "posted", expiresIn: 60 });
  await postObject(client, { form, key: "posted", body: text });
  assert.deepEqual(await read("posted"), text);

  for (const key of ["\uFF5E", "\u{1F600}"]) await putObject(client, { key, body: "" });
  const keys = ["big", "dir/", "log", "posted", "uploaded", "\uFF5E", "\u{1F600}"];
  for (const list of [listObjects, listObjectsV2]) {
    const found: string[] = [];
    for await (const { key } of each(client, list, { delimiter: "/", maxKeys: 2 })) found.push(key);
    assert.sameMembers(found, keys);
    assert.lengthOf(found, keys.length);
  }

  const { url } = await presign(client, getObject, { key: "dir/b.json" }, { expiresIn: 60 });
  assert.deepEqual(await bytesOf(await oss.fetch(url)), text);
  await deleteObject(client, { key: "big" });
  await deleteMultipleObjects(client, { objects: keys });
  const rest = (await listObjectsV2(client, {})).objects.map(({ key }) => key);
  assert.deepEqual(rest, ["dir/a.json", "dir/b.json"]);
  // Without CRC-64 an upload has less to go by, and says so.
  assert.deepEqual(
    warnings.filter((message) => !/crc64/.test(message)),
    [],
  );
}

for (const lenience of [undefined, ...LENIENCES]) {
  test(`the round, ${lenience === undefined ? "strict" : `without the rule "${lenience}"`}`, async (t) => {
    for (const signatureVersion of lenience === undefined ? VERSIONS : (["v4"] as const)) {
      const service = { buckets: [bucket], accounts: [account], lenient: lenience === undefined ? [] : [lenience] };
      await round(world(t, { service, client: { signatureVersion } }));
    }
  });
}

test("the round, without any rule", async (t) => {
  await round(world(t, { service: { buckets: [bucket], accounts: [account], lenient: [...LENIENCES] } }));
});

test("the round, where V1 is closed: V4 works, V1 says what to do", async (t) => {
  const service = { buckets: [bucket], accounts: [account], v1: false };
  await round(world(t, { service }));
  const { client } = world(t, { service, client: { signatureVersion: "v1" } });
  const error = await failureOf(putObject(client, { key: "a", body: "" }));
  assert.deepInclude(error, { status: 403, ec: "0002-00000080" });
  assert.match(String(error), /signatureVersion: "v4"/);
});
