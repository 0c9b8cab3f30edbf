/** The OSS class: everyday verbs, and a Client like any other. */
import { type ListItem, listObjectsV2, OSS, postObject } from "../../src/mod.ts";
import { createTestOSS } from "../../src/testing/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { failuresOf, VERSIONS } from "./support/world.ts";

const { account, bucket, region } = environment;

for (const signatureVersion of VERSIONS) {
  test(`every verb does what it says (${signatureVersion})`, async () => {
    const service = createTestOSS({ region, accounts: [account], buckets: [bucket, "other-one"] });
    const oss = new OSS({ region, bucket, credentials: account, fetch: service.fetch, signatureVersion });
    const { etag } = await oss.put("a b.txt", "hello", { contentType: "text/plain", metadata: { a: "1" } });
    const head = await oss.head("a b.txt");
    assert.deepEqual([head.etag, head.contentType, head.metadata], [etag, "text/plain", { a: "1" }]);
    assert.equal(await (await oss.get("a b.txt")).text(), "hello");
    assert.equal(await (await oss.get("a b.txt", { range: [1, 2] })).text(), "el");
    assert.isTrue(await oss.exists("a b.txt"));
    assert.isFalse(await oss.exists("none"));
    assert.isTrue(await oss.bucketExists());
    assert.isTrue(await oss.bucketExists("other-one"));
    assert.isFalse(await oss.bucketExists("not-there"));

    await oss.copy("copy", "a b.txt");
    await oss.copy("replaced", { bucket, key: "a b.txt" }, { metadataDirective: "REPLACE", metadata: { b: "2" } });
    assert.deepEqual((await oss.head("copy")).metadata, { a: "1" });
    assert.deepEqual((await oss.head("replaced")).metadata, { b: "2" });

    const { nextPosition = 0 } = await oss.append("log", 0, "one");
    assert.equal((await oss.append("log", nextPosition, "two")).nextPosition, 6);
    assert.equal((await oss.upload("up", new Blob(["hello"]))).etag, etag);

    const items: ListItem[] = [];
    for await (const item of oss.list({ maxKeys: 2 })) items.push(item);
    const keys = ["a b.txt", "copy", "log", "replaced", "up"];
    assert.deepEqual(
      items.map(({ key }) => key),
      keys,
    );

    const get = await oss.presignGet("a b.txt", { expiresIn: 60 }, { responseContentType: "text/css" });
    const answer = await service.fetch(get.url);
    assert.equal(answer.headers.get("content-type"), "text/css");
    assert.equal(await answer.text(), "hello");
    const put = await oss.presignPut("new", { expiresIn: 60 }, { contentType: "text/css" });
    const { url, method, signedHeaders } = put;
    assert.equal((await service.fetch(url, { method, headers: signedHeaders, body: "p {}" })).status, 200);
    const form = await oss.postPolicy({ keyPrefix: "posted", expiresIn: 60 });
    assert.equal((await postObject(oss, { form, key: "posted", body: "x" })).status, 204);

    await oss.putMeta("new", { cacheControl: "no-cache" });
    await oss.move("dir/moved", "new", { forbidOverwrite: true });
    const { contentType, cacheControl } = await oss.head("dir/moved");
    assert.deepEqual([contentType, cacheControl], ["text/css", "no-cache"]);
    assert.equal((await oss.deletePrefix("dir/")).deleted, 1);
    await oss.put("new", "");
    assert.equal((await oss.delete("new")).status, 204);
    assert.deepEqual((await oss.deleteMany([...keys, "posted"])).deletedKeys, [...keys, "posted"]);
    assert.deepEqual((await listObjectsV2(oss, {})).objects, []);
  });
}

test("options of a call reach it, fields do not leak into others", async () => {
  const service = createTestOSS({ region, accounts: [account], buckets: [bucket] });
  const oss = new OSS({ region, bucket, credentials: account, fetch: service.fetch });
  const signal = AbortSignal.abort("enough");
  const walk = async (): Promise<void> => {
    for await (const _ of oss.list({}, { signal }));
  };
  const calls = [
    oss.put("a", "", {}, { signal }),
    oss.upload("a", "", {}, { signal }),
    oss.get("a", {}, { signal }),
    oss.head("a", { signal }),
    oss.exists("a", { signal }),
    oss.bucketExists(undefined, { signal }),
    oss.delete("a", { signal }),
    oss.deleteMany(["a"], { signal }),
    oss.deletePrefix("a", { signal }),
    oss.move("a", "b", {}, { signal }),
    oss.putMeta("a", {}, { signal }),
    oss.copy("a", "b", {}, { signal }),
    oss.append("a", 0, "", { signal }),
    walk(),
  ];
  for (const error of await failuresOf(calls)) assert.equal(error, "enough");
  assert.lengthOf(service.requests, 0);
  const spoilt: object = { key: "spoilt", body: "spoilt" };
  await oss.put("a", "hello", spoilt);
  assert.isTrue(await oss.exists("a"));
  assert.isFalse(await oss.exists("spoilt"));
});
