/** What died and left a lock that outlives it, and stores that never give one. */
import type { CheckpointStore, TransferLock, TransferRecord } from "../../src/checkpoints.ts";
import { takeLease } from "../../src/stores/lease.ts";
import { createUpload } from "../../src/transfer/create_upload.ts";
import { cleanTransfers } from "../../src/transfer/resume/clean_transfers.ts";
import { discardTransfer } from "../../src/transfer/resume/transfers.ts";
import { upload } from "../../src/transfer/upload.ts";
import { assert, test } from "../harness.ts";
import { catchTimers } from "../unit/core/timers.ts";
import { assertBytes, deferred, failure } from "../unit/streams/support.ts";
import { body, bytes, input, leave, only, options, type TestStore, testStore } from "./resume_support.ts";
import { createWorld, refuse, type World } from "./upload_support.ts";

/** Longer than a lock is waited for by who does not know whether its holder lives, in milliseconds. */
const LEASE = 1500;

interface LeaseStore extends TestStore {
  /** Who holds what, by id. */
  readonly places: Map<string, string>;
  /** Locks that are waited for at one moment, at most. */
  mostWaiting: number;
}

/** A store with leases, whose holders may be dead for all that anybody knows. */
function leaseStore(): LeaseStore {
  const store = testStore();
  const places = new Map<string, string>();
  let waiting = 0;
  const own: LeaseStore = {
    ...store,
    places,
    mostWaiting: 0,
    async lock(id, signal, onHeld) {
      own.mostWaiting = Math.max(own.mostWaiting, ++waiting);
      const swap = async (expected: string | undefined, next: string | undefined): Promise<string | undefined> => {
        const found = places.get(id);
        if (found !== undefined && found !== expected) return found;
        if (next === undefined) places.delete(id);
        else places.set(id, next);
        return next;
      };
      return takeLease(swap, LEASE, { signal, onHeld }).finally(() => waiting--);
    },
  };
  return own;
}

test("resume: what a holder left that may be dead for all anybody knows is discarded once it is known to be", async () => {
  const world = createWorld();
  const store = leaseStore();
  await leave(world, input, store);
  const record = only(store);
  store.places.set(record.id, "dead-7");
  await discardTransfer(world.client, store, record);
  assert.deepEqual([...store.records.keys(), ...store.places.keys()], []);
  assert.deepEqual(await world.open(), []);
});

test("resume: what many left is cleaned, and waited for at once; what one of them drives stays", async () => {
  const world = createWorld();
  const store = leaseStore();
  const keys = ["a", "b", "c", "d"];
  world.onRequest = async ({ part }, forward) => (part === 2 ? refuse(403, "AccessDenied") : forward());
  for (const key of keys)
    await failure(upload(world.client, { key, body }, { ...options, concurrency: 1, checkpoints: store }));
  const records = [...store.records.values()];
  assert.lengthOf(records, keys.length);
  for (const { id } of records) store.places.set(id, "dead-7");
  const [first] = records;
  const driven = first && (await store.lock?.(first.id));
  assert.isDefined(driven);
  store.mostWaiting = 0;
  const gone = await cleanTransfers(world.client, store, { olderThan: 0 });
  assert.sameMembers(
    gone.map(({ key }) => key),
    records.slice(1).map(({ key }) => key),
  );
  assert.equal(store.mostWaiting, keys.length);
  assert.deepEqual([...store.records.keys()], [first?.id]);
  assert.deepEqual(await world.open(), [first?.key ?? ""]);
  await driven?.release();
  assert.lengthOf(await cleanTransfers(world.client, store, { olderThan: 0 }), 1);
  assert.equal(store.places.size, 0);
});

test("resume: what another one has taken over while it waited to be cleaned is left to that one", async () => {
  const world = createWorld();
  const store = testStore();
  for (const key of ["a", "b"]) {
    world.onRequest = async ({ part }, forward) => (part === 2 ? refuse(403, "AccessDenied") : forward());
    await failure(upload(world.client, { key, body }, { ...options, concurrency: 1, checkpoints: store }));
  }
  const lost = new Map([...store.records.keys()].map((id) => [id, new AbortController()]));
  let released = 0;
  const lock = async (id: string): Promise<TransferLock> => ({
    lost: lost.get(id)?.signal ?? assert.fail(id),
    release: async () => void released++,
  });
  const deleted: string[] = [];
  world.onRequest = async ({ kind, key }, forward) => {
    if (kind === "abort") {
      deleted.push(key);
      for (const [id, { key: other }] of store.records)
        if (other !== key) lost.get(id)?.abort(new Error("The lease of this transfer ran out"));
    }
    return forward();
  };
  const gone = await cleanTransfers(world.client, { ...store, lock }, { olderThan: 0 });
  assert.deepEqual(
    gone.map(({ key }) => key),
    deleted,
  );
  assert.lengthOf(deleted, 1);
  assert.equal(released, 2);
  assert.lengthOf([...store.records], 1);
  assert.lengthOf(await world.open(), 1);
  assert.match(
    world.warnings.join(),
    /^Cannot clean the transfer of "[ab]": Error: The lease of this transfer ran out$/,
  );
});

