/** Uploads that pages have left, finished by whoever finds them. */
import type { CheckpointStore, TransferRecord } from "../../src/checkpoints.ts";
import type { TransferError } from "../../src/errors.ts";
import { createUpload } from "../../src/transfer/create_upload.ts";
import { connectTransfers, finishTransfers, serveTransfers } from "../../src/worker/mod.ts";
import { assert, type TestOptions, test } from "../harness.ts";
import { catchTimers } from "../unit/core/timers.ts";
import { assertBytes, deferred, failure, pattern } from "../unit/streams/support.ts";
import { options, testStore } from "./resume_support.ts";
import { createWorld, PART, type World } from "./upload_support.ts";

const bytes = pattern(5 * PART + 1);
const file = new File([bytes], "trip.mp4");

/** Leaves an upload with two parts at the service, as a page does that is killed. */
async function leave(world: World, store: CheckpointStore, key: string, body: Blob | object = file): Promise<void> {
  const reached = deferred();
  world.onRequest = (seen, forward) => {
    if (seen.kind !== "part" || seen.part <= 2) return forward();
    reached.resolve();
    return new Promise(() => {});
  };
  const job = createUpload(
    world.client,
    { key, body: body as Blob },
    { ...options, concurrency: 1, checkpoints: store },
  );
  await reached.promise;
  await job.stop();
  await failure(job.finished);
  world.onRequest = (_, forward) => forward();
  await change(store, key, { state: "running" });
}

async function recordOf(store: CheckpointStore, key: string): Promise<TransferRecord> {
  for (const id of await store.list()) {
    const record = (await store.get(id)) as TransferRecord;
    if (record.key === key) return record;
  }
  throw new Error(`no record of ${key}`);
}

async function change(store: CheckpointStore, key: string, changes: Partial<TransferRecord>): Promise<void> {
  const record = await recordOf(store, key);
  await store.set(record.id, { ...record, ...changes });
}

const ofPage = { body: () => file };
const free = { lost: new AbortController().signal, release: async () => {} };

test("finish: what was running or failed is finished, and nothing sent twice; all else is left alone", async () => {
  const world = createWorld();
  const store = testStore();
  for (const key of ["killed", "failed", "paused", "stopped", "unknown", "driven", "elsewhere"]) {
    await leave(world, store, key);
    const state = /^(failed|paused|stopped)$/.test(key) ? (key as "failed") : "running";
    await change(store, key, { state, updated: store.records.size });
  }
  await change(store, "elsewhere", { endpoint: "bucket.elsewhere.example.com" });
  const copy = { ...(await recordOf(store, "killed")), id: "copy-1", kind: "copy", updated: 9 } as const;
  await store.set(copy.id, { ...copy, source: { bucket: "b", key: "k", etag: '"e"' }, size: 9 } as TransferRecord);
  const { id: driven } = await recordOf(store, "driven");
  const timers = catchTimers((milliseconds) => milliseconds === 1000);
  try {
    const finishing = finishTransfers(
      world.client,
      {
        ...store,
        lock: (id, signal) =>
          id === driven
            ? new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)))
            : Promise.resolve(free),
      },
      { body: ({ key }) => (key === "unknown" ? undefined : file) },
    );
    await timers.fire();
    const { finished, skipped } = await finishing;
    assert.deepEqual(
      finished.map(({ record, result }) => [record.key, result.size]),
      [
        ["failed", bytes.length],
        ["killed", bytes.length],
      ],
    );
    assert.deepEqual(
      skipped.map(({ record, reason }) => [record.kind, record.key, reason]),
      [
        ["copy", "killed", "kind"],
        ["upload", "elsewhere", "endpoint"],
        ["upload", "driven", "driven"],
        ["upload", "unknown", "body"],
        ["upload", "stopped", "filter"],
        ["upload", "paused", "filter"],
      ],
    );
    assert.equal(timers.waiting(), 0);
  } finally {
    timers.restore();
  }
  // Each had sent two of six parts, and a third that was never answered.
  assert.equal(world.kinds().part, 7 * 3 + 2 * 4);
  for (const key of ["killed", "failed"]) assertBytes(await world.read(key), bytes);
  assert.sameMembers(await world.open(), ["driven", "unknown", "stopped", "paused", "elsewhere"]);
  assert.lengthOf(await store.list(), 6);
});

test("finish: what somebody had meanwhile is not begun anew", async () => {
  const world = createWorld();
  const store = testStore();
  await leave(world, store, "k");
  const { length } = world.requests;
  const lock = async (id: string): Promise<typeof free> => {
    await store.delete(id);
    return free;
  };
  const { skipped } = await finishTransfers(world.client, { ...store, lock }, ofPage);
  assert.deepEqual(
    skipped.map(({ reason }) => reason),
    ["driven"],
  );
  assert.lengthOf(world.requests, length);
});

