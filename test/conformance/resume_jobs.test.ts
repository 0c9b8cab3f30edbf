/** Jobs that are paused, stopped, discarded and cleaned across runs, and those who look on. */
import type { TransferLock, TransferRecord } from "../../src/checkpoints.ts";
import {
  cleanTransfers,
  createUpload,
  discardTransfer,
  type Progress,
  resumeUpload,
  type TransferError,
  transfers,
  type Upload,
  type UploadRecord,
  upload,
} from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { catchTimers } from "../unit/core/timers.ts";
import { assertBytes, deferred, failure, pattern } from "../unit/streams/support.ts";
import { holdUp, options, testStore } from "./resume_support.ts";
import { memoryStore } from "./support/watched_stores.ts";
import { createWorld, PART, type World } from "./upload_support.ts";

const bytes = pattern(6 * PART + 7);
const body = new Blob([bytes]);
const input = { key: "k", body, metadata: { by: "me" }, contentType: "a/b" };

/** Begins an upload that gets so far: its part 4 is never answered. */
async function begun(
  world: World,
  checkpoints = testStore(),
): Promise<{ job: Upload; checkpoints: typeof checkpoints }> {
  const reached = deferred();
  world.onRequest = (seen, forward) => {
    if (seen.kind !== "part" || seen.part < 4) return forward();
    reached.resolve();
    return new Promise(() => undefined);
  };
  const job = createUpload(world.client, input, { ...options, concurrency: 1, checkpoints });
  await reached.promise;
  return { job, checkpoints };
}

const only = async (store: ReturnType<typeof testStore>): Promise<UploadRecord> => {
  const found: TransferRecord[] = [];
  for await (const record of transfers(store)) found.push(record);
  assert.lengthOf(found, 1);
  return found[0] as UploadRecord;
};

test("resume: a pause, a stop and an abort are written down, and the same call goes on", async () => {
  const ends: Readonly<Record<string, (job: Upload, abort: AbortController) => Promise<unknown>>> = {
    paused: (job) => job.pause(),
    stopped: (job) => job.stop(),
  };
  for (const [state, end] of Object.entries(ends)) {
    const world = createWorld();
    const { job, checkpoints } = await begun(world);
    assert.equal((await only(checkpoints)).state, "running");
    await end(job, new AbortController());
    const record = await only(checkpoints);
    assert.equal(record.state, state);
    assert.equal(record.size, bytes.length);
    world.onRequest = (_, forward) => forward();
    const sent = world.kinds().part ?? 0;
    await upload(world.client, input, { ...options, checkpoints });
    assert.equal((world.kinds().part ?? 0) - sent, 4);
    assert.equal(checkpoints.records.size, 0);
    assertBytes(await world.read("k"), bytes);
    if (state === "paused") await job.discard();
  }
});

test("resume: a pause is written down also when the upload had not begun", async () => {
  const world = createWorld();
  const checkpoints = testStore();
  const paused = deferred();
  const { set } = checkpoints;
  checkpoints.set = async (id, record) => {
    await set(id, record);
    if (record.state === "paused") paused.resolve();
  };
  const job = createUpload(world.client, input, { ...options, checkpoints });
  await job.pause();
  await paused.promise;
  assert.equal((await only(checkpoints)).state, "paused");
  job.resume();
  await job.finished;
  assert.equal(checkpoints.records.size, 0);
});

test("resume: an abort keeps the parts and the record, and is rethrown as it was", async () => {
  const world = createWorld();
  const checkpoints = testStore();
  const abort = new AbortController();
  world.onRequest = (seen, forward) => {
    if (seen.part === 3) abort.abort("enough");
    return forward();
  };
  assert.equal(await failure(upload(world.client, input, { ...options, checkpoints, signal: abort.signal })), "enough");
  assert.deepEqual(await world.open(), ["k"]);
  assert.equal((await only(checkpoints)).state, "stopped");
});

