import { crc64 } from "../../../src/checksum/crc64.ts";
import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { chunks, type Reply, type Site, site } from "./site.ts";

const PART = new Uint8Array(102_400).map((_, i) => i % 251);

async function begin(ask: Site, key: string, headers: Record<string, string> = {}): Promise<string> {
  const reply = await ask("POST", `/${key}?uploads`, { headers });
  assert.equal(reply.status, 200, reply.text);
  return reply.all("UploadId")[0] ?? "";
}

function send(ask: Site, key: string, id: string, number: number, body: Uint8Array | string): Promise<Reply> {
  return ask("PUT", `/${key}?partNumber=${number}&uploadId=${id}`, { body });
}

function complete(ask: Site, key: string, id: string, parts: readonly [number, string][]): Promise<Reply> {
  const list = parts.map(([n, etag]) => `<Part><PartNumber>${n}</PartNumber><ETag>${etag}</ETag></Part>`);
  const body = `<CompleteMultipartUpload>${list.join("")}</CompleteMultipartUpload>`;
  return ask("POST", `/${key}?uploadId=${id}`, { body });
}

test("testing/multipart: parts in any order, one replaced, one left out, make the object", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  const id = await begin(ask, "big", { "content-type": "video/mp4", "x-oss-meta-a": "1" });
  await send(ask, "big", id, 3, "the end");
  await send(ask, "big", id, 1, "will be replaced");
  const one = await send(ask, "big", id, 1, PART);
  await send(ask, "big", id, 2, "left out");
  assert.equal(one.headers["x-oss-hash-crc64ecma"], String(crc64(PART)));
  const listed = await ask("GET", `/big?uploadId=${id}&max-parts=2`);
  assert.deepEqual(listed.all("PartNumber"), ["1", "2"]);
  assert.deepEqual(listed.all("Size"), ["102400", "8"]);
  assert.deepEqual(listed.all("HashCrc64ecma")[0], String(crc64(PART)));
  assert.deepEqual([listed.all("IsTruncated"), listed.all("NextPartNumberMarker")], [["true"], ["2"]]);
  const rest = await ask("GET", `/big?uploadId=${id}&part-number-marker=2`);
  assert.deepEqual([rest.all("PartNumber"), rest.all("IsTruncated")], [["3"], ["false"]]);
  const [etag] = rest.all("ETag");
  const done = await complete(ask, "big", id, [
    [1, (one.headers["etag"] ?? "").replaceAll('"', "")],
    [3, etag ?? ""],
  ]);
  assert.equal(done.status, 200, done.text);
  const whole = new Uint8Array(await new Response(chunks(PART, "the end")).arrayBuffer());
  const get = await ask("GET", "/big");
  assert.deepEqual([...get.bytes], [...whole]);
  assert.equal(get.headers["x-oss-hash-crc64ecma"], String(crc64(whole)));
  assert.equal(done.headers["x-oss-hash-crc64ecma"], String(crc64(whole)));
  assert.match(get.headers["etag"] ?? "", /^"[0-9A-F]{32}-2"$/);
  assert.deepEqual(
    [get.headers["x-oss-object-type"], get.headers["content-type"], get.headers["x-oss-meta-a"]],
    ["Multipart", "video/mp4", "1"],
  );
  assert.equal((await complete(ask, "big", id, [[1, ""]])).code, "NoSuchUpload");
});

test("testing/multipart: sizes and order are checked at Complete, and only there", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  const id = await begin(ask, "k");
  const etags = new Map<number, string>();
  for (const [number, body] of [
    [1, PART],
    [2, PART.slice(1)],
    [3, "x"],
  ] as const) {
    etags.set(number, (await send(ask, "k", id, number, body)).headers["etag"] ?? "");
  }
  const named = (...numbers: number[]): [number, string][] => numbers.map((n) => [n, etags.get(n) ?? '"0"']);
  const rows: [readonly [number, string][], string][] = [
    [named(1, 2, 3), "EntityTooSmall"],
    [named(3, 1), "InvalidPartOrder"],
    [named(1, 1), "InvalidPartOrder"],
    [named(1, 4), "InvalidPart"],
    [[[1, '"0"']], "InvalidPart"],
    [[], "MalformedXML"],
  ];
  for (const [parts, code] of rows) {
    const reply = await complete(ask, "k", id, parts);
    assert.deepEqual([reply.status, reply.code], [400, code], JSON.stringify(parts));
  }
  assert.equal((await complete(ask, "k", id, named(1, 2))).status, 200);
});

