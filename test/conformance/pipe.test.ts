/** pipe: an object through streams into another, in bounded memory; whatever fails, nothing half-made is seen. */
import { getObject, headObject, listMultipartUploads, type PipeStage, pipe, putObject } from "../../src/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { hurry } from "../unit/core/timers.ts";
import { testStore } from "./resume_support.ts";
import { keysOf, transferErrorOf } from "./support/walks.ts";
import { bytesOf, failureOf, noise, world } from "./support/world.ts";

const { bucket } = environment;
const PART = 102_400;
const options = { partSize: PART, multipartThreshold: 0, concurrency: 2 };
const gzip = (): PipeStage => new CompressionStream("gzip");
const gunzip = (): PipeStage => new DecompressionStream("gzip");

/** Fails when so many bytes have passed. */
function breaking(after: number): TransformStream<Uint8Array, Uint8Array> {
  let passed = 0;
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      passed += chunk.length;
      if (passed > after) throw new RangeError("the stage broke");
      controller.enqueue(chunk);
    },
  });
}

/** Adds one to each byte, and fails at a chunk if it is told to. */
function adder(fail = Number.POSITIVE_INFINITY): TransformStream<Uint8Array, Uint8Array> {
  let chunks = 0;
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (++chunks > fail) throw new RangeError("the stage broke");
      controller.enqueue(chunk.map((byte) => byte + 1));
    },
  });
}

/** Takes the failure of what it reads for its end. */
function deaf(): PipeStage {
  let out: ReadableStreamDefaultController<Uint8Array> | undefined;
  const end = (): void => out?.close();
  return {
    readable: new ReadableStream<Uint8Array>({
      start(controller) {
        out = controller;
      },
    }),
    writable: new WritableStream<Uint8Array>({ write: (chunk) => out?.enqueue(chunk), close: end, abort: end }),
  };
}

test("pipe: compressed, decompressed, changed: what comes out is what went in", async (t) => {
  const { client } = world(t);
  const body = noise(350_000);
  await putObject(client, { key: "a", body });
  const fields = { contentType: "text/x-odd", contentEncoding: "gzip", metadata: { by: "me" }, tagging: { a: "b" } };
  const zipped = await pipe(client, { sourceKey: "a", key: "a.gz", ...fields }, [gzip()], options);
  assert.isDefined(zipped.uploadId);
  const head = await headObject(client, { key: "a.gz" });
  assert.deepInclude<object>(head, { contentType: "text/x-odd", contentEncoding: "gzip", metadata: { by: "me" } });
  assert.equal(head.contentLength, zipped.size);
  // Not marked as gzip, so that no runtime decodes it on the way.
  await pipe(client, { sourceKey: "a", key: "raw.gz", contentType: "application/gzip" }, [gzip()], options);
  await pipe(client, { sourceKey: "raw.gz", key: "b" }, [gunzip(), adder()], options);
  assert.deepEqual(
    await bytesOf(await getObject(client, { key: "b" })),
    body.map((byte) => byte + 1),
  );
  const inPlace = await pipe(client, { sourceKey: "b", key: "b" }, [], { ...options, multipartThreshold: 1 << 20 });
  assert.equal(inPlace.size, body.length);
});

test("pipe: an empty object, and a small one, go in one request", async (t) => {
  const { client, wire } = world(t);
  for (const length of [0, 5]) {
    await putObject(client, { key: "a", body: noise(length) });
    const { size, uploadId } = await pipe(client, { sourceKey: "a", key: "b" }, [adder()]);
    assert.deepEqual([size, uploadId], [length, undefined]);
  }
  assert.lengthOf(wire.openRequests(), 0);
});

test("pipe: a stage that breaks stops all, and leaves what was there", async (t) => {
  const { client, wire } = world(t);
  await putObject(client, { key: "a", body: noise(1_500_000) });
  await putObject(client, { key: "b", body: "old" });
  for (const stages of [[adder(3)], [adder(), adder(1)], [adder(0), gzip()]]) {
    const error = await transferErrorOf(pipe(client, { sourceKey: "a", key: "b" }, stages, options));
    assert.include(error.message, "the stage broke");
    assert.deepEqual([error.uploadId, error.checkpoint], [undefined, undefined]);
    assert.equal(await (await getObject(client, { key: "b" })).text(), "old");
  }
  assert.lengthOf((await listMultipartUploads(client, {})).uploads, 0);
  assert.lengthOf(wire.openRequests(), 0);
});