test("resume: a record goes on with its own headers, key and parts, in the place of the call", async () => {
  const world = createWorld();
  const { job, checkpoints } = await begun(world);
  await job.stop();
  world.onRequest = (_, forward) => forward();
  const record = await only(checkpoints);
  const { headObject } = await import("../../src/operations/object/basic.ts");
  await resumeUpload(world.client, record, { body, checkpoints }).finished;
  const { contentType, metadata } = await headObject(world.client, { key: "k" });
  assert.deepEqual({ contentType, metadata }, { contentType: "a/b", metadata: { by: "me" } });
  assert.equal(checkpoints.records.size, 0);
  assert.throws(() => resumeUpload(world.client, record, { checkpoints }), TypeError, /^body must be given/);
  assert.throws(() => resumeUpload(world.client, JSON.parse("{}"), { body }), TypeError, /^record must be/);
  const other = { ...record, kind: "download" } as const;
  assert.throws(() => resumeUpload(world.client, other, { body }), TypeError, /got one of a download$/);
});

test("resume: the checkpoint of a failure goes on without a store", async () => {
  const world = createWorld();
  world.onRequest = async (seen, forward) => (seen.part === 5 ? new Response(null, { status: 403 }) : forward());
  const error = (await failure(upload(world.client, input, { ...options, concurrency: 1 }))) as TransferError;
  world.onRequest = (_, forward) => forward();
  const left = JSON.parse(JSON.stringify(error.checkpoint));
  const before = world.kinds().part ?? 0;
  await resumeUpload(world.client, left, { body }).finished;
  assert.equal((world.kinds().part ?? 0) - before, 7 - left.parts.length);
  assertBytes(await world.read("k"), bytes);
  const other = { ...left, key: "other" };
  assert.instanceOf(await failure(upload(world.client, input, { ...options, checkpoint: other })), TypeError);
});

test("resume: what is discarded leaves neither parts nor a record", async () => {
  const world = createWorld();
  const { job, checkpoints } = await begun(world);
  await job.discard();
  assert.equal(job.state, "discarded");
  assert.equal(checkpoints.records.size, 0);
  assert.deepEqual(await world.open(), []);

  const second = await begun(world);
  await second.job.stop();
  await discardTransfer(world.client, second.checkpoints, await only(second.checkpoints));
  assert.equal(second.checkpoints.records.size, 0);
  assert.deepEqual(await world.open(), []);
});

test("resume: what is old is cleaned with its parts; what is younger, driven or no record stays", async () => {
  const world = createWorld();
  const { job, checkpoints } = await begun(world);
  await job.stop();
  const record = await only(checkpoints);
  await checkpoints.set("strange", JSON.parse("[1]"));
  assert.lengthOf(await cleanTransfers(world.client, checkpoints), 0);
  await checkpoints.set(record.id, { ...record, updated: Date.now() - 8 * 86_400_000 });
  const { lock = assert.fail("it has locks") } = memoryStore({ lease: 3000 });
  const shared = { ...checkpoints, lock };
  const driver = await lock(record.id);
  assert.lengthOf(await cleanTransfers(world.client, shared), 0);
  await driver.release();
  assert.deepEqual(world.warnings, [], "that it is driven is nothing wrong");
  const failing = { ...checkpoints, lock: () => Promise.reject(new Error("no locks today")) };
  assert.lengthOf(await cleanTransfers(world.client, failing), 0);
  assert.match(world.warnings.join(), /^Cannot clean the transfer of "k": Error: no locks today$/);
  assert.lengthOf(await cleanTransfers(world.client, shared), 1);
  assert.deepEqual([...checkpoints.records.keys()], ["strange"]);
  assert.deepEqual(await world.open(), []);
  const skipped: string[] = [];
  for await (const _ of transfers(checkpoints, { onSkipped: (id, why) => skipped.push(`${id}: ${why}`) }))
    assert.fail();
  assert.deepEqual(skipped, ["strange: it is no object"]);
});