test("resume: who has lost the lock of what it discards stops, and leaves all to who has it now", async () => {
  const discards = {
    record: (world: World, store: TestStore) => discardTransfer(world.client, store, only(store)),
    job: (world: World, checkpoints: TestStore) =>
      createUpload(world.client, input, { ...options, checkpoints }).discard(),
  };
  const cases = Object.entries(discards).flatMap(([name, discard]) =>
    (["before", "while it deletes"] as const).map((when) => ({ name, discard, when })),
  );
  for (const { name, discard, when } of cases) {
    const world = createWorld();
    const store = testStore();
    await leave(world, input, store);
    const lost = new AbortController();
    const reason = new Error("The lease of this transfer ran out");
    let released = 0;
    const lock = async (): Promise<TransferLock> => {
      if (when === "before") lost.abort(reason);
      return { lost: lost.signal, release: async () => void released++ };
    };
    world.onRequest = async ({ kind }, forward) => {
      if (kind !== "abort") return forward();
      lost.abort(reason);
      return new Promise(() => {});
    };
    assert.equal(await failure(discard(world, { ...store, lock })), reason, `${name} ${when}`);
    assert.deepEqual(await world.open(), ["k"]);
    assert.equal(store.records.size, 1);
    assert.equal(released, 1);
  }
});

test("resume: a store that answers at once, without promises, is listed, discarded and cleaned", async () => {
  const world = createWorld();
  const { records, ...store } = testStore();
  await leave(world, input, { ...store });
  const [record] = records.values();
  const { signal } = new AbortController();
  const sync = {
    get: (id: string) => records.get(id),
    set: (id: string, value: TransferRecord) => records.set(id, value),
    delete: (id: string) => void records.delete(id),
    list: () => [...records.keys()],
  } as unknown as CheckpointStore;
  if (record) await discardTransfer(world.client, sync, record, { signal });
  assert.deepEqual([...records.keys(), ...(await world.open())], []);
  await leave(world, input, { ...store });
  assert.lengthOf(await cleanTransfers(world.client, sync, { olderThan: 0 }), 1);
  assert.deepEqual([...records.keys(), ...(await world.open()), ...world.warnings], []);
});

test("resume: what is done in one request waits for the lock of what an earlier run left, but not for long", async () => {
  const world = createWorld();
  const checkpoints = leaseStore();
  await leave(world, input, checkpoints);
  const [record] = checkpoints.records.values();
  const asked = deferred();
  const holder: CheckpointStore = {
    ...checkpoints,
    lock(_, signal, onHeld) {
      onHeld?.(false);
      asked.resolve();
      return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    },
  };
  const timers = catchTimers((milliseconds) => milliseconds === 5000);
  try {
    const uploading = upload(world.client, input, { multipartThreshold: 2 * bytes.length, checkpoints: holder });
    await asked.promise;
    assert.equal(timers.waiting(), 1);
    await timers.fire();
    await uploading;
  } finally {
    timers.restore();
  }
  assertBytes(await world.read("k"), bytes);
  assert.isTrue(checkpoints.records.has(record?.id ?? ""));
  assert.match(
    world.warnings.join(),
    /^What an earlier run left of the upload of "k" stays: Error: not deleted within 5000 ms$/,
  );
});

test("resume: an abort ends the wait for locks, and leaves none behind", async () => {
  const world = createWorld();
  const store = leaseStore();
  await leave(world, input, store);
  const [record] = store.records.values();
  store.places.set(record?.id ?? "", "dead-7");
  const controller = new AbortController();
  const reason = new Error("enough");
  const { lock } = store;
  const shared: CheckpointStore = {
    ...store,
    lock(...wait): Promise<TransferLock> {
      queueMicrotask(() => controller.abort(reason));
      return lock?.(...wait) ?? assert.fail();
    },
  };
  const { signal } = controller;
  assert.equal(await failure(cleanTransfers(world.client, shared, { olderThan: 0, signal })), reason);
  assert.deepEqual([...store.places.values()], ["dead-7"]);
  assert.equal(store.records.size, 1);
});

test("resume: a store that never answers, nor ever gives a lock, costs an upload its patience, and no more", async () => {
  const hang = (): Promise<never> => new Promise(() => {});
  const world = createWorld();
  const checkpoints: CheckpointStore = { get: hang, set: hang, delete: hang, list: hang, lock: hang };
  const timers = catchTimers((milliseconds) => milliseconds === 5000);
  try {
    const uploading = upload(world.client, input, { ...options, checkpoints });
    await timers.fire();
    await uploading;
  } finally {
    timers.restore();
  }
  assertBytes(await world.read("k"), bytes);
  assert.deepEqual(await world.open(), []);
  assert.match(world.warnings.join(), /^The checkpoint store failed.*: Error: no answer within 5000 ms$/);
  assert.lengthOf(world.warnings, 1);
});