test("pipe: a source that breaks off goes on from there", async (t) => {
  const { client, oss, wire } = world(t);
  const body = noise(700_000);
  await putObject(client, { key: "a", body });
  oss.faults.add({ kind: "cut", at: 0.6, operation: "GetObject" });
  oss.faults.add({ kind: "cut", at: 0.1, operation: "GetObject", skip: 1 });
  await pipe(client, { sourceKey: "a", key: "b" }, [adder()], { ...options, partSize: 800_000 });
  assert.deepEqual(
    await bytesOf(await getObject(client, { key: "b" })),
    body.map((byte) => byte + 1),
  );
  const ranges = oss.requests.filter(({ key, operation }) => key === "a" && operation === "GetObject");
  assert.lengthOf(ranges, 3, "from the start, and twice from where it broke");
  assert.lengthOf(wire.openRequests(), 0);
});

test("pipe: a source that breaks off for good, or is altered, makes no object", async (t) => {
  hurry(t);
  const { client, oss, wire } = world(t);
  await putObject(client, { key: "a", body: noise(700_000) });
  for (const fault of [{ kind: "cut", at: 0, times: 100 } as const, { kind: "flip", at: 40_000 } as const]) {
    for (const stages of [[gzip()], []]) {
      oss.faults.clear();
      oss.faults.add({ ...fault, operation: "GetObject" });
      const error = await transferErrorOf(pipe(client, { sourceKey: "a", key: "b" }, stages, options));
      assert.match(String((error.cause as Error).name), /^(Network|Integrity)Error$/);
      assert.deepEqual(await keysOf(client), ["a"]);
    }
  }
  assert.lengthOf((await listMultipartUploads(client, {})).uploads, 0);
  assert.lengthOf(wire.openRequests(), 0);
});

test("pipe: a stage that takes a failure for the end makes no object either", async (t) => {
  hurry(t);
  const { client, oss } = world(t);
  await putObject(client, { key: "a", body: noise(700_000) });
  for (const stages of [[deaf()], [deaf(), gzip()], [breaking(300_000), deaf()]]) {
    oss.faults.clear();
    oss.faults.add({ kind: "cut", at: 0, times: 100, skip: 4, operation: "GetObject" });
    const error = await transferErrorOf(pipe(client, { sourceKey: "a", key: "b" }, stages, options));
    assert.match(String((error.cause as Error).name), /^(NetworkError|RangeError)$/);
    assert.deepEqual(await keysOf(client), ["a"]);
  }
  assert.lengthOf((await listMultipartUploads(client, {})).uploads, 0);
});

test("pipe: a target that refuses stops the reading", async (t) => {
  const { client, oss, wire } = world(t);
  await putObject(client, { key: "a", body: noise(1_500_000) });
  oss.faults.add({ kind: "status", status: 403, code: "AccessDenied", operation: "UploadPart" });
  const error = await transferErrorOf(pipe(client, { sourceKey: "a", key: "b" }, [adder()], options));
  assert.propertyVal(error.cause, "code", "AccessDenied");
  assert.lengthOf(wire.openRequests(), 0);
  assert.lengthOf((await listMultipartUploads(client, {})).uploads, 0);
});

test("pipe: an abort ends it with its reason, in the middle and before", async (t) => {
  const { client, wire } = world(t);
  await putObject(client, { key: "a", body: noise(1_500_000) });
  const controller = new AbortController();
  const aborting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, { enqueue }) {
      void enqueue;
      void chunk;
      controller.abort("enough");
    },
  });
  const { signal } = controller;
  const call = pipe(client, { sourceKey: "a", key: "b" }, [aborting], { ...options, signal });
  assert.equal(await failureOf(call), "enough");
  assert.equal(await failureOf(pipe(client, { sourceKey: "a", key: "b" }, [adder()], { signal })), "enough");
  assert.lengthOf(wire.openRequests(), 0);
  assert.lengthOf((await listMultipartUploads(client, {})).uploads, 0);
  assert.deepEqual(await keysOf(client), ["a"]);
});

test("pipe: bad arguments are found before any request", async (t) => {
  const { client, wire } = world(t);
  const used = adder();
  used.readable.getReader();
  const bad: readonly (readonly [input: object, stages: unknown, options?: object])[] = [
    [{ sourceKey: "a" }, []],
    [{ key: "a" }, []],
    [{ sourceKey: "a", key: "b", bucket: "other-one" }, []],
    [{ sourceKey: "a", key: "b" }, undefined],
    [{ sourceKey: "a", key: "b" }, [{}]],
    [{ sourceKey: "a", key: "b" }, [undefined]],
    [{ sourceKey: "a", key: "b" }, [used]],
    [{ sourceKey: "a", key: "b" }, [], { partSize: 1 }],
    [{ sourceKey: "a", key: "b" }, [], { timeout: 0 }],
    [{ sourceKey: "a", key: "b" }, [], { onProgress: 1 }],
    [{ sourceKey: "a", key: "b" }, [], { slots: 6 }],
    [{ sourceKey: "a", key: "b" }, [], { priority: Number.NaN }],
    [{ sourceKey: "a", key: "b", metadata: { "a b": "c" } }, []],
  ];
  for (const [input, stages, extra] of bad) {
    const error = await failureOf(pipe(client, input as never, stages as never, extra));
    assert.match((error as Error).name, /^(Type|Range)Error$/, JSON.stringify(input));
  }
  assert.lengthOf(wire.sent, 0);
  const missing = await failureOf(pipe(client, { sourceKey: "none", key: "b", sourceBucket: bucket }, [adder()]));
  assert.deepInclude(missing, { status: 404, code: "NoSuchKey" });
});

