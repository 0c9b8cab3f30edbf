/** Pauses that meet what must not be left half-way, and the clocks that stand still meanwhile. */
import { createUpload, type Progress, type UploadOptions } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { catchTimers } from "../unit/core/timers.ts";
import { assertBytes, deferred, failure, pattern } from "../unit/streams/support.ts";
import { createWorld, type Kind, PART, type World } from "./upload_support.ts";

const bytes = pattern(3 * PART + 7);
const options: UploadOptions = { partSize: PART, multipartThreshold: 0, concurrency: 2 };
const GRACE = 5000;

/** The first request of a kind is never answered, whether or not it reaches the service. */
function mute(world: World, kind: Kind, acts: boolean): Promise<void> {
  const reached = deferred();
  let first = true;
  world.onRequest = async (seen, forward) => {
    if (seen.kind !== kind || !first) return forward();
    first = false;
    if (acts) await forward();
    reached.resolve();
    return new Promise(() => {});
  };
  return reached.promise;
}

test("pause: an opening that is never answered is given up after a while, and made again", async () => {
  const timers = catchTimers((ms) => ms === GRACE);
  try {
    const world = createWorld();
    const reached = mute(world, "initiate", false);
    const job = createUpload(world.client, { key: "k", body: bytes }, options);
    await reached;
    const paused = job.pause();
    await timers.fire();
    await paused;
    assert.equal(world.inFlight, 0);
    job.resume();
    await job.finished;
    assert.deepInclude(world.kinds(), { initiate: 2, complete: 1 });
    assert.equal(timers.waiting(), 0);
  } finally {
    timers.restore();
  }
});

for (const acts of [true, false]) {
  test(`pause: a completion that is never answered, but was${acts ? "" : " not"} heard, is asked about before another`, async () => {
    const timers = catchTimers((ms) => ms === GRACE);
    try {
      const world = createWorld();
      const reached = mute(world, "complete", acts);
      const job = createUpload(world.client, { key: "k", body: bytes }, options);
      await reached;
      const paused = job.pause();
      await timers.fire();
      await paused;
      assert.equal(world.inFlight, 0);
      assert.isUndefined(world.kinds().list, "nothing is asked while it is paused");
      job.resume();
      const { size } = await job.finished;
      assert.equal(size, bytes.length);
      assert.deepInclude(world.kinds(), acts ? { complete: 1, list: 1, head: 1 } : { complete: 2, list: 1 });
      assertBytes(await world.read("k"), bytes);
      assert.equal(timers.waiting(), 0);
    } finally {
      timers.restore();
    }
  });

  for (const way of ["stop", "discard"] as const) {
    test(`pause: ${way} finds out what became of a completion that was${acts ? "" : " not"} heard`, async () => {
      const timers = catchTimers((ms) => ms === GRACE);
      try {
        const world = createWorld();
        const reached = mute(world, "complete", acts);
        const job = createUpload(world.client, { key: "k", body: bytes }, options);
        await reached;
        const ended = way === "stop" ? job.stop() : job.discard();
        await timers.fire();
        const checkpoint = await ended;
        assert.equal(world.inFlight, 0);
        assert.equal(world.kinds().complete, 1);
        if (acts) {
          assert.equal(job.state, "done");
          assert.equal((await job.finished).size, bytes.length);
          assertBytes(await world.read("k"), bytes);
          assert.isUndefined(checkpoint);
        } else {
          assert.deepInclude(await failure(job.finished), { name: "TransferError" });
          assert.equal(job.state, way === "stop" ? "stopped" : "discarded");
          assert.lengthOf(checkpoint?.parts ?? [], way === "stop" ? 4 : 0);
        }
        assert.deepEqual(await world.open(), !acts && way === "stop" ? ["k"] : []);
        assert.equal(timers.waiting(), 0);
      } finally {
        timers.restore();
      }
    });
  }
}

test("pause: the time limit stands still, and then goes on with what is left", async () => {
  const limit = 20_000_000;
  const timers = catchTimers((ms) => ms > limit / 2);
  try {
    const world = createWorld();
    const reached = mute(world, "part", false);
    const job = createUpload(world.client, { key: "k", body: bytes }, { ...options, timeout: limit });
    await reached;
    assert.equal(timers.waiting(), 1);
    await job.pause();
    assert.equal(timers.waiting(), 0);
    job.resume();
    assert.equal(timers.waiting(), 1);
    await timers.fire();
    const error = await failure(job.finished);
    assert.deepInclude((error as Error).cause, { name: "TimeoutError", limit: "timeout" });
    assert.equal(job.state, "failed");
    assert.equal(timers.waiting(), 0);
  } finally {
    timers.restore();
  }
});

test("pause: the rate is 0, and what was before does not count afterwards", async () => {
  let time = 1_800_000_000_000;
  const service = { now: () => time };
  const world = createWorld({ now: () => time }, service);
  const third = deferred();
  world.onRequest = async ({ kind, part }, forward) => {
    if (kind === "part") time += 1000;
    if (part === 3) {
      third.resolve();
      return new Promise(() => {});
    }
    return forward();
  };
  const seen: Progress[] = [];
  const job = createUpload(
    world.client,
    { key: "k", body: bytes },
    { ...options, concurrency: 1, onProgress: (progress) => seen.push(progress) },
  );
  await third.promise;
  assert.isAbove(seen.at(-1)?.rate ?? 0, 0);
  assert.isNumber(seen.at(-1)?.eta);
  await job.pause();
  assert.deepInclude(seen.at(-1), { rate: 0 });
  assert.notProperty(seen.at(-1), "eta");
  time += 600_000;
  world.onRequest = async ({ kind }, forward) => {
    if (kind === "part") time += 1000;
    return forward();
  };
  job.resume();
  await job.finished;
  const rates = seen.map(({ rate }) => rate).filter((rate) => rate > 0);
  for (const rate of rates) assert.closeTo(rate, PART, PART / 2);
});

test("pause: what can be read again is not held meanwhile, but read again", async () => {
  const world = createWorld();
  const reached = mute(world, "part", false);
  const reads: number[] = [];
  const read = async (start: number, end: number): Promise<typeof bytes> => {
    reads.push(start);
    return bytes.slice(start, end);
  };
  const source = { size: bytes.length, type: undefined, read, next: () => Promise.reject(new Error("not asked")) };
  const job = createUpload(world.client, { key: "k", body: { ...source, close() {} } }, { ...options, concurrency: 1 });
  await reached;
  await job.pause();
  job.resume();
  await job.finished;
  assert.deepEqual(reads, [0, 0, PART, 2 * PART, 3 * PART]);
  assertBytes(await world.read("k"), bytes);
});
