/** Downloads of what is not simply a row of bytes: empty, compressed, processed, linked, archived, hidden from a page. */
import {
  createClient,
  createSlots,
  download,
  downloadTo,
  type GetObjectInput,
  putBucketVersioning,
  putObject,
  putSymlink,
  type Sink,
  type TransferError,
} from "../../src/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { assertBytes } from "../unit/streams/support.ts";
import { memory, read } from "./download_support.ts";
import { createWire, hide, onAnswer } from "./support/wire.ts";
import { assertRefused, failureOf, noise, sweep, world } from "./support/world.ts";

const bytes = noise(1000);
const PARTS = { partSize: 300, concurrency: 2 } as const;

async function gzip(plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = new Response(plain);
  const zipped = body?.pipeThrough(new CompressionStream("gzip") as ReadableWritablePair<Uint8Array<ArrayBuffer>>);
  return new Uint8Array(await new Response(zipped ?? null).arrayBuffer());
}

test("the properties are the object's, and one request each part is enough", async (t) => {
  const { client, wire } = world(t);
  await putObject(client, { key: "a.txt", body: bytes, contentType: "text/x", metadata: { from: "me" } });
  const before = wire.sent.length;
  const result = await download(client, { key: "a.txt" }, PARTS);
  const { size, objectSize, range, contentType, metadata, status } = result;
  assert.deepInclude(result, { size: 1000, objectSize: 1000, contentType: "text/x", status: 206 });
  assert.deepEqual({ size, objectSize, range }, { size: 1000, objectSize: 1000, range: [0, 999] });
  assert.deepEqual({ contentType, metadata, status }, { contentType: "text/x", metadata: { from: "me" }, status: 206 });
  assert.notProperty(result, "contentLength");
  assertBytes(await read(result.body), bytes);
  const sent = wire.sent.slice(before);
  assert.deepEqual(sent.map(({ headers }) => headers.get("range")).sort(), [
    "bytes=0-299",
    "bytes=300-599",
    "bytes=600-899",
    "bytes=900-999",
  ]);
  assert.deepEqual(
    sent.map(({ headers }) => headers.get("if-match")),
    [null, result.etag ?? "?", result.etag ?? "?", result.etag ?? "?"],
  );
  // Signing takes its time, and lets the later overtake the earlier.
  for (const { method, headers } of sent) {
    assert.equal(method, "GET");
    assert.equal(headers.get("x-oss-range-behavior"), "standard");
  }
});

test("what is not read is not asked for: readAhead bounds the memory", async (t) => {
  const { client, wire } = world(t);
  await putObject(client, { key: "a", body: bytes });
  const { body } = await download(client, { key: "a" }, { partSize: 100, concurrency: 4, readAhead: 200 });
  const reader = body.getReader();
  assert.lengthOf((await reader.read()).value ?? [], 100);
  const asked = (): number => wire.sent.filter(({ method }) => method === "GET").length;
  const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
  // Of 100 bytes that were handed over, the parts at 100 and 200 are ahead.
  while (asked() < 3 || wire.openRequests().length > 0) await turn();
  for (let turns = 0; turns < 10; turns++) await turn();
  assert.equal(asked(), 3);
  await reader.cancel();
});

test("an empty object is an object", async (t) => {
  const { client } = world(t);
  const { etag = "?" } = await putObject(client, { key: "empty", body: "" });
  const result = await download(client, { key: "empty" });
  assert.deepInclude(result, { etag, status: 200 });
  assert.lengthOf(await read(result.body), 0);
  const sink = memory();
  assert.deepInclude(await downloadTo(client, { key: "empty" }, sink), { size: 0, etag });
  assert.equal(sink.state, "closed");
  for (const range of [[0], [-5], [3, 4]] as const) {
    await assertRefused(download(client, { key: "empty", range }), { status: 416, code: "InvalidRange" });
  }
});

test("stored gzip is decoded as getObject does it, with one plain request", async (t) => {
  const { client, wire } = world(t);
  const plain = new TextEncoder().encode(`[${"1,".repeat(2000)}1]`);
  await putObject(client, { key: "z.json", body: await gzip(plain), contentEncoding: "gzip" });
  // The in-process fetch decodes nothing; a Response of its own body would, in no runtime.
  const result = await download(client, { key: "z.json" }, { partSize: 10 });
  assert.equal(result.status, 200);
  assert.notProperty(result, "range");
  const got = await read(result.body);
  assert.deepEqual(wire.sent.at(-1)?.headers.get("range"), null);
  assertBytes(got[0] === 0x1f ? await gunzip(got) : got, plain);
});

async function gunzip(zipped: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = new Response(zipped);
  const plain = body?.pipeThrough(new DecompressionStream("gzip") as ReadableWritablePair<Uint8Array<ArrayBuffer>>);
  return new Uint8Array(await new Response(plain ?? null).arrayBuffer());
}