test("pipe: with checkpoints it goes on with what was sent, once the stages give the same bytes again", async (t) => {
  const { client, oss, wire } = world(t);
  const body = noise(1_500_000);
  await putObject(client, { key: "a", body });
  const checkpoints = testStore();
  const input = { sourceKey: "a", key: "b" };
  const sent = (): number => oss.requests.filter(({ operation }) => operation === "UploadPart").length;
  const error = await transferErrorOf(pipe(client, input, [adder(), breaking(1_000_000)], { ...options, checkpoints }));
  assert.include(error.message, "the stage broke");
  assert.isDefined(error.checkpoint);
  const before = sent();
  assert.isAtLeast(before, 3);
  assert.lengthOf((await listMultipartUploads(client, {})).uploads, 1);
  const { size } = await pipe(client, input, [adder()], { ...options, checkpoints });
  assert.equal(size, body.length);
  const parts = Math.ceil(body.length / PART);
  assert.isAtMost(sent(), parts + options.concurrency, "only what was in flight is sent twice");
  assert.deepEqual(
    await bytesOf(await getObject(client, { key: "b" })),
    body.map((byte) => byte + 1),
  );
  assert.deepEqual(await checkpoints.list(), []);
  assert.lengthOf((await listMultipartUploads(client, {})).uploads, 0);
  assert.lengthOf(wire.openRequests(), 0);
});

test("pipe: of a large source only some parts are held", async (t) => {
  const { client } = world(t);
  const total = 6_000_000;
  await putObject(client, { key: "a", body: noise(total) });
  let read = 0;
  let sent = 0;
  let most = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      read += chunk.length;
      most = Math.max(most, read - sent);
      controller.enqueue(chunk);
    },
  });
  await pipe(client, { sourceKey: "a", key: "b" }, [counting], {
    ...options,
    onProgress: ({ acknowledged }) => {
      sent = acknowledged;
    },
  });
  assert.equal(read, total);
  t.note(`${most} bytes at most`);
  // Parts on their way, one that is being filled, and the chunk at hand.
  assert.isAtMost(most, 3 * PART + 4 * 65_536);
});

/** Ends after a few bytes, and lets go of nothing that it is given. */
function stubborn(end: boolean): PipeStage {
  return {
    readable: new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(noise(5));
        if (end) controller.close();
      },
    }),
    writable: new WritableStream<Uint8Array>({ write: () => new Promise<void>(() => {}) }),
  };
}

test("pipe: however it ends, its source is read no longer", { timeout: 10_000 }, async (t) => {
  const { client, wire } = world(t);
  await putObject(client, { key: "a", body: noise(9_000_000) });
  const input = { sourceKey: "a", key: "b" };
  const { signal } = new AbortController();
  const listening = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...event: Parameters<typeof addEventListener>) => {
    listening.add(event[1]);
    addEventListener.apply(signal, event);
  };
  signal.removeEventListener = (...event: Parameters<typeof removeEventListener>) => {
    listening.delete(event[1]);
    removeEventListener.apply(signal, event);
  };
  const over = async (): Promise<void> => {
    while (listening.size > 0) await new Promise((resolve) => setTimeout(resolve));
    assert.lengthOf(wire.openRequests(), 0);
  };
  assert.equal((await pipe(client, input, [stubborn(true)], { ...options, signal })).size, 5);
  await over();
  await transferErrorOf(pipe(client, input, [stubborn(false)], { ...options, signal, timeout: 50 }));
  await over();
});

test("pipe: a stage that is given twice is refused before anything is sent", async (t) => {
  const { client, wire } = world(t);
  const stage = adder();
  const error = await failureOf(pipe(client, { sourceKey: "a", key: "b" }, [stage, stage], options));
  assert.match(String(error), /TypeError: stages\[1\] .*twice/);
  assert.lengthOf(wire.sent, 0);
});
