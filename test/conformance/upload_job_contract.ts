/** The job of an upload: what a user interface does to it, wherever it runs. */
import type { Progress, TransferError, Upload, UploadInput, UploadOptions } from "../../src/mod.ts";
import { assert, type TestContext, type TestOptions, test } from "../harness.ts";
import { assertBytes, countListeners, deferred, failure, pattern, streamOf } from "../unit/streams/support.ts";
import { createWorld, type Kind, PART, type World } from "./upload_support.ts";

/** Begins an upload; what it needs beside the job is given back when the test is over. */
export type Create = (t: TestContext, world: World, input: UploadInput, options?: UploadOptions) => Upload;

const bytes = pattern(5 * PART + 7);
const options: UploadOptions = { partSize: PART, multipartThreshold: 0, concurrency: 2 };

/** Holds the answers of requests back: `reached` resolves when the n-th of this kind has come. */
export function holding(world: World, kind: Kind, from = 1): { reached: Promise<void>; release(): void } {
  const reached = deferred();
  const released = deferred();
  let count = 0;
  world.onRequest = async (seen, forward) => {
    if (seen.kind !== kind || ++count < from) return forward();
    reached.resolve();
    await released.promise;
    return forward();
  };
  return { reached: reached.promise, release: released.resolve };
}

/** What a list of all its progress is, until it ends. */
async function listen(job: Upload): Promise<Progress[]> {
  const seen: Progress[] = [];
  for await (const progress of job) seen.push(progress);
  return seen;
}

/**
 * Declares the tests of one way.
 * @param name of the way
 * @param create begins a job
 * @param where they run
 */