test("finish: a handle that may be read is enough, one that may not is left alone", async () => {
  const world = createWorld();
  const store = testStore();
  await leave(world, store, "k");
  const { id } = await recordOf(store, "k");
  let allowed = false;
  const handle = {
    name: file.name,
    getFile: async () => {
      if (!allowed) throw new DOMException("The request is not allowed", "NotAllowedError");
      return file;
    },
  };
  // Functions cannot be cloned, as real handles can.
  const keeping: CheckpointStore = {
    ...store,
    get: async (name) => ({
      ...Object(await store.get(name)),
      ...(name === id && store.records.has(id) && { handle }),
    }),
    set: async (name, { handle: _, ...record }) => store.set(name, record),
  };
  const { skipped } = await finishTransfers(world.client, keeping);
  assert.deepInclude(skipped[0], { reason: "body" });
  allowed = true;
  assert.lengthOf((await finishTransfers(world.client, keeping)).finished, 1);
  assertBytes(await world.read("k"), bytes);
});

test("finish: what fails is told in the end, with what was done", async () => {
  const world = createWorld();
  const store = testStore();
  for (const key of ["good", "other file", "broken"]) await leave(world, store, key);
  let released = 0;
  const lock = async (): Promise<typeof free> => ({ ...free, release: async () => void released++ });
  const body = ({ key }: TransferRecord): Blob => {
    if (key === "broken") throw new RangeError("no such file");
    return key === "good" ? file : new File([pattern(bytes.length, 7)], file.name);
  };
  const error = (await failure(finishTransfers(world.client, { ...store, lock }, { body }))) as TransferError;
  assert.equal(error.name, "TransferError");
  assert.match(error.message, /^Cannot finish all uploads \(2 failed, 1 finished, 0 skipped\): /);
  assert.sameMembers(error.failures?.map(({ key }) => key) ?? [], ["other file", "broken"]);
  assert.deepInclude(error.failures?.find(({ key }) => key === "broken")?.error, { message: "no such file" });
  assert.nestedPropertyVal(error.result, "finished[0].record.key", "good");
  assert.equal(released, 2);
});

test("finish: aborted, it leaves what is under way to the next run", async () => {
  const world = createWorld();
  const store = testStore();
  await leave(world, store, "k");
  const controller = new AbortController();
  const reason = { late: true };
  world.onRequest = (seen, forward) => {
    if (seen.kind !== "part" || seen.part < 5) return forward();
    controller.abort(reason);
    return new Promise(() => {});
  };
  let released = 0;
  const lock = async (): Promise<typeof free> => ({ ...free, release: async () => void released++ });
  const cut = { ...ofPage, signal: controller.signal, concurrency: 1 };
  assert.equal(await failure(finishTransfers(world.client, { ...store, lock }, cut)), reason);
  assert.equal(released, 1);
  assert.equal((await recordOf(store, "k")).state, "running");
  world.onRequest = (_, forward) => forward();
  const { length } = world.requests;
  assert.lengthOf((await finishTransfers(world.client, store, ofPage)).finished, 1);
  const parts = world.requests.slice(length).filter(({ kind }) => kind === "part");
  assert.sameMembers(
    parts.map(({ part }) => part),
    [5, 6],
  );
  assertBytes(await world.read("k"), bytes);
});

const NO_PORTS: TestOptions = { skip: { workerd: "it hands over no ports" } };

test("finish: what a page leaves in its worker is finished, unless it was paused there", NO_PORTS, async () => {
  for (const isPaused of [false, true]) {
    const world = createWorld();
    const store = testStore();
    const { port1, port2 } = new MessageChannel();
    const served = serveTransfers(port1, { client: world.client, checkpoints: store });
    const page = connectTransfers(port2);
    const reached = deferred();
    world.onRequest = (seen, forward) => {
      if (seen.part <= 2) return forward();
      reached.resolve();
      return new Promise(() => {});
    };
    const job = page.createUpload({ key: "k", body: file }, { ...options, concurrency: 1 });
    await reached.promise;
    if (isPaused) await job.pause();
    const ended = deferred();
    const { set } = store;
    store.set = async (id, record) => {
      await set(id, record);
      if (/^(failed|stopped)$/.test(record.state)) ended.resolve();
    };
    page.close();
    await ended.promise;
    await failure(job.finished);
    world.onRequest = (_, forward) => forward();
    const { finished, skipped } = await finishTransfers(world.client, store, ofPage);
    assert.deepEqual([finished.length, skipped.map(({ reason }) => reason)], isPaused ? [0, ["filter"]] : [1, []]);
    if (!isPaused) assertBytes(await world.read("k"), bytes);
    served.close();
    port1.close();
  }
});
