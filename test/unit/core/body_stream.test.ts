/** Streams as bodies: sent or kept in memory as the runtime demands, never stored short, never left open. */

import { streamBody } from "../../../src/core/stream_body.ts";
import { IntegrityError, SourceChangedError } from "../../../src/errors.ts";
import { putObject } from "../../../src/operations/mod.ts";
import { assert, fc, runtime, test } from "../../harness.ts";
import { chunking, deferred, failure, pattern, streamOf } from "../streams/support.ts";
import { clientOf, done, never, refusal, type Sent, scripted } from "./support.ts";
import { countTimers } from "./timers.ts";

/** Browsers send no stream; it is read before anything is sent. */
const STREAMS = !["chromium", "firefox", "webkit"].includes(runtime);

/** A service that keeps what it got whole. */
function keeper() {
  const stored: (Uint8Array | undefined)[] = [];
  const script = scripted(async (sent: Sent) => {
    stored.push(await sent.read());
    return done();
  });
  return { stored, ...script };
}

test("any cut of any stream arrives as its bytes, with and without its length", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 300 }), chunking, fc.boolean(), async (length, cuts, known) => {
      const bytes = pattern(length);
      const { stored, fetch } = keeper();
      const { stream } = streamOf(bytes, cuts);
      await putObject(clientOf(fetch), { key: "k", body: stream, ...(known && { contentLength: length }) });
      assert.deepEqual([...(stored[0] ?? [])], [...bytes]);
    }),
    { numRuns: 40 },
  );
});

test("the CRC-64 of a stream is compared, and an altered one is not sent twice", async () => {
  const right = scripted(done({ "x-oss-hash-crc64ecma": "11177612005948864433" }));
  const hello = new TextEncoder().encode("hello");
  await putObject(clientOf(right.fetch), { key: "k", body: streamOf(hello, [2]).stream, contentLength: 5 });
  const wrong = scripted(done({ "x-oss-hash-crc64ecma": "1" }));
  assert.instanceOf(
    await failure(putObject(clientOf(wrong.fetch), { key: "k", body: streamOf(hello).stream })),
    IntegrityError,
  );
  assert.lengthOf(wrong.sent, STREAMS && runtime !== "workerd" ? 1 : 2, "what was kept in memory can be sent again");
});

test("a stream that is shorter or longer than announced is not stored", async () => {
  for (const [length, announced] of [
    [5, 6],
    [6, 5],
    [6, 3],
    [0, 1],
    [1, 0],
    [100_000, 1],
  ] as const) {
    const { stored, fetch } = keeper();
    const source = streamOf(pattern(length), [3]);
    const error = await failure(
      putObject(clientOf(fetch), { key: "k", body: source.stream, contentLength: announced }),
    );
    assert.instanceOf(error, SourceChangedError, `${length} instead of ${announced}`);
    assert.lengthOf(stored, 0, "the service got no whole body");
    assert.isTrue(source.stream.locked || source.cancelled !== undefined);
  }
});

test("what the source throws is what the caller gets", async () => {
  const broken = new Error("disk on fire");
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pulls++ === 0) controller.enqueue(new Uint8Array(3));
      else controller.error(broken);
    },
  });
  const { stored, fetch } = keeper();
  assert.strictEqual(await failure(putObject(clientOf(fetch), { key: "k", body, contentLength: 10 })), broken);
  assert.lengthOf(stored, 0);
});

test("a body that the network lets go of while it is read has not failed: the network has", async () => {
  for (const [size, last] of [
    [undefined, new Uint8Array(3)],
    [10, undefined],
  ] as const) {
    // What is between hides it until more is written.
    if (runtime === "workerd" && size !== undefined) continue;
    const asked = deferred();
    const answer = deferred<Uint8Array<ArrayBuffer> | undefined>();
    const next = (): typeof answer.promise => {
      asked.resolve();
      return answer.promise;
    };
    const feed = { size, again: false, start: () => next, close: () => answer.resolve(last) };
    const { init, failure: failed } = streamBody(feed).open(undefined, () => {});
    const reader = (init.body as ReadableStream<Uint8Array>).getReader();
    const read = reader.read().catch(() => undefined);
    await asked.promise;
    await reader.cancel(new Error("reset"));
    await Promise.all([read, answer.promise]);
    await new Promise((resolve) => setTimeout(resolve));
    assert.isUndefined(await failed?.());
  }
});