test("testing/multipart: numbers 1 to 10,000, unknown uploads, x-oss-complete-all", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  const id = await begin(ask, "k");
  for (const number of [0, 10_001, 1.5]) assert.equal((await send(ask, "k", id, number, "x")).code, "InvalidArgument");
  assert.equal((await send(ask, "k", "nothing", 1, "x")).code, "NoSuchUpload");
  assert.equal((await send(ask, "other", id, 1, "x")).code, "NoSuchUpload");
  assert.equal((await send(ask, "k", id, 10_000, "last")).status, 200);
  const all = await ask("POST", `/k?uploadId=${id}`, { headers: { "x-oss-complete-all": "yes" } });
  assert.equal(all.status, 200, all.text);
  assert.equal((await ask("GET", "/k")).text, "last");
});

test("testing/multipart: an aborted upload takes its parts along, also one that is on its way", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  const id = await begin(ask, "k");
  let end = (): void => {};
  const slow = new ReadableStream<Uint8Array>({
    start(controller) {
      end = () => controller.close();
    },
  });
  const late = ask("PUT", `/k?partNumber=1&uploadId=${id}`, { body: slow });
  // The part is being received when the list is answered.
  assert.deepEqual((await ask("GET", "/?uploads")).all("UploadId"), [id]);
  assert.equal((await ask("DELETE", "/")).code, "BucketNotEmpty");
  assert.equal((await ask("DELETE", `/k?uploadId=${id}`)).status, 204);
  end();
  assert.equal((await late).code, "NoSuchUpload");
  assert.equal((await ask("GET", `/k?uploadId=${id}`)).code, "NoSuchUpload");
  assert.equal((await ask("DELETE", "/")).status, 204);
});

test("testing/multipart: uploads are listed by key and age, page by page, with prefixes", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  const ids: string[] = [];
  for (const key of ["b%2F1", "a", "a", "b%2F2", "c"]) ids.push(await begin(ask, key));
  const [b1, a1, a2, b2, c] = ids;
  const seen: string[] = [];
  let query = "";
  for (let page = 0; page < 5; page++) {
    const reply = await ask("GET", `/?uploads&max-uploads=2&encoding-type=url${query}`);
    seen.push(...reply.all("UploadId"));
    const [key] = reply.all("NextKeyMarker");
    if (key === undefined) break;
    query = `&key-marker=${key}&upload-id-marker=${reply.all("NextUploadIdMarker")[0]}`;
  }
  assert.deepEqual(seen, [a1, a2, b1, b2, c]);
  const grouped = await ask("GET", "/?uploads&delimiter=%2F");
  assert.deepEqual(
    [grouped.all("UploadId"), grouped.all("Prefix")],
    [
      [a1, a2, c],
      ["", "b/"],
    ],
  );
  assert.deepEqual((await ask("GET", "/?uploads&key-marker=a")).all("UploadId"), [b1, b2, c]);
  assert.deepEqual((await ask("GET", "/?uploads&prefix=b")).all("UploadId"), [b1, b2]);
});

test("testing/multipart: parts copied from an object, whole or in ranges", async () => {
  const ask = site(createTestOSS({ buckets: ["photos"] }), "photos");
  await ask("PUT", "/source", { body: chunks(PART, PART, "tail") });
  const id = await begin(ask, "copy");
  const copy = (number: number, range?: string): Promise<Reply> =>
    ask("PUT", `/copy?partNumber=${number}&uploadId=${id}`, {
      headers: { "x-oss-copy-source": "/photos/source", ...(range ? { "x-oss-copy-source-range": range } : {}) },
    });
  assert.equal((await copy(1, "bytes=100-102499")).status, 200);
  assert.equal((await copy(2)).status, 200);
  for (const range of ["bytes=0-204804", "bytes=5-3", "bytes=-5"])
    assert.equal((await copy(3, range)).code, "InvalidArgument");
  assert.equal((await ask("POST", `/copy?uploadId=${id}`, { headers: { "x-oss-complete-all": "yes" } })).status, 200);
  const source = (await ask("GET", "/source")).bytes;
  await ask("DELETE", "/source");
  const expected = new Uint8Array([...source.slice(100, 102_500), ...source]);
  const get = await ask("GET", "/copy");
  assert.deepEqual([get.bytes.length, get.bytes.findIndex((byte, i) => byte !== expected[i])], [expected.length, -1]);
  assert.equal(get.headers["x-oss-hash-crc64ecma"], String(crc64(expected)));
});
