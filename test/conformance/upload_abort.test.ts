import { OSSError } from "../../src/errors.ts";
import type { Progress } from "../../src/streams/progress.ts";
import { createUpload } from "../../src/transfer/create_upload.ts";
import { upload } from "../../src/transfer/upload.ts";
import type { Source, SourceOpener } from "../../src/types.ts";
import { assert, fc, test } from "../harness.ts";
import { countListeners, deferred, failure, pattern, streamOf } from "../unit/streams/support.ts";
import { createWorld, type Kind, PART } from "./upload_support.ts";

test("upload: aborted at any request, before or after it reached the service, it leaves nothing open or running", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(8),
      fc.constantFrom("before" as const, "after" as const),
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom("bytes", "stream"),
      fc.integer({ min: 1, max: 3 }),
      async (at, phase, parts, kind, concurrency) => {
        const world = createWorld();
        const controller = new AbortController();
        // Even one of our own errors, which would else be wrapped.
        const reason = new OSSError("cancelled by the user", "Cancelled");
        const bytes = pattern(parts * PART + 5);
        const source = streamOf(bytes, [7, 70_000, 0]);
        let events = 0;
        let running = 0;
        world.onRequest = async ({ index }, forward) => {
          running += 1;
          if (index === at && phase === "before") controller.abort(reason);
          try {
            return await forward();
          } finally {
            if (index === at) controller.abort(reason);
            running -= 1;
          }
        };
        const error = await failure(
          upload(
            world.client,
            { key: "k", body: kind === "bytes" ? bytes : source.stream },
            {
              partSize: PART,
              multipartThreshold: PART,
              concurrency,
              signal: controller.signal,
              onProgress: () => {
                events += 1;
              },
            },
          ).then(() => {
            if (controller.signal.aborted) throw new Error("resolved after an abort");
            throw reason;
          }),
        );
        const told = events;
        assert.equal(error, reason);
        assert.equal(world.inFlight, 0);
        assert.isFalse(source.stream.locked);
        await new Promise((resolve) => setTimeout(resolve));
        assert.equal(events, told, "no progress after the end");
        assert.deepEqual(await world.open(), []);
        assert.equal(running, 0);
      },
    ),
    { numRuns: 40 },
  );
});

test("upload: an abort reaches the requests in flight, and is followed by exactly one AbortMultipartUpload", async () => {
  const world = createWorld();
  const controller = new AbortController();
  const three = deferred();
  let started = 0;
  const stopped: unknown[] = [];
  world.onRequest = ({ kind, signal }, forward) => {
    if (kind !== "part") return forward();
    if (++started === 3) three.resolve();
    return new Promise((_, reject) => {
      signal?.addEventListener("abort", () => {
        stopped.push(signal.reason);
        reject(signal.reason);
      });
    });
  };
  const job = failure(
    upload(
      world.client,
      { key: "k", body: pattern(9 * PART) },
      { partSize: PART, multipartThreshold: 0, concurrency: 3, signal: controller.signal },
    ),
  );
  await three.promise;
  controller.abort("enough");
  assert.equal(await job, "enough");
  assert.deepEqual(stopped, ["enough", "enough", "enough"]);
  assert.deepEqual(world.kinds(), { initiate: 1, part: 3, abort: 1 });
  assert.equal(world.requests.at(-1)?.kind, "abort");
  assert.deepEqual(await world.open(), []);
});

test("upload: an abort while the source is slow does not wait for it, and cancels it with the reason", async () => {
  for (const first of [0, PART]) {
    const world = createWorld();
    const controller = new AbortController();
    const waiting = deferred();
    const cancelled = deferred<unknown>();
    let pulls = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(stream) {
          if (pulls++ === 0 && first > 0) return stream.enqueue(pattern(first));
          waiting.resolve();
          return new Promise(() => {});
        },
        cancel: cancelled.resolve,
      },
      { highWaterMark: 0 },
    );
    const job = failure(upload(world.client, { key: "k", body }, { partSize: PART, signal: controller.signal }));
    await waiting.promise;
    controller.abort("no patience");
    assert.equal(await job, "no patience");
    assert.equal(await cancelled.promise, "no patience");
    assert.isFalse(body.locked);
    assert.deepEqual(await world.open(), []);
  }
});

