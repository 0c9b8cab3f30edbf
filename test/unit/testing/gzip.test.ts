import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { site } from "./site.ts";

const TEXT = "line of text\n".repeat(200);
const OFFER = { "accept-encoding": "gzip, deflate, br" };

async function inflate(bytes: Uint8Array): Promise<string> {
  const stream = new Response(bytes.slice()).body?.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

test("testing/gzip: texts of 1 KB and more are compressed on the fly, without ETag and length, in GET and HEAD", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  await ask("PUT", "/a.json", { body: TEXT, headers: { "content-type": "application/json; charset=utf-8" } });
  const get = await ask("GET", "/a.json", { headers: OFFER });
  const head = await ask("HEAD", "/a.json", { headers: OFFER });
  assert.equal(await inflate(get.bytes), TEXT);
  for (const { headers } of [get, head]) {
    assert.equal(headers["content-encoding"], "gzip");
    assert.equal(headers["vary"], "Accept-Encoding");
    for (const name of ["etag", "content-length", "accept-ranges", "content-md5"]) assert.notProperty(headers, name);
  }
  const plain = await ask("GET", "/a.json", { headers: { "accept-encoding": "identity" } });
  assert.equal(get.headers["x-oss-hash-crc64ecma"], plain.headers["x-oss-hash-crc64ecma"], "the CRC is of the text");
  assert.equal(plain.text, TEXT);
});

test("testing/gzip: not for ranges, small bodies, other types, clients that do not offer it, and not twice", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  const json = { "content-type": "application/json" };
  await ask("PUT", "/a.json", { body: TEXT, headers: json });
  await ask("PUT", "/small.json", { body: TEXT.slice(0, 1023), headers: json });
  await ask("PUT", "/exact.json", { body: TEXT.slice(0, 1024), headers: json });
  await ask("PUT", "/a.bin", { body: TEXT });
  await ask("PUT", "/stored.json", { body: TEXT, headers: { ...json, "content-encoding": "gzip" } });
  const lengths = async (target: string, headers: Record<string, string>): Promise<string | undefined> =>
    (await ask("GET", target, { headers })).headers["content-length"];
  assert.equal(await lengths("/a.json", { ...OFFER, range: "bytes=0-9" }), "10");
  assert.equal(await lengths("/small.json", OFFER), "1023");
  assert.equal(await lengths("/exact.json", OFFER), undefined);
  assert.equal(await lengths("/a.bin", OFFER), String(TEXT.length));
  assert.equal(await lengths("/stored.json", OFFER), String(TEXT.length));
  assert.equal(await lengths("/a.json", { "accept-encoding": "gzip;q=0" }), String(TEXT.length));
  assert.equal(await lengths("/a.json", {}), String(TEXT.length));
});

test("testing/gzip: the in-process fetch hands over texts, compressed on the fly or stored compressed", async () => {
  const oss = createTestOSS({ buckets: [{ name: "photos", acl: "public-read-write" }] });
  const url = "https://photos.oss-cn-hangzhou.aliyuncs.com";
  const stream = new Response(TEXT).body?.pipeThrough(new CompressionStream("gzip"));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const json = { "content-type": "application/json" };
  await oss.fetch(`${url}/fly.json`, { method: "PUT", body: TEXT, headers: json });
  await oss.fetch(`${url}/stored.json`, {
    method: "PUT",
    body: packed,
    headers: { ...json, "content-encoding": "gzip" },
  });
  for (const name of ["fly.json", "stored.json"]) {
    const response = await oss.fetch(`${url}/${name}`);
    assert.equal(response.headers.get("content-encoding"), "gzip", name);
    assert.equal(await response.text(), TEXT, name);
  }
  const response = await oss.fetch(`${url}/stored.json`);
  assert.equal(response.headers.get("content-length"), String(packed.length), "the length is of the stored bytes");
  await response.body?.cancel();
});