test("resume: by a wrong clock nothing is too old", async () => {
  const world = createWorld();
  const { job, checkpoints } = await begun(world);
  await job.stop();
  const record = await only(checkpoints);
  const ahead = (): World => createWorld({ now: () => Date.now() + 30 * 86_400_000 }, {}, world.oss);
  assert.lengthOf(await cleanTransfers(ahead().client, checkpoints), 0);
  assert.deepEqual(await world.open(), ["k"]);
  const away = ahead();
  away.onRequest = () => Promise.reject(new TypeError("offline"));
  assert.lengthOf(await cleanTransfers(away.client, checkpoints), 0);
  assert.lengthOf(away.warnings, 1);
  assert.equal(checkpoints.records.size, 1);
  await checkpoints.set(record.id, { ...record, updated: Date.now() - 8 * 86_400_000 });
  assert.lengthOf(await cleanTransfers(ahead().client, checkpoints), 1);
  assert.deepEqual(await world.open(), []);
});

test("resume: what somebody has gone on with since it was listed is not cleaned", async () => {
  for (const becomes of ["written", "removed"]) {
    const world = createWorld();
    const { job, checkpoints } = await begun(world);
    await job.stop();
    const record = await only(checkpoints);
    const lock = async (): Promise<TransferLock> => {
      if (becomes === "removed") await checkpoints.delete(record.id);
      else await checkpoints.set(record.id, { ...record, updated: record.updated + 1 });
      return { lost: new AbortController().signal, release: async () => {} };
    };
    assert.lengthOf(await cleanTransfers(world.client, { ...checkpoints, lock }, { olderThan: 0 }), 0);
    assert.deepEqual(await world.open(), ["k"], becomes);
    assert.equal(checkpoints.records.size, becomes === "removed" ? 0 : 1);
  }
});

test("resume: a lock that is never settled keeps nobody from cleaning the rest, and is let go when it comes", async () => {
  const world = createWorld();
  const { job, checkpoints } = await begun(world);
  await job.stop();
  const late = deferred<TransferLock>();
  const released = deferred();
  const timers = catchTimers((milliseconds) => milliseconds === 1000);
  try {
    const cleaning = cleanTransfers(world.client, { ...checkpoints, lock: () => late.promise }, { olderThan: 0 });
    while (timers.waiting() === 0) await new Promise((resolve) => setTimeout(resolve));
    await timers.fire();
    assert.lengthOf(await cleaning, 0);
  } finally {
    timers.restore();
  }
  late.resolve({ lost: new AbortController().signal, release: async () => released.resolve() });
  await released.promise;
  assert.equal(checkpoints.records.size, 1);
});

test("resume: who follows sees the progress of the driver, and gets its result", async () => {
  const world = createWorld();
  const checkpoints = memoryStore();
  const { reached, go } = holdUp(world, (seen) => seen.part === 4);
  const driver = upload(world.client, input, { ...options, concurrency: 1, checkpoints });
  await reached;
  const seen: Progress[] = [];
  const follower = createUpload(world.client, input, { ...options, checkpoints, onProgress: (p) => seen.push(p) });
  while (!seen.length) await new Promise((resolve) => setTimeout(resolve));
  assert.deepInclude(seen[0], { acknowledged: 3 * PART, total: bytes.length });
  go();
  const [one, two] = await Promise.all([driver, follower.finished]);
  assert.deepEqual({ ...two, headers: [...two.headers] }, { ...one, headers: [...one.headers] });
  assert.deepInclude(world.kinds(), { initiate: 1, part: 7, complete: 1 });
  assert.deepEqual(await checkpoints.list(), []);
});

test("resume: who follows takes over when the driver stops, and sends what is missing", async () => {
  const world = createWorld();
  const checkpoints = memoryStore();
  const { job } = await begun(world, checkpoints as ReturnType<typeof testStore>);
  world.onRequest = (_, forward) => forward();
  const sent = world.kinds().part ?? 0;
  const follower = upload(world.client, input, { ...options, checkpoints });
  await job.stop();
  await follower;
  assert.equal((world.kinds().part ?? 0) - sent, 4);
  assertBytes(await world.read("k"), bytes);
  assert.deepInclude(world.kinds(), { initiate: 1, complete: 1 });
});