test("chunks that are no bytes are refused", async () => {
  for (const chunk of ["text", 7, new ArrayBuffer(3), null, { byteLength: 3 }] as unknown as Uint8Array[]) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(chunk);
        controller.close();
      },
    });
    const { stored, fetch } = keeper();
    const error = await failure(putObject(clientOf(fetch), { key: "k", body }));
    assert.instanceOf(error, TypeError, String(chunk));
    assert.lengthOf(stored, 0);
  }
});

test("a stream that was read already, or is locked, is refused before any request", async () => {
  const { fetch, sent } = scripted(done());
  const locked = streamOf(new Uint8Array(3)).stream;
  locked.getReader();
  const used = new Response("x");
  await used.text();
  for (const body of [locked, used])
    assert.instanceOf(await failure(putObject(clientOf(fetch), { key: "k", body })), TypeError);
  assert.lengthOf(sent, 0);
});

test("a stream that nobody read is sent with the next attempt; one that was begun never is", async () => {
  const hello = new TextEncoder().encode("hello");
  const refuse = (): never => {
    throw new TypeError("connection refused");
  };
  const untouched = scripted(refuse, refuse, done());
  // workerd begins to read at once, into the stream that has the announced length.
  if (runtime !== "workerd") {
    await putObject(clientOf(untouched.fetch), { key: "k", body: streamOf(hello).stream, contentLength: 5 });
    assert.lengthOf(untouched.sent, 3);
  }
  const begun = scripted(refusal(503, "SlowDown"), done());
  const call = putObject(clientOf(begun.fetch), { key: "k", body: streamOf(hello).stream, contentLength: 5 });
  if (STREAMS) assert.propertyVal(await failure(call), "code", "SlowDown");
  else await call;
  assert.lengthOf(begun.sent, STREAMS ? 1 : 2);
});

test("a failed call lets go of the source: begun or not, and whatever failed", async () => {
  const ends: readonly ((sent: Sent) => Promise<Response>)[] = [
    async () => {
      throw new TypeError("lost");
    },
    async () => refusal(403, "AccessDenied"),
    async (sent) => {
      await sent.read();
      return refusal(403, "AccessDenied");
    },
  ];
  for (const end of ends) {
    const source = streamOf(
      pattern(100),
      Array.from({ length: 50 }, () => 2),
    );
    await failure(
      putObject(clientOf(scripted(end).fetch, { retry: { attempts: 1 } }), {
        key: "k",
        body: source.stream,
        contentLength: 100,
      }),
    );
    const left = source.cancelled !== undefined || source.pulls > 50;
    assert.isTrue(left, "cancelled, or read to the end");
  }
  const source = streamOf(pattern(100), [2]);
  const keyless = clientOf(scripted(done()).fetch, {
    retry: { attempts: 1 },
    credentials() {
      throw new Error("no keys");
    },
  });
  await failure(putObject(keyless, { key: "k", body: source.stream, contentLength: 100 }));
  assert.isTrue(source.cancelled !== undefined || !STREAMS);
});

test("an abort lets go of a source that gives nothing, and leaves no timer", { timeout: 5000 }, async () => {
  const timers = countTimers();
  try {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      cancel() {
        cancelled = true;
      },
    });
    const controller = new AbortController();
    const { fetch } = scripted(never);
    setTimeout(() => controller.abort("stop"), 10);
    assert.equal(
      await failure(putObject(clientOf(fetch), { key: "k", body, contentLength: 5 }, { signal: controller.signal })),
      "stop",
    );
    assert.isTrue(cancelled);
    assert.equal(timers.running(), 0);
  } finally {
    timers.restore();
  }
});