export function testJobs(name: string, create: Create, where: TestOptions = {}): void {
  test(`${name}: it is no promise, runs at once, and tells the object in the end`, where, async (t) => {
    const world = createWorld();
    const job = create(t, world, { key: "k", body: bytes }, options);
    assert.notProperty(job, "then");
    assert.equal(job.state, "running");
    const seen = listen(job);
    const { size, etag } = await job.finished;
    assert.equal(size, bytes.length);
    assert.isString(etag);
    assert.equal(job.state, "done");
    assertBytes(await world.read("k"), bytes);
    assert.deepInclude((await seen).at(-1), { acknowledged: size, loaded: size, total: size });
    // Whoever comes late sees the end, and ends.
    assert.lengthOf(await listen(job), 1);
    await Promise.all([job.pause(), job.discard()]);
    job.resume();
    assert.isUndefined(await job.stop());
    assert.equal(job.state, "done");
    assertBytes(await world.read("k"), bytes);
  });

  for (const [kind, make] of [
    ["a file", () => new Blob([bytes])],
    ["a stream", () => streamOf(bytes, [70_000, 9]).stream],
  ] as const) {
    test(`${name}: a pause stops the parts of ${kind} in flight, and nothing of it is lost`, where, async (t) => {
      const world = createWorld();
      const { reached, release } = holding(world, "part", 3);
      const job = create(t, world, { key: "k", body: make() }, options);
      const seen = listen(job);
      await reached;
      const told = job.pause();
      assert.equal(job.state, "paused");
      await told;
      assert.equal(world.inFlight, 0);
      const sent = world.requests.length;
      release();
      await new Promise((resolve) => setTimeout(resolve));
      assert.lengthOf(world.requests, sent, "nothing is sent while it is paused");
      assert.deepEqual(await world.open(), ["k"]);
      job.resume();
      job.resume();
      assert.equal(job.state, "running");
      await job.finished;
      assertBytes(await world.read("k"), bytes);
      assert.equal(world.kinds().complete, 1);
      assert.equal(world.kinds().initiate, 1);
      assert.isUndefined(world.kinds().abort);
      let before: Progress | undefined;
      for (const progress of await seen) {
        assert.isAtLeast(progress.acknowledged, before?.acknowledged ?? 0);
        assert.isAtLeast(progress.loaded, before?.loaded ?? 0);
        before = progress;
      }
      assert.equal(before?.acknowledged, bytes.length);
    });
  }

  test(`${name}: a pause waits for what begins and what completes the upload`, where, async (t) => {
    for (const kind of ["initiate", "complete"] satisfies Kind[]) {
      const world = createWorld();
      const { reached, release } = holding(world, kind);
      const job = create(t, world, { key: "k", body: bytes }, options);
      await reached;
      const paused = job.pause();
      await new Promise((resolve) => setTimeout(resolve));
      assert.equal(world.inFlight, 1);
      // Whenever it is heard of, it is not too late.
      let held = 0;
      world.onRequest = (seen, forward) => (seen.kind === "part" ? new Promise(() => held++) : forward());
      release();
      await paused;
      world.onRequest = (_, forward) => forward();
      assert.equal(world.inFlight, 0);
      if (kind === "complete") await job.finished;
      assert.equal(job.state, kind === "complete" ? "done" : "paused");
      job.resume();
      await job.finished;
      assert.deepInclude(world.kinds(), { initiate: 1, complete: 1, part: 6 + held });
      assertBytes(await world.read("k"), bytes);
    }
  });

  test(`${name}: stopped, its parts are kept and told; then discarded, they are gone`, where, async (t) => {
    const world = createWorld();
    const { reached } = holding(world, "part", 4);
    const job = create(t, world, { key: "k", body: bytes }, options);
    await reached;
    const checkpoint = await job.stop();
    assert.equal(world.inFlight, 0);
    assert.equal(job.state, "stopped");
    assert.deepInclude(checkpoint, { version: 1, kind: "upload", key: "k", size: bytes.length, partSize: PART });
    assert.isAtLeast(checkpoint?.parts.length ?? 0, 2);
    assert.deepEqual(JSON.parse(JSON.stringify(checkpoint)), checkpoint);
    const error = await failure(job.finished);
    assert.deepInclude(error, { name: "TransferError", checkpoint, uploadId: checkpoint?.uploadId });
    assert.deepEqual(await world.open(), ["k"]);
    job.resume();
    assert.equal(job.state, "stopped");
    assert.deepEqual(await job.stop(), checkpoint);
    await job.discard();
    assert.equal(job.state, "discarded");
    assert.deepEqual(await world.open(), []);
    assert.isUndefined(await job.stop());
  });

  test(`${name}: discarded at any request, it leaves nothing open`, where, async (t) => {
    for (const [kind, from] of [
      ["initiate", 1],
      ["part", 1],
      ["part", 3],
    ] as const) {
      const world = createWorld();
      const { reached, release } = holding(world, kind, from);
      const job = create(t, world, { key: "k", body: bytes }, options);
      await reached;
      const discarded = job.discard();
      // Whenever it is heard of, it is not too late.
      world.onRequest = async (seen, forward) => (seen.kind === "part" ? new Promise(() => {}) : forward());
      if (kind === "initiate") release();
      await discarded;
      assert.equal(job.state, "discarded");
      assert.equal(world.inFlight, 0);
      assert.deepEqual(await world.open(), []);
      const error = await failure(job.finished);
      assert.deepInclude(error, { name: "TransferError" });
      assert.isUndefined((error as TransferError).checkpoint);
      assert.isUndefined(world.kinds().complete);
    }
  });

  test(`${name}: when the parts cannot be deleted, discard says so, and may be tried again`, where, async (t) => {
    const world = createWorld();
    const { reached } = holding(world, "part", 2);
    const job = create(t, world, { key: "k", body: bytes }, options);
    await reached;
    // Whenever it is heard of, the job must not have failed by then.
    world.onRequest = async ({ kind }) => {
      if (kind === "part") return new Promise(() => {});
      throw new TypeError("offline");
    };
    assert.deepInclude(await failure(job.discard()), { name: "NetworkError" });
    // Nobody has to look: what nobody waits for is no unhandled rejection.
    void job.discard();
    assert.equal(job.state, "stopped");
    assert.isObject((await failure(job.finished)) && (await job.stop()));
    world.onRequest = (_, forward) => forward();
    await job.discard();
    assert.equal(job.state, "discarded");
    assert.deepEqual(await world.open(), []);
  });

  test(`${name}: a failure keeps the parts, until it is discarded`, where, async (t) => {
    const world = createWorld({ retry: { attempts: 1 } });
    world.onRequest = async ({ kind, part }, forward) => {
      if (kind === "part" && part === 3) throw new TypeError("cut");
      return forward();
    };
    const job = create(t, world, { key: "k", body: bytes }, options);
    assert.deepInclude(await failure(job.finished), { name: "TransferError", failedParts: [3] });
    assert.equal(job.state, "failed");
    assert.deepEqual(await world.open(), ["k"]);
    await job.discard();
    assert.deepEqual(await world.open(), []);
    assert.equal(job.state, "discarded");
  });

  test(
    `${name}: the caller's signal ends it with its reason, its parts deleted, also while it is paused`,
    where,
    async (t) => {
      for (const paused of [false, true]) {
        const world = createWorld();
        const controller = new AbortController();
        const listeners = countListeners(controller.signal);
        const { reached } = holding(world, "part", 3);
        const job = create(t, world, { key: "k", body: bytes }, { ...options, signal: controller.signal });
        await reached;
        if (paused) await job.pause();
        controller.abort("closed");
        assert.equal(await failure(job.finished), "closed");
        assert.equal(job.state, "discarded");
        assert.deepEqual(await world.open(), []);
        assert.equal(listeners(), 0);
      }
    },
  );

  test(`${name}: left by await using, it is discarded where it has not ended`, where, async (t) => {
    const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
    const world = createWorld();
    const { reached } = holding(world, "part", 2);
    const job = create(t, world, { key: "k", body: bytes }, options);
    await reached;
    const dispose: unknown = asyncDispose && Reflect.get(job, asyncDispose);
    if (typeof dispose === "function") {
      await dispose.call(job);
      assert.equal(job.state, "discarded");
    } else await job.discard();
    assert.deepEqual(await world.open(), []);
  });
}
