/** Jobs that are discarded before they have begun, while others drive them, and after they have ended. */
import type { CheckpointStore } from "../../src/checkpoints.ts";
import {
  createUpload,
  resumeUpload,
  type TransferError,
  type Upload,
  type UploadCheckpoint,
  type UploadRecord,
  upload,
} from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure } from "../unit/streams/support.ts";
import { body, bytes, holdUp, input, leave, options, testStore } from "./resume_support.ts";
import { memoryStore } from "./support/watched_stores.ts";
import { createWorld, refuse, type World } from "./upload_support.ts";

test("resume: a job that is discarded at once deletes what an earlier run left, with its record", async () => {
  const jobs = {
    call: (world: World, checkpoints: CheckpointStore) =>
      createUpload(world.client, input, { ...options, checkpoints }),
    record: async (world: World, checkpoints: CheckpointStore) => {
      const [id = ""] = await checkpoints.list();
      return resumeUpload(world.client, (await checkpoints.get(id)) as UploadRecord, { body, checkpoints });
    },
    checkpoint: (world: World, _: CheckpointStore, checkpoint: UploadCheckpoint) =>
      createUpload(world.client, input, { ...options, checkpoint }),
  };
  for (const [name, begin] of Object.entries(jobs))
    for (const stopFirst of [false, true]) {
      const world = createWorld();
      const checkpoints = testStore();
      const checkpoint = await leave(world, input, name === "checkpoint" ? undefined : checkpoints);
      const job = await begin(world, checkpoints, checkpoint);
      if (stopFirst) assert.deepEqual(await job.stop(), name === "checkpoint" ? checkpoint : undefined);
      await job.discard();
      assert.equal(job.state, "discarded");
      assert.equal(((await failure(job.finished)) as TransferError).name, "TransferError");
      assert.deepEqual(await world.open(), [], name);
      assert.equal(checkpoints.records.size, 0, name);
      assert.deepEqual(world.warnings, []);
    }
});

test("resume: what cannot be deleted is told by a job that is discarded at once, and it may be tried again", async () => {
  const world = createWorld();
  const checkpoints = testStore();
  await leave(world, input, checkpoints);
  const job = createUpload(world.client, input, { ...options, checkpoints });
  world.onRequest = async (seen, forward) => (seen.kind === "abort" ? refuse(403, "AccessDenied") : forward());
  assert.propertyVal(await failure(job.discard()), "code", "AccessDenied");
  assert.equal(job.state, "stopped");
  assert.equal(checkpoints.records.size, 1);
  world.onRequest = (_, forward) => forward();
  await job.discard();
  assert.equal(job.state, "discarded");
  assert.equal(checkpoints.records.size, 0);
});

test("resume: who looks on cannot discard what another one drives", async () => {
  const world = createWorld();
  const checkpoints = memoryStore({ lease: 3000 });
  const { reached, go } = holdUp(world, (seen) => seen.part === 4);
  const driver = upload(world.client, input, { ...options, concurrency: 1, checkpoints });
  await reached;
  const follower = createUpload(world.client, input, { ...options, checkpoints });
  assert.propertyVal(await failure(follower.discard()), "code", "Driven");
  assert.equal(follower.state, "stopped");
  go();
  await driver;
  assertBytes(await world.read("k"), bytes);
});

test("resume: who has ended cannot discard what another one drives by now", async () => {
  const ends = {
    failed: () => refuse(403, "AccessDenied"),
    stopped: async (_: World, job: Upload) => {
      void job.stop();
      return new Response();
    },
    lost: async (_: World, __: Upload, lose: () => void) => {
      lose();
      return new Promise<Response>(() => undefined);
    },
  };
  for (const [name, end] of Object.entries(ends)) {
    const world = createWorld();
    const shared = memoryStore({ lease: 3000 });
    const lost = new AbortController();
    const checkpoints: CheckpointStore = {
      ...shared,
      async lock(id, ...wait) {
        const lock = await shared.lock?.(id, ...wait);
        // Only the first one is lost.
        const { signal } = lost.signal.aborted ? new AbortController() : lost;
        signal.addEventListener("abort", () => lock?.release());
        return { lost: signal, release: async () => lock?.release() };
      },
    };
    const job = createUpload(world.client, input, { ...options, concurrency: 1, checkpoints });
    world.onRequest = async (seen, forward) =>
      seen.part === 4 ? end(world, job, () => lost.abort(new Error("asleep"))) : forward();
    await failure(job.finished);
    const { reached, go } = holdUp(world, (seen) => seen.part === 5);
    const driver = upload(world.client, input, { ...options, concurrency: 1, checkpoints: shared });
    await reached;
    assert.propertyVal(await failure(job.discard()), "code", "Driven", name);
    assert.deepEqual(await world.open(), ["k"]);
    go();
    await driver;
    assertBytes(await world.read("k"), bytes);
    assert.equal(world.requests.filter(({ kind }) => kind === "initiate").length, 1);
    // By now there is nothing left to delete.
    await job.discard();
    assert.equal(job.state, "discarded");
  }
});

test("resume: a job that ended before it took up what an earlier run left keeps that, and discards it when told", async () => {
  for (const end of ["failed", "aborted"])
    for (const stored of [true, false]) {
      const name = `${end}, ${stored ? "store" : "checkpoint"}`;
      const world = createWorld();
      const checkpoints = testStore();
      const checkpoint = await leave(world, input, stored ? checkpoints : undefined);
      const abort = new AbortController();
      world.onRequest = (seen, forward) => {
        if (seen.kind !== "list") return forward();
        if (end === "failed") return Promise.resolve(refuse(403, "AccessDenied"));
        abort.abort(new Error("mine"));
        return new Promise(() => undefined);
      };
      const from = stored ? { checkpoints } : { checkpoint };
      const job = createUpload(world.client, input, { ...options, ...from, signal: abort.signal });
      await failure(job.finished);
      assert.equal(job.state, "failed", name);
      assert.deepEqual(await world.open(), ["k"], name);
      await job.discard();
      assert.equal(job.state, "discarded", name);
      assert.deepEqual(await world.open(), [], name);
      assert.equal(checkpoints.records.size, 0, name);
    }
});
