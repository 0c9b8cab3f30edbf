/** Objects, lists, ACLs, tags, symlinks, deletes. */
import { Readable } from "node:stream";
import { assert } from "../../harness.ts";
import { codeOf } from "./client.ts";
import { bytes, SPECIAL, type Step, text } from "./world.ts";

export const objects: Step = async (client) => {
  const put = await client.put("hello.txt", bytes("hello"), {
    meta: { color: "blue" },
    headers: { "Cache-Control": "no-cache" },
  });
  assert.equal(put.res.headers["etag"], '"5D41402ABC4B2A76B9719D911017C592"');
  await client.put(SPECIAL, bytes("special"));
  assert.equal(text((await client.get(SPECIAL)).content), "special");
  await client.putStream("stream.txt", Readable.from([bytes("str"), bytes("eam")]));
  const { stream } = await client.getStream("stream.txt");
  const read: Uint8Array[] = [];
  for await (const chunk of stream) read.push(chunk);
  assert.equal(text(Buffer.concat(read)), "stream");
  const part = await client.get("hello.txt", { headers: { Range: "bytes=1-3" } });
  assert.deepEqual([part.res.status, text(part.content)], [206, "ell"]);
  const head = await client.head("hello.txt");
  assert.deepEqual(head["meta"], { color: "blue" });
  assert.equal(head.res.headers["cache-control"], "no-cache");
  const meta = await client.getObjectMeta("hello.txt");
  assert.equal(meta.res.headers["content-length"], "5");
  assert.isUndefined(meta.res.headers["x-oss-meta-color"]);
  await client.putMeta("hello.txt", { color: "red" });
  assert.deepEqual((await client.head("hello.txt"))["meta"], { color: "red" });
  await client.copy("copy.txt", "hello.txt");
  assert.equal(text((await client.get("copy.txt")).content), "hello");
  const first = await client.append("log.txt", bytes("one"));
  const second = await client.append("log.txt", bytes("two"), { position: first["nextAppendPosition"] });
  assert.equal(String(second["nextAppendPosition"]), "6");
  assert.equal(text((await client.get("log.txt")).content), "onetwo");
  await client.delete("stream.txt");
};

export const lists: Step = async (client) => {
  const names = (answer: { readonly objects?: readonly { readonly name: string }[] }): string[] =>
    (answer.objects ?? []).map(({ name }) => name);
  const plain = await client.list({ "max-keys": 2 }, {});
  assert.deepEqual([names(plain), plain["nextMarker"]], [["copy.txt", SPECIAL], SPECIAL]);
  assert.deepEqual(names(await client.list({ marker: plain["nextMarker"], "encoding-type": "url" }, {})), [
    "hello.txt",
    "log.txt",
  ]);
  const v2 = await client.listV2({ delimiter: "/", "max-keys": 3 });
  assert.deepEqual([names(v2), v2["prefixes"], v2["keyCount"]], [["copy.txt", "hello.txt"], ["dir/"], 3]);
  const rest = await client.listV2({ delimiter: "/", "continuation-token": v2["nextContinuationToken"] });
  assert.deepEqual([names(rest), rest["nextContinuationToken"]], [["log.txt"], null]);
};

export const acls: Step = async (client) => {
  await client.putACL("hello.txt", "public-read");
  assert.equal((await client.getACL("hello.txt"))["acl"], "public-read");
};

export const tagging: Step = async (client) => {
  await client.putObjectTagging("hello.txt", { a: "1", "b b": "2+3" });
  assert.deepEqual((await client.getObjectTagging("hello.txt"))["tag"], { a: "1", "b b": "2+3" });
  assert.equal((await client.head("hello.txt")).res.headers["x-oss-tagging-count"], "2");
  await client.deleteObjectTagging("hello.txt");
  assert.deepEqual((await client.getObjectTagging("hello.txt"))["tag"], {});
};

export const symlinks: Step = async (client) => {
  await client.putSymlink("link.txt", SPECIAL, { meta: { kind: "link" } });
  assert.equal((await client.getSymlink("link.txt"))["targetName"], SPECIAL);
  const through = await client.get("link.txt");
  assert.equal(text(through.content), "special");
  await client.delete("link.txt");
  assert.equal(await codeOf(client.getSymlink("link.txt")), "NoSuchKey");
  assert.equal(text((await client.get(SPECIAL)).content), "special");
};

export const restores: Step = async (client) => {
  await client.put("cold.txt", bytes("cold"), { headers: { "x-oss-storage-class": "Archive" } });
  assert.equal(await codeOf(client.get("cold.txt")), "InvalidObjectState");
  assert.equal((await client.restore("cold.txt")).res.status, 202);
  assert.match((await client.head("cold.txt")).res.headers["x-oss-restore"] ?? "", /^ongoing-request="/);
  // A second one is 200 or 409, both of which ali-oss takes for an error: only 202 counts for it.
  assert.isDefined(await codeOf(client.restore("cold.txt")));
  await client.delete("cold.txt");
};

/** Where the service fills a value in. */
const hole = (name: string): string => `$\{${name}}`;

export const callbacks: Step = async (client) => {
  const callback = {
    url: "http://app.example.com/done?from=oss",
    host: "app.example.com",
    // What stands for values is the service's to fill in.
    body: `size=${hole("size")}&user=${hole("x:user")}&key=${hole("object")}`,
    contentType: "application/x-www-form-urlencoded",
    customValue: { user: "u 42" },
  };
  const told = { type: callback.contentType, from: "/done?from=oss" };
  const put = await client.put("called.txt", bytes("hello"), { callback });
  assert.deepEqual(put.data, { ...told, got: "size=5&user=u%2042&key=called.txt" });
  const streamed = await client.putStream("called.txt", Readable.from([bytes("str"), bytes("eam!")]), { callback });
  assert.deepEqual(streamed.data, { ...told, got: "size=7&user=u%2042&key=called.txt" });
  const json = { ...callback, body: `{"size":${hole("size")}}`, contentType: "application/json" };
  const parts = await client.multipartUpload("called.txt", Buffer.alloc(204_801), {
    partSize: 102_400,
    callback: json,
  });
  assert.deepEqual(parts.data, { type: "application/json", from: told.from, got: '{"size":204801}' });
  // The object is stored when its callback fails; ali-oss takes 203 for an error, and its message from the document.
  const failing = { ...callback, url: "http://app.example.com/fail" };
  assert.equal(await codeOf(client.put("failed.txt", bytes("kept"), { callback: failing })), "CallbackFailed");
  assert.equal(text((await client.get("failed.txt")).content), "kept");
  await client.deleteMulti(["called.txt", "failed.txt"]);
};

export const deletes: Step = async (client) => {
  await client.delete("not there");
  const { deleted } = await client.deleteMulti(["hello.txt", "copy.txt", SPECIAL]);
  assert.deepEqual(
    deleted?.map(({ Key }) => Key),
    ["hello.txt", "copy.txt", SPECIAL],
  );
  await client.deleteMulti(["log.txt"], { quiet: true });
  assert.lengthOf((await client.list({}, {})).objects ?? [], 0);
};
