/** Answer bodies under guard: length, CRC-64, ranges, silence, aborts, and what is let through unchecked. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import { IntegrityError, isOSSError, NetworkError, TimeoutError } from "../../../src/errors.ts";
import { getObject, headObject } from "../../../src/operations/mod.ts";
import { assert, fc, test } from "../../harness.ts";
import { chunking, deferred, failure, pattern, streamOf } from "../streams/support.ts";
import { clientOf, read, scripted } from "./support.ts";
import { catchTimers, countTimers } from "./timers.ts";

type Init = Readonly<Record<string, string>>;

test("any cut of any body arrives as its bytes when length and CRC-64 agree", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), chunking, async (bytes, cuts) => {
      const headers = { "content-length": String(bytes.length), "x-oss-hash-crc64ecma": String(crc64(bytes)) };
      assert.deepEqual([...(await read(streamOf(bytes, cuts).stream, headers))], [...bytes]);
    }),
    { numRuns: 40 },
  );
});

test("any other length or CRC-64 fails the read, at its end at the latest", async () => {
  const alteration = fc.oneof(
    fc.record({ length: fc.integer({ min: -3, max: 3 }).filter(Boolean), flip: fc.constant(-1) }),
    fc.record({ length: fc.constant(0), flip: fc.nat({ max: 7 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 4, maxLength: 60 }), alteration, async (bytes, { length, flip }) => {
      const headers = { "content-length": String(bytes.length + length), "x-oss-hash-crc64ecma": String(crc64(bytes)) };
      const altered = bytes.map((byte, at) => (at === 2 && flip >= 0 ? byte ^ (1 << flip) : byte));
      const error = await failure(read(streamOf(altered).stream, headers));
      assert.instanceOf(error, IntegrityError);
      assert.equal(error.check, length ? "length" : "crc64");
      assert.notEqual(error.expected, error.actual);
    }),
    { numRuns: 40 },
  );
});

const UNCHECKED: readonly (readonly [what: string, headers: Init, input: object, init: ResponseInit])[] = [
  ["a range: the CRC-64 is the whole object's", { "content-range": "bytes 0-2/9" }, { range: [0, 2] }, { status: 206 }],
  ["a processed image", {}, { process: "image/resize,w_1" }, {}],
  [
    "stored gzip, decoded by fetch: its length and CRC-64 are those of the stored bytes",
    { "content-encoding": "gzip", "content-length": "99" },
    {},
    {},
  ],
];

test("what cannot be compared is not", async () => {
  for (const [what, headers, input, init] of UNCHECKED) {
    const got = await read("abc", { "x-oss-hash-crc64ecma": "1", ...headers }, input, init);
    assert.equal(new TextDecoder().decode(got), "abc", what);
  }
});

test("gzip on the fly has no length, and the CRC-64 of the decoded bytes", async () => {
  const right = String(crc64(new TextEncoder().encode("abc")));
  await read("abc", { "content-encoding": "gzip", "x-oss-hash-crc64ecma": right });
  assert.instanceOf(
    await failure(read("abc", { "content-encoding": "gzip", "x-oss-hash-crc64ecma": "1" })),
    IntegrityError,
  );
  assert.instanceOf(
    await failure(read("abc", { "content-encoding": "identity", "content-length": "3", "x-oss-hash-crc64ecma": "1" })),
    IntegrityError,
  );
});

test("integrity none compares no CRC-64, but the length still", async () => {
  const { fetch } = scripted(() => new Response("abc", { headers: { "x-oss-hash-crc64ecma": "1" } }));
  await (await getObject(clientOf(fetch), { key: "k" }, { integrity: "none" })).text();
  await (await getObject(clientOf(fetch, { integrity: "none" }), { key: "k" })).text();
  const short = scripted(() => new Response("abc", { headers: { "content-length": "4" } }));
  const response = await getObject(clientOf(short.fetch), { key: "k" }, { integrity: "none" });
  assert.instanceOf(await failure(response.text()), IntegrityError);
});

test("an answer without a body, and an empty one, are answers", async () => {
  assert.lengthOf(await read(null, { "content-length": "0", "x-oss-hash-crc64ecma": "0" }), 0);
  const { fetch } = scripted(() => new Response(null, { status: 304, headers: { "content-length": "99" } }));
  assert.equal((await getObject(clientOf(fetch), { key: "k", ifNoneMatch: "*" })).status, 304);
});

test("an answer to HEAD tells a length that does not come", async () => {
  // Some browsers give it a body all the same, an empty one.
  const { fetch } = scripted(
    () => new Response(streamOf(new Uint8Array(0)).stream, { headers: { "content-length": "5" } }),
  );
  const response = await clientOf(fetch).send({ method: "HEAD", key: "k" });
  assert.equal(await response.text(), "");
  assert.equal((await headObject(clientOf(fetch), { key: "k" })).contentLength, 5);
});

test("status, headers and properties are those of the answer", async () => {
  const headers = {
    etag: '"E"',
    "content-length": "3",
    "x-oss-object-type": "Normal",
    "x-oss-meta-a": "1",
    "x-oss-request-id": "R",
  };
  const { fetch } = scripted(() => new Response("abc", { headers, statusText: "Fine" }));
  const response = await getObject(clientOf(fetch), { key: "k" });
  assert.instanceOf(response, Response);
  assert.deepEqual([response.ok, response.status, response.headers.get("etag")], [true, 200, '"E"']);
  const { etag, contentLength, objectType, metadata, requestId } = response;
  assert.deepEqual(
    { etag, contentLength, objectType, metadata, requestId },
    { etag: '"E"', contentLength: 3, objectType: "Normal", metadata: { a: "1" }, requestId: "R" },
  );
  assert.equal(await response.text(), "abc");
});

test("a body that breaks off is a NetworkError that tells how far it came", async () => {
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pulls++ === 0) controller.enqueue(new Uint8Array(3));
      else controller.error(new TypeError("terminated"));
    },
  });
  const error = await failure(read(body, { "content-length": "9" }));
  assert.instanceOf(error, NetworkError);
  assert.match(error.message, /GetObject "k".* 3 bytes/);
  assert.propertyVal(error.cause, "message", "terminated");
});

test("silence in a body is a TimeoutError; a reader that takes its time is none", { timeout: 5000 }, async () => {
  const timers = countTimers();
  try {
    const quiet = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(3)) });
    const client = clientOf(scripted(() => new Response(quiet)).fetch, { stallTimeout: 20 });
    const error = await failure((await getObject(client, { key: "k" })).arrayBuffer());
    assert.instanceOf(error, TimeoutError);
    assert.equal(error.limit, "stallTimeout");
    const slow = (
      await getObject(
        clientOf(scripted(() => new Response(streamOf(pattern(9), [3, 3]).stream)).fetch, { stallTimeout: 20 }),
        { key: "k" },
      )
    ).body?.getReader();
    await slow?.read();
    await new Promise((ready) => setTimeout(ready, 60));
    assert.isFalse((await slow?.read())?.done);
    await slow?.cancel();
    assert.equal(timers.running(), 0);
  } finally {
    timers.restore();
  }
});

test("while chunks come the watch is begun anew with each beat, and ended by one at which nobody reads", async () => {
  let begun = 0;
  const stalls = catchTimers((length) => length === 7777 && ++begun > 0);
  const beats = catchTimers((length) => length === 10);
  try {
    let source: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        source = controller;
        for (let count = 0; count < 5; count++) controller.enqueue(new Uint8Array(3));
      },
    });
    const client = clientOf(scripted(() => new Response(body)).fetch, { stallTimeout: 7777 });
    const reader = (await getObject(client, { key: "k" })).body?.getReader();
    const before = begun;
    for (let count = 0; count < 5; count++) await reader?.read();
    assert.equal(begun, before + 1, "five chunks begin one watch");
    const sixth = reader?.read();
    // The stream pulls a few microtasks later.
    await new Promise<void>((ready) => setTimeout(ready));
    // Fires the next beat too, before which nothing comes.
    await beats.fire();
    assert.equal(begun, before + 2);
    assert.deepEqual([stalls.waiting(), beats.waiting()], [1, 0]);
    source?.enqueue(new Uint8Array(3));
    await sixth;
    assert.equal(stalls.waiting(), 0);
    source?.enqueue(new Uint8Array(3));
    await reader?.read();
    assert.equal(stalls.waiting(), 1);
    await beats.fire();
    assert.deepEqual([stalls.waiting(), beats.waiting()], [0, 0], "the reader takes its time");
    await reader?.cancel();
  } finally {
    beats.restore();
    stalls.restore();
  }
});

test("the caller's signal stops a body that is read later, also one that ignores it", { timeout: 5000 }, async () => {
  const released = deferred();
  const body = new ReadableStream<Uint8Array>({ cancel: () => released.resolve() });
  const { fetch } = scripted(() => new Response(body));
  const controller = new AbortController();
  const response = await getObject(clientOf(fetch), { key: "k" }, { signal: controller.signal });
  const reading = response.text();
  const reason = { left: true };
  controller.abort(reason);
  assert.strictEqual(await failure(reading), reason);
  await released.promise;
});

test("a body that is cancelled lets go of the answer", async () => {
  const source = streamOf(pattern(9), [3]);
  const { fetch } = scripted(() => new Response(source.stream));
  const reader = (await getObject(clientOf(fetch), { key: "k" })).body?.getReader();
  await reader?.read();
  await reader?.cancel("enough");
  assert.isDefined(source.cancelled);
});

test("nothing is read ahead of the reader, and nothing is lost", async () => {
  const cuts = Array.from({ length: 19 }, () => 5);
  const source = streamOf(pattern(100), cuts);
  const { fetch } = scripted(() => new Response(source.stream));
  const reader = (await getObject(clientOf(fetch), { key: "k" })).body?.getReader();
  const got: number[] = [];
  for (let count = 1; count <= cuts.length + 1; count++) {
    got.push(...((await reader?.read())?.value ?? []));
    await new Promise((ready) => setTimeout(ready, 1));
    assert.isAtMost(source.pulls, count);
  }
  assert.deepEqual(got, [...pattern(100)]);
  assert.isTrue((await reader?.read())?.done);
});

test("reads that do not wait for each other get the chunks in order and one end", async () => {
  const body = streamOf(pattern(9), [2, 3]).stream;
  const { fetch } = scripted(() => new Response(body, { headers: { "content-length": "9" } }));
  const reader = (await getObject(clientOf(fetch), { key: "k" })).body?.getReader();
  const results = await Promise.all(Array.from({ length: 5 }, () => reader?.read()));
  assert.deepEqual(
    results.flatMap((result) => [...(result?.value ?? [])]),
    [...pattern(9)],
  );
  assert.isTrue(results.at(-1)?.done);
  await reader?.closed;
});

test("an error in a body is ours", async () => {
  const error = await failure(read("ab", { "content-length": "3" }));
  assert.isTrue(isOSSError(error));
});
