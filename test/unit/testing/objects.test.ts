import { crc64 } from "../../../src/checksum/crc64.ts";
import { createTestOSS } from "../../../src/testing/mod.ts";
import { assert, fc, test } from "../../harness.ts";
import { chunks, site } from "./site.ts";

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function photos() {
  const oss = createTestOSS({ buckets: ["photos"], now: () => NOW });
  const ask = site(oss, "photos");
  return {
    oss,
    ask: (...[method, target, more]: Parameters<typeof ask>) => ask(method, target, { time: NOW, ...more }),
  };
}

test("testing/put: an answer says ETag, MD5, CRC-64, request id, server time and date", async () => {
  const { ask } = photos();
  const { status, headers } = await ask("PUT", "/a.txt", { body: "hello" });
  assert.equal(status, 200);
  assert.equal(headers["etag"], '"5D41402ABC4B2A76B9719D911017C592"');
  assert.equal(headers["content-md5"], "XUFAKrxLKna5cZ2REBfFkg==");
  assert.equal(headers["x-oss-hash-crc64ecma"], String(crc64(new TextEncoder().encode("hello"))));
  assert.equal(headers["date"], "Fri, 02 Jan 2026 03:04:05 GMT");
  assert.equal(headers["x-oss-server-time"], "7");
  assert.match(headers["x-oss-request-id"] ?? "", /^[0-9A-F]{24}$/);
});

test("testing/get: bytes, metadata and content headers come back, names in lower case", async () => {
  const { ask } = photos();
  const stored = { "content-type": "text/x-a", "cache-control": "no-store", "x-oss-meta-Color": "a%20b" };
  await ask("PUT", "/a.txt", { body: "hello", headers: stored });
  const get = await ask("GET", "/a.txt");
  assert.equal(get.text, "hello");
  const expected = {
    "content-type": "text/x-a",
    "cache-control": "no-store",
    "x-oss-meta-color": "a%20b",
    "content-length": "5",
    "accept-ranges": "bytes",
    "last-modified": "Fri, 02 Jan 2026 03:04:05 GMT",
    "x-oss-object-type": "Normal",
    "x-oss-storage-class": "Standard",
  };
  for (const [name, value] of Object.entries(expected)) assert.equal(get.headers[name], value, name);
  const head = await ask("HEAD", "/a.txt");
  assert.equal(head.bytes.length, 0);
  for (const name of [...Object.keys(expected), "etag", "content-md5", "x-oss-hash-crc64ecma"]) {
    assert.equal(head.headers[name], get.headers[name], name);
  }
  const meta = await ask("HEAD", "/a.txt?objectMeta");
  assert.equal(meta.headers["content-length"], "5");
  assert.notProperty(meta.headers, "x-oss-meta-color");
});

test("testing/get: any bytes in any chunks are stored and streamed as they are", async () => {
  const { ask } = photos();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }),
      fc.nat(700_000),
      async (parts, more) => {
        const big = new Uint8Array(more).map((_, i) => (i * 7 + (i >> 8)) & 255);
        const whole = new Uint8Array(await new Response(chunks(...parts, big)).arrayBuffer());
        const put = await ask("PUT", "/k", { body: chunks(...parts, big) });
        const get = await ask("GET", "/k");
        assert.equal(get.bytes.length, whole.length);
        assert.isTrue(get.bytes.every((byte, i) => byte === whole[i]));
        assert.equal(put.headers["x-oss-hash-crc64ecma"], String(crc64(whole)));
      },
    ),
    { numRuns: 15 },
  );
});

test("testing/errors: NoSuchKey as XML, and in x-oss-err for HEAD", async () => {
  const { ask } = photos();
  const get = await ask("GET", "/none");
  assert.deepEqual([get.status, get.code, get.headers["x-oss-ec"]], [404, "NoSuchKey", "0026-00000001"]);
  assert.deepEqual(get.all("HostId"), ["photos.oss-cn-hangzhou.aliyuncs.com"]);
  assert.deepEqual(get.all("RequestId"), [get.headers["x-oss-request-id"]]);
  const head = await ask("HEAD", "/none");
  assert.deepEqual([head.status, head.code, head.bytes.length], [404, "NoSuchKey", 0]);
});