test("what must be kept in memory is limited, and the error names upload()", async () => {
  if (STREAMS && runtime !== "workerd") return;
  const { fetch, sent } = scripted(done());
  const known = streamOf(pattern(11));
  const options = { maxBuffer: 10 };
  if (!STREAMS) {
    const error = await failure(
      putObject(clientOf(fetch), { key: "k", body: known.stream, contentLength: 11 }, options),
    );
    assert.match(String(error), /RangeError.*upload\(\)/);
    assert.equal(known.pulls, 0, "it is left for upload()");
  }
  const unknown = streamOf(pattern(11), [6]);
  const error = await failure(putObject(clientOf(fetch), { key: "k", body: unknown.stream }, options));
  assert.match(String(error), /RangeError.*upload\(\)/);
  assert.isDefined(unknown.cancelled);
  assert.lengthOf(sent, 0);
  await putObject(clientOf(fetch), { key: "k", body: streamOf(pattern(10)).stream }, options);
  assert.lengthOf(sent, 1);
});

test("workerd sends a stream through one of fixed length, so that a broken one is not stored", async () => {
  const { FixedLengthStream } = globalThis as { FixedLengthStream?: unknown };
  if (!STREAMS) return;
  const lengths: number[] = [];
  const fakes = new WeakSet<object>();
  if (runtime !== "workerd") {
    const Fake = class {
      readable: ReadableStream<Uint8Array>;
      writable: WritableStream<Uint8Array>;
      constructor(length: number) {
        lengths.push(length);
        ({ readable: this.readable, writable: this.writable } = new TransformStream<Uint8Array, Uint8Array>());
        fakes.add(this.readable);
      }
    };
    Object.assign(globalThis, { FixedLengthStream: Fake });
  }
  try {
    const { stored, fetch, sent } = keeper();
    await putObject(clientOf(fetch), { key: "k", body: streamOf(pattern(9), [4]).stream, contentLength: 9 });
    assert.deepEqual([...(stored[0] ?? [])], [...pattern(9)]);
    if (runtime !== "workerd") assert.isTrue(fakes.has(sent[0]?.init.body as object));
    await putObject(clientOf(fetch), { key: "k", body: streamOf(pattern(9), [4]).stream });
    assert.isFalse(sent[1]?.init.body instanceof ReadableStream, "of unknown length: as bytes");
    if (runtime !== "workerd") assert.deepEqual(lengths, [9]);
    assert.instanceOf(
      await failure(putObject(clientOf(fetch), { key: "k", body: streamOf(pattern(8)).stream, contentLength: 9 })),
      SourceChangedError,
    );
  } finally {
    if (runtime !== "workerd") Object.assign(globalThis, { FixedLengthStream });
    if (FixedLengthStream === undefined) Reflect.deleteProperty(globalThis, "FixedLengthStream");
  }
});

test("a Response gives its type and length, unless its length is that of compressed bytes", async () => {
  const { fetch, sent } = scripted(done());
  const client = clientOf(fetch);
  const type = "image/x-made";
  const stream = (): ReadableStream => streamOf(pattern(5)).stream;
  await putObject(client, {
    key: "k",
    body: new Response(stream(), { headers: { "content-type": type, "content-length": "5" } }),
  });
  await putObject(client, {
    key: "k",
    body: new Response(stream(), {
      headers: { "content-type": type, "content-length": "3", "content-encoding": "gzip" },
    }),
  });
  await putObject(client, { key: "k", body: new Response(null, { headers: { "content-type": type } }) });
  assert.deepEqual(
    sent.map(({ headers }) => headers.get("content-type")),
    [type, type, type],
  );
  if (STREAMS) assert.deepEqual(sent.map(({ headers }) => headers.get("content-length")).slice(0, 2), ["5", null]);
  const short = putObject(client, { key: "k", body: new Response(stream(), { headers: { "content-length": "6" } }) });
  assert.instanceOf(await failure(short), SourceChangedError);
});