test("upload: an abort in the turn of the call is heard, for every kind of body", async () => {
  for (const body of [pattern(5), new Blob([pattern(5)]), streamOf(pattern(5)).stream, new Response("hello")]) {
    const world = createWorld();
    const controller = new AbortController();
    const job = failure(upload(world.client, { key: "k", body }, { signal: controller.signal }));
    controller.abort("at once");
    assert.equal(await job, "at once");
    assert.lengthOf(world.requests, 0);
    if (body instanceof ReadableStream) assert.isFalse(body.locked);
  }
});

test("upload: a signal that is aborted already stops it before any request, the source untouched", async () => {
  const world = createWorld();
  const { stream } = streamOf(pattern(5));
  assert.equal(
    await failure(upload(world.client, { key: "k", body: stream }, { signal: AbortSignal.abort("early") })),
    "early",
  );
  assert.lengthOf(world.requests, 0);
  assert.isFalse(stream.locked);
});

test("upload: when cleaning up fails, the caller still sees the abort, and is warned once of what was left", async () => {
  const world = createWorld();
  const controller = new AbortController();
  world.onRequest = async ({ kind }, forward) => {
    if (kind === "abort") throw new TypeError("offline");
    if (kind === "part") controller.abort("stop");
    return forward();
  };
  const job = upload(
    world.client,
    { key: "k", body: pattern(2 * PART) },
    { partSize: PART, multipartThreshold: 0, signal: controller.signal },
  );
  assert.equal(await failure(job), "stop");
  assert.lengthOf(world.warnings, 1);
  assert.match(world.warnings[0] ?? "", /left behind/);
});

test("upload: a time limit for all of it ends as a TransferError that carries a TimeoutError", async () => {
  const world = createWorld();
  world.onRequest = ({ kind }, forward) => (kind === "part" ? new Promise<Response>(() => {}) : forward());
  const error = await failure(
    upload(world.client, { key: "k", body: pattern(2 * PART) }, { partSize: PART, multipartThreshold: 0, timeout: 50 }),
  );
  assert.deepInclude(error, { name: "TransferError" });
  assert.deepInclude((error as Error).cause, { name: "TimeoutError", limit: "timeout", milliseconds: 50 });
  assert.deepEqual(await world.open(), ["k"], "there may be time later");
});

test("upload: a listener that throws ends the upload with its own error, cleaned up", async () => {
  for (const kind of ["part", "put"] satisfies Kind[]) {
    const world = createWorld();
    const fault = new Error("in the page's code");
    const onProgress = ({ acknowledged }: Progress): void => {
      if (acknowledged > 0) throw fault;
    };
    const multipartThreshold = kind === "put" ? 5 * PART : 0;
    const job = upload(
      world.client,
      { key: "k", body: pattern(3 * PART) },
      { partSize: PART, multipartThreshold, onProgress },
    );
    assert.equal(await failure(job), fault);
    assert.deepEqual(await world.open(), []);
    assert.equal(world.inFlight, 0);
  }
});

test("upload: when it is over nothing listens to the caller's signal", async () => {
  for (const size of [5, 3 * PART]) {
    const { client } = createWorld();
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    await upload(client, { key: "k", body: pattern(size) }, { partSize: PART, multipartThreshold: PART, signal });
    assert.equal(listeners(), 0);
  }
});

test("upload: a body that does not open keeps nobody waiting, and is closed should it open later", async () => {
  const world = createWorld();
  const endings: ((body: SourceOpener) => Promise<unknown>)[] = [
    (body) => failure(upload(world.client, { key: "k", body }, { timeout: 20 })),
    (body) => {
      const controller = new AbortController();
      const call = upload(world.client, { key: "k", body }, { signal: controller.signal });
      controller.abort("enough");
      return failure(call);
    },
    async (body) => {
      const job = createUpload(world.client, { key: "k", body });
      assert.isUndefined(await job.stop());
      return failure(job.finished);
    },
  ];
  const told: string[] = [];
  for (const end of endings) {
    const opened = deferred<Source>();
    const closed = deferred();
    told.push(String(Object(await end({ open: () => opened.promise })).message));
    opened.resolve({ size: 1, type: undefined, next: async () => new Uint8Array(), close: () => closed.resolve() });
    await closed.promise;
  }
  assert.match(told[0] ?? "", /not done within 20 ms/);
  assert.equal(told[1], "undefined");
  assert.match(told[2] ?? "", /it was stopped/);
  assert.lengthOf(world.requests, 0);
});