test("testing/errors: each refused put leaves no object", async () => {
  const { oss, ask } = photos();
  const cases: [string, Parameters<typeof ask>[2], number, string][] = [
    ["/a", { body: "x", headers: { "content-md5": "XUFAKrxLKna5cZ2REBfFkg==" } }, 400, "InvalidDigest"],
    ["/a", { body: "x", headers: { "content-md5": "short" } }, 400, "InvalidDigest"],
    ["/a", { body: "x", headers: { "content-length": "" } }, 411, "MissingContentLength"],
    ["/a", { body: "x", headers: { "x-oss-storage-class": "Warm" } }, 400, "InvalidStorageClass"],
    ["/a", { body: "x", headers: { "x-oss-object-acl": "all" } }, 400, "InvalidArgument"],
    ["/a", { body: "x", headers: { "x-oss-meta-a_b": "1" } }, 400, "InvalidArgument"],
    ["/a", { body: "x", headers: { "x-oss-meta-a": "v".repeat(8192) } }, 400, "MetadataTooLarge"],
    ["/%2Fa", { body: "x" }, 400, "InvalidObjectName"],
    ["/%5Ca", { body: "x" }, 400, "InvalidObjectName"],
    [`/${"%C3%A9".repeat(512)}`, { body: "x" }, 400, "InvalidObjectName"],
  ];
  for (const [target, more, status, code] of cases) {
    const reply = await ask("PUT", target, more);
    assert.deepEqual([reply.status, reply.code], [status, code], JSON.stringify(more));
  }
  assert.deepEqual((await ask("GET", "/")).all("Key"), []);
  assert.equal((await ask("PUT", `/${"%C3%A9".repeat(511)}a`, { body: "x" })).status, 200);
  assert.isTrue(oss.requests.length > cases.length);
});

test("testing/put: x-oss-forbid-overwrite, at the start and at the end of the body", async () => {
  const { ask } = photos();
  const forbid = { "x-oss-forbid-overwrite": "true" };
  let open = (): void => {};
  const late = new ReadableStream<Uint8Array>({
    start(controller) {
      open = () => controller.close();
    },
  });
  const slow = ask("PUT", "/a", { body: late, headers: forbid });
  assert.equal((await ask("PUT", "/a", { body: "first", headers: forbid })).status, 200);
  open();
  const reply = await slow;
  assert.deepEqual([reply.status, reply.code], [409, "FileAlreadyExists"]);
  assert.equal((await ask("PUT", "/a", { body: "again", headers: forbid })).code, "FileAlreadyExists");
  assert.equal((await ask("GET", "/a")).text, "first");
});

test("testing/put: a client that goes away mid-body leaves no object", async () => {
  const { oss, ask } = photos();
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error("the client is gone"));
    },
  });
  let failed: unknown;
  await ask("PUT", "/a", { body: broken }).catch((error: unknown) => {
    failed = error;
  });
  assert.equal((failed as Error).name, "ConnectionLost");
  const gone = new AbortController();
  const silent = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(10));
    },
  });
  const stuck = ask("PUT", "/b", { body: silent, signal: gone.signal }).catch((error: Error) => error.name);
  gone.abort();
  assert.equal(await stuck, "ConnectionLost");
  assert.deepEqual((await ask("GET", "/")).all("Key"), []);
  assert.deepEqual(
    oss.requests.map(({ status }) => status),
    [0, 0, 200],
  );
});

test("testing/delete: 204 also for missing keys, and the key is gone", async () => {
  const { ask } = photos();
  await ask("PUT", "/a", { body: "x" });
  assert.deepEqual([(await ask("DELETE", "/a")).status, (await ask("DELETE", "/a")).status], [204, 204]);
  assert.equal((await ask("GET", "/a")).code, "NoSuchKey");
});

test("testing/archive: archived objects are described, not read", async () => {
  const { ask } = photos();
  await ask("PUT", "/cold", { body: "x", headers: { "x-oss-storage-class": "ColdArchive" } });
  assert.equal((await ask("HEAD", "/cold")).headers["x-oss-storage-class"], "ColdArchive");
  const reply = await ask("GET", "/cold");
  assert.deepEqual([reply.status, reply.code], [403, "InvalidObjectState"]);
});
