import { crc64 } from "../../../src/checksum/crc64.ts";
import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { site } from "./site.ts";

const BUCKETS = ["photos", "other", { name: "far", region: "us-west-1" }] as const;

test("testing/copy: content, CRC and metadata by directive, across buckets", async () => {
  const oss = createTestOSS({ buckets: BUCKETS });
  const ask = site(oss, "photos");
  const key = "dir/a b+ü.txt";
  const source = `/photos/${encodeURIComponent(key)}`;
  const target = `/${encodeURIComponent(key)}`;
  const put = await ask("PUT", target, { body: "hello", headers: { "content-type": "text/x-a", "x-oss-meta-a": "1" } });
  const other = site(oss, "other");
  const copy = await other("PUT", "/copy", { headers: { "x-oss-copy-source": source } });
  assert.equal(copy.status, 200, copy.text);
  assert.include(copy.text, "<CopyObjectResult><ETag>");
  assert.equal(copy.headers["x-oss-hash-crc64ecma"], put.headers["x-oss-hash-crc64ecma"]);
  const replaced = { "x-oss-copy-source": source, "x-oss-metadata-directive": "REPLACE", "x-oss-meta-b": "2" };
  await other("PUT", "/replaced", { headers: replaced });
  await ask("DELETE", target);
  const kept = await other("GET", "/copy");
  assert.deepEqual([kept.text, kept.headers["content-type"], kept.headers["x-oss-meta-a"]], ["hello", "text/x-a", "1"]);
  const { headers } = await other("HEAD", "/replaced");
  assert.deepEqual(
    [headers["content-type"], headers["x-oss-meta-a"], headers["x-oss-meta-b"]],
    ["application/octet-stream", undefined, "2"],
  );
});

test("testing/copy: onto itself the request's metadata win, whatever the directive", async () => {
  for (const lenient of [false, true]) {
    const oss = createTestOSS({ buckets: ["photos"], lenient: lenient ? ["self-copy"] : [] });
    const ask = site(oss, "photos");
    await ask("PUT", "/a", { body: "x", headers: { "x-oss-meta-a": "1" } });
    const headers = { "x-oss-copy-source": "/photos/a", "x-oss-metadata-directive": "COPY", "x-oss-meta-b": "2" };
    await ask("PUT", "/a", { headers });
    const head = await ask("HEAD", "/a");
    const expected = lenient ? ["1", undefined] : [undefined, "2"];
    assert.deepEqual([head.headers["x-oss-meta-a"], head.headers["x-oss-meta-b"]], expected);
  }
});

test("testing/copy: what is refused", async () => {
  const oss = createTestOSS({ buckets: BUCKETS });
  const ask = site(oss, "photos");
  const { headers } = await ask("PUT", "/a", { body: "x" });
  const etag = headers["etag"] ?? "";
  const far = site(oss, "far");
  assert.equal((await far("PUT", "/a", { body: "x", region: "us-west-1" })).status, 200);
  const rows: [Record<string, string>, number, string][] = [
    [{ "x-oss-copy-source": "/photos/none" }, 404, "NoSuchKey"],
    [{ "x-oss-copy-source": "/nowhere/a" }, 404, "NoSuchBucket"],
    [{ "x-oss-copy-source": "/photos" }, 400, "InvalidArgument"],
    [{ "x-oss-copy-source": "/far/a" }, 403, "AccessDenied"],
    [{ "x-oss-copy-source": "/photos/a", "x-oss-copy-source-if-match": '"0"' }, 412, "PreconditionFailed"],
    [{ "x-oss-copy-source": "/photos/a", "x-oss-copy-source-if-none-match": etag }, 304, ""],
    [{ "x-oss-copy-source": "/photos/a", "x-oss-metadata-directive": "MERGE" }, 400, "InvalidArgument"],
    [{ "x-oss-copy-source": "/photos/a", "x-oss-forbid-overwrite": "true" }, 409, "FileAlreadyExists"],
  ];
  for (const [asked, status, code] of rows) {
    const reply = await ask("PUT", "/a", { headers: asked });
    assert.deepEqual([reply.status, reply.code ?? ""], [status, code], JSON.stringify(asked));
  }
});

test("testing/append: positions, CRC of the whole, metadata of the first append only", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  const first = await ask("POST", "/log?append&position=0", { body: "", headers: { "x-oss-meta-a": "1" } });
  assert.equal(first.headers["x-oss-next-append-position"], "0");
  const second = await ask("POST", "/log?append&position=0", { body: "one", headers: { "x-oss-meta-a": "2" } });
  assert.deepEqual([second.status, second.headers["x-oss-next-append-position"]], [200, "3"]);
  const third = await ask("POST", "/log?append=&position=3", { body: "two" });
  assert.equal(third.headers["x-oss-hash-crc64ecma"], String(crc64(new TextEncoder().encode("onetwo"))));
  const get = await ask("GET", "/log");
  assert.deepEqual([get.text, get.headers["x-oss-meta-a"]], ["onetwo", "1"]);
  assert.deepEqual([get.headers["x-oss-object-type"], get.headers["x-oss-next-append-position"]], ["Appendable", "6"]);
});

test("testing/append: the wrong position tells the right one, ordinary objects take no appends", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  await ask("POST", "/log?append&position=0", { body: "one" });
  for (const position of [0, 2, 4]) {
    const reply = await ask("POST", `/log?append&position=${position}`, { body: "x" });
    assert.deepEqual(
      [reply.status, reply.code, reply.headers["x-oss-next-append-position"]],
      [409, "PositionNotEqualToLength", "3"],
    );
  }
  assert.equal((await ask("POST", "/new?append&position=1", { body: "x" })).code, "PositionNotEqualToLength");
  assert.equal((await ask("POST", "/log?append&position=x", { body: "x" })).code, "InvalidArgument");
  await ask("PUT", "/plain", { body: "x" });
  assert.equal((await ask("POST", "/plain?append&position=1", { body: "x" })).code, "ObjectNotAppendable");
  assert.equal((await ask("GET", "/log")).text, "one");
});