test("over a socket: bytes, texts that the service would compress, and stored gzip", { insecure: true }, async () => {
  const { serviceUrl, account, region, bucket } = environment;
  const wire = createWire();
  const client = createClient({
    endpoint: serviceUrl ?? assert.fail("there is no service"),
    // Chromium fails at the first bytes of stored gzip, several times.
    ...{ region, bucket, credentials: account, use: [wire.layer], retry: { base: 1 } },
    onWarning: (message) => assert.fail(message),
  });
  const folder = `download-${Math.random()}/`;
  const text = new TextEncoder().encode(`<!doctype html><p>${"hello ".repeat(340)}</p>`);
  await putObject(client, { key: `${folder}a`, body: bytes });
  await putObject(client, { key: `${folder}a.html`, body: text });
  await putObject(client, { key: `${folder}z.html`, body: await gzip(text), contentEncoding: "gzip" });
  for (const [name, wanted] of [
    ["a", bytes],
    ["a.html", text],
    ["z.html", text],
  ] as const) {
    for (const partSize of [50, 300, 5000]) {
      const { body } = await download(client, { key: folder + name }, { partSize });
      assertBytes(await read(body), wanted);
      const sink = memory();
      await downloadTo(client, { key: folder + name }, sink, { partSize });
      assertBytes(sink.bytes(), wanted);
    }
  }
  assert.lengthOf(wire.openRequests(), 0);
  await sweep(client, folder);
});

test("what is processed is read in one request", async (t) => {
  const picture = (): Response =>
    new Response(bytes, { headers: { "x-oss-hash-crc64ecma": "1", "content-length": "1000" } });
  const { client, wire } = world(t, { client: { fetch: async () => picture() } });
  const { body } = await download(client, { key: "a.jpg", process: "image/resize,w_1" }, PARTS);
  assertBytes(await read(body), bytes);
  assert.isNull(wire.sent.at(-1)?.headers.get("range"));
  const query = { "x-oss-process": "image/resize,w_1" };
  await read((await download(client, { key: "a.jpg", query }, PARTS)).body);
  assert.isNull(wire.sent.at(-1)?.headers.get("range"));
});

test("links, versions and payers", async (t) => {
  const { client, wire } = world(t);
  await putBucketVersioning(client, { versioning: "Enabled" });
  const { versionId = "?" } = await putObject(client, { key: "a", body: bytes });
  await putSymlink(client, { key: "link", symlinkTarget: "a" });
  assertBytes(await read((await download(client, { key: "link" }, PARTS)).body), bytes);
  await putObject(client, { key: "a", body: noise(700, 5) });
  const old = await download(client, { key: "a", versionId, requestPayer: "requester" }, PARTS);
  assert.deepInclude(old, { versionId, size: 1000 });
  assertBytes(await read(old.body), bytes);
  for (const { url, headers } of wire.sent.slice(-4)) {
    assert.equal(url.searchParams.get("versionId"), versionId);
    assert.equal(headers.get("x-oss-request-payer"), "requester");
  }
});

test("refusals of the first request are GetObject's own, and a sink is aborted", async (t) => {
  const { client } = world(t);
  await putObject(client, { key: "cold", body: bytes, storageClass: "Archive" });
  await putObject(client, { key: "a", body: bytes });
  const cases: [Partial<GetObjectInput> & { key: string }, { status: number; code: string }][] = [
    [{ key: "none" }, { status: 404, code: "NoSuchKey" }],
    [{ key: "cold" }, { status: 403, code: "InvalidObjectState" }],
    [
      { key: "a", ifMatch: '"0"' },
      { status: 412, code: "PreconditionFailed" },
    ],
    [
      { key: "a", range: [1000] },
      { status: 416, code: "InvalidRange" },
    ],
  ];
  for (const [input, facts] of cases) {
    await assertRefused(download(client, input, PARTS), facts);
    const sink = memory();
    await assertRefused(downloadTo(client, input, sink, PARTS), facts);
    assert.equal(sink.state, "aborted");
  }
});

test("304 is an answer: no bytes, and an untouched sink", async (t) => {
  const { client } = world(t);
  const { etag } = await putObject(client, { key: "a", body: bytes });
  const result = await download(client, { key: "a", ifNoneMatch: etag }, PARTS);
  assert.deepInclude(result, { status: 304, size: 0 });
  assert.lengthOf(await read(result.body), 0);
  const sink = memory();
  assert.deepInclude(await downloadTo(client, { key: "a", ifNoneMatch: etag }, sink, PARTS), { status: 304, size: 0 });
  assert.equal(sink.state, "aborted");
  // A condition that held for the first answer does not stop the others.
  assertBytes(await read((await download(client, { key: "a", ifNoneMatch: '"0"' }, PARTS)).body), bytes);
});

