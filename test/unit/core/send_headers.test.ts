/** What goes on the wire: method, headers and body of each kind, in every runtime the same. */
import {
  appendObject,
  deleteMultipleObjects,
  deleteObject,
  getObject,
  headObject,
  putObject,
  uploadPart,
} from "../../../src/operations/mod.ts";
import type { Client, ObjectBody } from "../../../src/types.ts";
import { assert, runtime, test } from "../../harness.ts";
import { streamOf } from "../streams/support.ts";
import { clientOf, done, KEYS, type Sent, STS, scripted } from "./support.ts";

const BROWSER = ["chromium", "firefox", "webkit"].includes(runtime);
const bytes = new Uint8Array([104, 101, 108, 108, 111]);

/** Sends one call and gives what was sent. */
async function sentBy(
  call: (client: Client) => Promise<unknown>,
  client: Parameters<typeof clientOf>[1] = {},
): Promise<Sent> {
  const { fetch, sent } = scripted(done());
  await call(clientOf(fetch, client));
  const [first] = sent;
  if (!first || sent.length > 1) throw new Error(`${sent.length} requests`);
  return first;
}

const BODIES: readonly (readonly [name: string, body: () => ObjectBody])[] = [
  ["string", () => "hello"],
  ["Uint8Array", () => bytes],
  ["a view into a larger buffer", () => new Uint8Array([0, ...bytes, 0]).subarray(1, 6)],
  ["ArrayBuffer", () => bytes.buffer],
  ["DataView", () => new DataView(bytes.buffer)],
  ["Blob", () => new Blob(["hello"])],
  ["ReadableStream", () => streamOf(bytes, [2]).stream],
  ["Response", () => new Response(streamOf(bytes).stream)],
];

for (const [name, body] of BODIES) {
  test(`a body of kind ${name}: its bytes, and always an explicit content type`, async () => {
    let received: Uint8Array | undefined;
    const { fetch, sent } = scripted(async (request) => {
      received = await request.read();
      return done({ "x-oss-hash-crc64ecma": "11177612005948864433" });
    });
    await putObject(clientOf(fetch), { key: "a", body: body(), contentLength: 5 });
    assert.equal(new TextDecoder().decode(received), "hello");
    assert.equal(sent[0]?.headers.get("content-type"), "application/octet-stream");
    assert.include(sent[0]?.headers.get("authorization") ?? "", "Signature=");
  });
}

test("names that objects have of themselves are names like others", async () => {
  const own = (text: string): Record<string, string> => JSON.parse(text);
  const { url } = await sentBy((client) => getObject(client, { key: "a", query: own('{"__proto__":"v"}') }));
  assert.equal(new URL(url).search, "?__proto__=v");
  // Nor do they make an object of a processed one, whose checksum is another.
  const { fetch } = scripted(() => new Response("abc", { headers: { "x-oss-hash-crc64ecma": "1" } }));
  const hidden = own('{"__proto__":{"x-oss-process":"image/info"}}');
  const got = await getObject(clientOf(fetch), { key: "a", query: hidden });
  assert.match(String(await got.text().catch(String)), /IntegrityError/);
});

const TYPES: readonly (readonly [what: string, input: Parameters<typeof putObject>[1], type: string])[] = [
  [
    "given",
    { key: "a.png", body: new Blob(["x"], { type: "image/x-blob" }), contentType: "image/x-own" },
    "image/x-own",
  ],
  ["the Blob's", { key: "a.png", body: new Blob(["x"], { type: "image/x-blob" }) }, "image/x-blob"],
  [
    "the Response's",
    { key: "a.png", body: new Response("x", { headers: { "content-type": "text/css" } }) },
    "text/css",
  ],
  ["by the key's extension", { key: "b/a.PNG", body: "x" }, "image/png"],
  ["unknown", { key: "b.d/a", body: "x" }, "application/octet-stream"],
  ["an extra header", { key: "a.png", body: "x", headers: { "Content-Type": "image/x-extra" } }, "image/x-extra"],
];

test("the content type: given, the body's own, or by the key's extension", async () => {
  for (const [what, input, type] of TYPES) {
    const sent = await sentBy((client) => putObject(client, input, { integrity: "none" }));
    assert.equal(sent.headers.get("content-type"), type, what);
  }
});

test("calls without a body have no content type", async () => {
  const calls = [getObject, headObject, deleteObject];
  for (const call of calls) {
    const sent = await sentBy((client) => call(client, { key: "page.html" }));
    assert.isFalse(sent.headers.has("content-type"), call.operationName);
    assert.isUndefined(sent.init.body);
  }
});

test("parts have the unknown type, not the object's", async () => {
  const sent = await sentBy((client) => uploadPart(client, { key: "k", uploadId: "u", partNumber: 1, body: bytes }));
  assert.equal(sent.headers.get("content-type"), "application/octet-stream");
});

test("a content length is announced only where a script may, and only of a stream", async () => {
  const stream = await sentBy((client) =>
    putObject(client, { key: "a", body: streamOf(bytes).stream, contentLength: 5 }),
  );
  assert.equal(stream.headers.get("content-length"), BROWSER ? null : "5");
  assert.equal(stream.init.body instanceof ReadableStream, !BROWSER);
  const whole = await sentBy((client) => putObject(client, { key: "a", body: "hello", contentLength: 5 }));
  assert.isFalse(whole.headers.has("content-length"));
  const extra = await sentBy((client) =>
    putObject(client, { key: "a", body: "hello", headers: { "Content-Length": "5" } }),
  );
  assert.isFalse(extra.headers.has("content-length"));
});

test("reads ask for bytes as they are stored, where a script may", async () => {
  const head = await sentBy((client) => headObject(client, { key: "a.json" }));
  assert.equal(head.headers.get("accept-encoding"), BROWSER ? null : "identity");
  const get = await sentBy((client) => getObject(client, { key: "a.json" }));
  // Deno hands over compressed bytes once a script names the header.
  assert.equal(get.headers.get("accept-encoding"), BROWSER || runtime === "deno" ? null : "identity");
});

test("every request: not redirected; reads not from the page's cache, with a signal", async () => {
  const sent = await sentBy((client) => getObject(client, { key: "a" }));
  assert.equal(sent.init.redirect, "manual");
  assert.equal(sent.init.cache, BROWSER ? "no-store" : undefined);
  assert.instanceOf(sent.init.signal, AbortSignal);
  const head = await sentBy((client) => headObject(client, { key: "a" }));
  assert.equal(head.init.cache, BROWSER ? "no-store" : undefined);
});

test("V4: date, payload mark, token and signature", async () => {
  const now = (): number => Date.UTC(2024, 5, 15, 8, 9, 10);
  const { headers } = await sentBy((client) => deleteObject(client, { key: "a" }), { now, credentials: STS });
  assert.equal(headers.get("x-oss-date"), "20240615T080910Z");
  assert.equal(headers.get("x-oss-content-sha256"), "UNSIGNED-PAYLOAD");
  assert.equal(headers.get("x-oss-security-token"), "token");
  assert.match(
    headers.get("authorization") ?? "",
    /^OSS4-HMAC-SHA256 Credential=STS\.ak\/20240615\/cn-hangzhou\/oss\/aliyun_v4_request,Signature=[0-9a-f]{64}$/,
  );
});

test("V1: an HTTP date that pages may set, and its signature", async () => {
  const now = (): number => Date.UTC(2024, 5, 15, 8, 9, 10);
  const { headers } = await sentBy((client) => deleteObject(client, { key: "a" }), { now, signatureVersion: "v1" });
  assert.equal(headers.get("x-oss-date"), "Sat, 15 Jun 2024 08:09:10 GMT");
  assert.match(headers.get("authorization") ?? "", /^OSS ak:[A-Za-z0-9+/]{27}=$/);
});

test("an anonymous client signs nothing", async () => {
  const { headers } = await sentBy((client) => getObject(client, { key: "a" }), { credentials: "anonymous" });
  for (const name of ["authorization", "x-oss-date", "x-oss-content-sha256"]) assert.isFalse(headers.has(name), name);
});