const HIDDEN: readonly (readonly [names: readonly string[], requests: number])[] = [
  [["etag"], 4],
  [["etag", "x-oss-hash-crc64ecma"], 2],
  [["content-range"], 2],
  [["content-range", "etag", "x-oss-hash-crc64ecma"], 2],
];

test("headers that a page may not see are done without", async (t) => {
  for (const [names, requests] of HIDDEN) {
    const { client, wire, warnings } = world(t, {
      client: { use: [onAnswer((response) => hide(response, ...names))] },
    });
    await putObject(client, { key: "a", body: bytes });
    const before = wire.sent.length;
    const { body } = await download(client, { key: "a" }, PARTS);
    assertBytes(await read(body), bytes);
    assert.lengthOf(wire.sent.slice(before), requests, names.join());
    assert.lengthOf(warnings, requests === 2 ? 1 : 0);
    // What fits in the first answer needs none of them.
    const whole = wire.sent.length;
    assertBytes(await read((await download(client, { key: "a" })).body), bytes);
    assertBytes(await read((await download(client, { key: "a", range: [10, 99] })).body), bytes.slice(10, 100));
    assert.lengthOf(wire.sent.slice(whole), 2, names.join());
    const sink = memory();
    await downloadTo(client, { key: "a", range: [-700] }, sink, PARTS);
    assertBytes(sink.bytes(), bytes.slice(300));
  }
});

test("in a page, whatever the bucket's rule exposes", { insecure: true }, async () => {
  const { serviceUrl, account, region, bucket } = environment;
  for (const name of [bucket, `${bucket}-hidden`]) {
    const client = createClient({
      endpoint: serviceUrl ?? assert.fail("there is no service"),
      ...{ region, bucket: name, credentials: account, onWarning: () => {} },
    });
    const key = `download-${Math.random()}`;
    await putObject(client, { key, body: bytes });
    assertBytes(await read((await download(client, { key }, PARTS)).body), bytes);
    const sink = memory();
    await downloadTo(client, { key, range: [10, 400] }, sink, PARTS);
    assertBytes(sink.bytes(), bytes.slice(10, 401));
    await sweep(client, key);
  }
});

test("requests share slots with other transfers, and give all of them back", async (t) => {
  const { client } = world(t);
  await putObject(client, { key: "a", body: bytes });
  const slots = createSlots(2);
  const bodies = await Promise.all(["a", "a", "a"].map((key) => download(client, { key }, { ...PARTS, slots })));
  await Promise.all(bodies.map(async ({ body }) => assertBytes(await read(body), bytes)));
  await downloadTo(client, { key: "a" }, memory(), { ...PARTS, slots });
  await assertRefused(download(client, { key: "none" }, { slots }), { status: 404, code: "NoSuchKey" });
  const signal = new AbortController().signal;
  await Promise.all([slots.take(signal), slots.take(signal)]);
});

test("bad arguments are refused before anything is sent or touched", async (t) => {
  const { client, wire } = world(t);
  for (const [input, options] of [
    [{ key: "" }, {}],
    [{ key: "a", range: [5, 4] }, {}],
    [{ key: "a", headers: { Range: "bytes=0-1" } }, {}],
    [{ key: "a" }, { partSize: 0 }],
    [{ key: "a" }, { concurrency: 1.5 }],
    [{ key: "a" }, { readAhead: -1 }],
    [{ key: "a" }, { timeout: 0 }],
    [{ key: "a" }, { onProgress: 5 }],
  ] as const) {
    // What the types would refuse.
    const error = await download(client, input as { key: string }, options as object).catch((found: unknown) => found);
    assert.isTrue(error instanceof TypeError || error instanceof RangeError, JSON.stringify([input, options]));
    const sink = memory();
    await downloadTo(client, input as { key: string }, sink, options as object).catch(() => undefined);
    assert.equal(sink.state, "new");
  }
  for (const sink of [undefined, null, "path", {}, { write() {}, close() {} }]) {
    const error = await failureOf(downloadTo(client, { key: "a" }, sink as unknown as Sink));
    assert.match(String(error), /TypeError: sink must have a function/);
  }
  const multipartThreshold = Number.NaN;
  const error = await failureOf(downloadTo(client, { key: "a" }, memory(), { multipartThreshold }));
  assert.match(String(error), /RangeError: multipartThreshold must be/);
  assert.lengthOf(wire.sent, 0);
});

test("a time limit holds for the whole of it", async (t) => {
  const { client, oss } = world(t);
  await putObject(client, { key: "a", body: bytes });
  oss.faults.add({ operation: "GetObject", kind: "stall", at: 0.5 });
  const { body } = await download(client, { key: "a" }, { timeout: 60 });
  const error = (await read(body).catch((found: unknown) => found)) as TransferError;
  assert.deepInclude(error, { name: "TransferError" });
  assert.deepInclude(error.cause, { name: "TimeoutError", limit: "timeout", milliseconds: 60 });
});