test("a remote signer signs instead: it sees the request as it is sent, and adds its headers", async () => {
  const seen: unknown[] = [];
  const sent = await sentBy((client) => putObject(client, { key: "a b", body: "x", query: { n: 1 } }), {
    credentials: undefined,
    sign(request, { signal }) {
      assert.instanceOf(signal, AbortSignal);
      seen.push([
        request.method,
        request.url.href,
        request.bucket,
        request.key,
        request.query,
        request.headers.get("content-type"),
      ]);
      return { authorization: "REMOTE" };
    },
  });
  assert.deepEqual(seen, [
    [
      "PUT",
      "https://photos.oss-cn-hangzhou.aliyuncs.com/a%20b",
      "photos",
      "a b",
      [["n", "1"]],
      "application/octet-stream",
    ],
  ]);
  assert.equal(sent.headers.get("authorization"), "REMOTE");
});

test("a cloud box signs for its own product", async () => {
  const { headers } = await sentBy((client) => getObject(client, { key: "a" }), {
    region: "cb-123",
    endpoint: "https://cb.example.com",
  });
  assert.include(headers.get("authorization") ?? "", "/cb-123/oss-cloudbox/aliyun_v4_request");
});

test("the host is signed when asked for, though no script can set it", async () => {
  const { headers } = await sentBy((client) => getObject(client, { key: "a" }), {
    additionalHeaders: ["Host", "Range"],
  });
  assert.include(headers.get("authorization") ?? "", "AdditionalHeaders=host,");
  assert.isFalse(headers.has("host"));
});

test("the MD5 that the service wants of a delete document", async () => {
  const sent = await sentBy((client) => deleteMultipleObjects(client, { objects: ["a"], quiet: true }));
  const document = new TextDecoder().decode(await sent.read());
  assert.include(document, "<Key>a</Key>");
  assert.match(sent.headers.get("content-md5") ?? "", /^[A-Za-z0-9+/]{22}==$/);
  assert.equal(sent.headers.get("content-type"), "application/xml");
});

test("unmodelled calls are signed and answered alike", async () => {
  const { fetch, sent } = scripted(new Response("<X/>", { status: 200 }));
  const client = clientOf(fetch, { credentials: KEYS });
  const response = await client.send({
    method: "POST",
    key: "a",
    query: { "x-oss-process": null },
    body: "x-oss-process=style",
    headers: { "x-oss-a": "1", "x-oss-b": undefined },
  });
  assert.equal(await response.text(), "<X/>");
  assert.equal(sent[0]?.url.search, "?x-oss-process");
  assert.equal(sent[0]?.headers.get("x-oss-a"), "1");
  assert.isFalse(sent[0]?.headers.has("x-oss-b"));
  assert.include(sent[0]?.headers.get("authorization") ?? "", "Signature=");
});

test("nothing that cannot be sent is sent", async () => {
  const { fetch, sent } = scripted(done());
  for (const body of [
    7,
    true,
    {},
    [1],
    null,
    () => "x",
    Symbol("x"),
    new URLSearchParams("a=1"),
  ] as unknown as ObjectBody[]) {
    let error: unknown;
    await putObject(clientOf(fetch), { key: "a", body }).catch((thrown: unknown) => {
      error = thrown;
    });
    assert.instanceOf(error, TypeError, Object.prototype.toString.call(body));
  }
  for (const contentLength of [-1, 1.5, Number.NaN]) {
    let error: unknown;
    await putObject(clientOf(fetch), { key: "a", body: streamOf(bytes).stream, contentLength }).catch(
      (thrown: unknown) => {
        error = thrown;
      },
    );
    assert.instanceOf(error, RangeError, String(contentLength));
  }
  assert.lengthOf(sent, 0);
});

test("an append is checked when what came before is known", async () => {
  const { fetch } = scripted(done({ "x-oss-hash-crc64ecma": "1", "x-oss-next-append-position": "6" }));
  const unknown = await appendObject(clientOf(fetch), { key: "a", position: 5, body: "x" });
  assert.equal(unknown.nextPosition, 6);
});
