/** Transfers that are given up: what nobody wrote down is sought, and what another one drives is left alone. */
import type { TransferLock, TransferRecord } from "../../src/checkpoints.ts";
import { cleanTransfers, copy, createUpload, discardTransfer, putObject, transfers, upload } from "../../src/mod.ts";
import { listMultipartUploads } from "../../src/operations/object/list_multipart.ts";
import { abortMultipartUpload, initiateMultipartUpload, uploadPart } from "../../src/operations/object/multipart.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import type { TestOSSOptions } from "../../src/testing/options.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, deferred, failure, pattern } from "../unit/streams/support.ts";
import { only, options, type TestStore, testStore } from "./resume_support.ts";
import { createWorld, PART, refuse, type World } from "./upload_support.ts";

const bytes = pattern(3 * PART + 7);
const body = new Blob([bytes]);

/** Leaves a transfer that was killed before it had written down what Initiate has opened. */
async function killed(
  kind: "upload" | "copy" = "upload",
  service: TestOSSOptions = {},
): Promise<{ world: World; store: TestStore }> {
  const world = createWorld({}, service);
  const store = testStore();
  const victim = createWorld({ onWarning: () => {} }, {}, world.oss);
  const life = new AbortController();
  await putObject(world.client, { key: "a", body });
  const dying = {
    ...store,
    async set(id: string, record: TransferRecord) {
      if ("uploadId" in record) life.abort("killed");
      life.signal.throwIfAborted();
      await store.set(id, record);
    },
    delete: async () => {},
  };
  const plan = { ...options, checkpoints: dying, signal: life.signal };
  const run =
    kind === "copy"
      ? copy(victim.client, { sourceKey: "a", key: "k" }, plan)
      : upload(victim.client, { key: "k", body }, plan);
  assert.equal(await failure(run), "killed");
  assert.deepEqual(await world.open(), ["k"]);
  return { world, store };
}

type Discard = (world: World, store: TestStore) => Promise<unknown>;
const DISCARDS: Readonly<Record<string, Discard>> = {
  discardTransfer: async (world, store) => discardTransfer(world.client, store, only(store)),
  cleanTransfers: (world, store) => cleanTransfers(world.client, store, { olderThan: 0 }),
  discard: (world, checkpoints) =>
    createUpload(world.client, { key: "k", body }, { ...options, checkpoints }).discard(),
};

test("discard: what a killed run had opened, but not written down, is found and deleted", async () => {
  for (const [name, discard] of Object.entries(DISCARDS))
    for (const kind of ["upload", "copy"] as const) {
      if (name === "discard" && kind === "copy") continue;
      const { world, store } = await killed(kind);
      await discard(world, store);
      assert.deepEqual(await world.open(), [], `${name} ${kind}`);
      assert.equal(store.records.size, 0);
      assert.deepEqual(world.warnings, []);
    }
});

test("discard: a run that begins anew deletes what a killed one had opened", async () => {
  for (const kind of ["upload", "copy"] as const) {
    const { world, store } = await killed(kind);
    const fresh = { ...options, checkpoints: store, fresh: true };
    await (kind === "copy"
      ? copy(world.client, { sourceKey: "a", key: "k" }, fresh)
      : upload(world.client, { key: "k", body }, fresh));
    assert.deepEqual(await world.open(), [], kind);
    assertBytes(await world.read("k"), bytes);
  }
});

test("discard: what may be another's stays, and it is told with the key", async () => {
  const cases: Readonly<Record<string, (world: World, store: TestStore) => Promise<unknown>>> = {
    ambiguous: ({ client }) => initiateMultipartUpload(client, { key: "k" }),
    forbidden: async (world) => {
      world.onRequest = async (seen, forward) => (seen.kind === "other" ? refuse(403, "AccessDenied") : forward());
    },
    "with parts": async (world) => {
      const { uploads } = await listMultipartUploads(world.client, {});
      const uploadId = uploads[0]?.uploadId ?? "";
      await uploadPart(world.client, { key: "k", uploadId, partNumber: 1, body: "another's" });
    },
  };
  for (const [name, prepare] of Object.entries(cases))
    for (const [by, discard] of Object.entries(DISCARDS)) {
      const { world, store } = await killed();
      await prepare(world, store);
      await discard(world, store);
      assert.lengthOf(await world.open(), name === "ambiguous" ? 2 : 1, `${name} ${by}`);
      assert.lengthOf(world.warnings, 1);
      assert.match(world.warnings[0] ?? "", /empty upload of "k" may have been left behind/);
      assert.equal(store.records.size, 0);
    }
});

test("discard: an upload that another record claims stays", async () => {
  const { world, store } = await killed();
  const record = only(store);
  const { uploadId } = await initiateMultipartUpload(world.client, { key: "k" });
  store.records.set("upload-1", { ...record, id: "upload-1", uploadId } as TransferRecord);
  await discardTransfer(world.client, store, record);
  assert.deepEqual(world.warnings, []);
  assert.deepEqual(await world.open(), ["k"]);
  assert.deepEqual([...store.records.keys()], ["upload-1"]);
});

test("discard: what another one drives is refused, and nothing of it is touched", async () => {
  const world = createWorld();
  const store = memoryStore({ lease: 3000 });
  const [reached, go] = [deferred(), deferred()];
  world.onRequest = async (seen, forward) => {
    if (seen.part === 3) {
      reached.resolve();
      await go.promise;
    }
    return forward();
  };
  const running = upload(world.client, { key: "k", body }, { ...options, concurrency: 1, checkpoints: store });
  await reached.promise;
  for await (const record of transfers(store))
    assert.propertyVal(await failure(discardTransfer(world.client, store, record)), "code", "Driven");
  go.resolve();
  await running;
  assertBytes(await world.read("k"), bytes);
  assert.isUndefined(world.kinds().abort);
});

test("discard: what was written since the record was listed counts, and the lock is let go", async () => {
  const { world, store } = await killed();
  const listed = only(store);
  let released = 0;
  const lock = async (): Promise<TransferLock> => {
    const { uploads } = await listMultipartUploads(world.client, {});
    const uploadId = uploads[0]?.uploadId ?? "";
    await uploadPart(world.client, { key: "k", uploadId, partNumber: 1, body: "more" });
    await store.set(listed.id, { ...listed, uploadId, updated: listed.updated + 1 } as TransferRecord);
    return { lost: new AbortController().signal, release: async () => void released++ };
  };
  await discardTransfer(world.client, { ...store, lock }, listed);
  assert.deepEqual(await world.open(), []);
  assert.equal(store.records.size, 0);
  assert.equal(released, 1);
  assert.deepEqual(world.warnings, []);
});

test("resume: what a killed run had asked for, and was opened after it was sought, is deleted in the end", async () => {
  const cases = [
    ["upload", "other"],
    ["upload", "initiate"],
    ["copy", "other"],
    ["copy", "initiate"],
  ] as const;
  for (const [kind, before] of cases) {
    let ahead = 0;
    const { world, store } = await killed(kind, { now: () => Date.now() + ahead });
    await refuseToOpen(world);
    const late = createWorld({}, {}, world.oss);
    let sought = 0;
    let opened = 0;
    world.onRequest = async (seen, forward) => {
      const answer = await forward();
      if (seen.query.has("uploads") && seen.kind === "other") sought++;
      if (seen.kind === before && seen.query.has("uploads") && ++opened === 1) {
        // In the next second, by the service's clock.
        ahead = 1000;
        await initiateMultipartUpload(late.client, { key: "k" });
      }
      return answer;
    };
    const plan = { ...options, checkpoints: store };
    await (kind === "copy"
      ? copy(world.client, { sourceKey: "a", key: "k" }, plan)
      : upload(world.client, { key: "k", body }, plan));
    assert.equal(sought, 2, kind);
    assert.deepEqual(await world.open(), [], kind);
    assertBytes(await world.read("k"), bytes);
    assert.deepEqual(world.warnings, []);
  }
});

/** Undoes what a killed run has opened: it did not get that far. */
async function refuseToOpen({ client }: World): Promise<void> {
  const { uploads } = await listMultipartUploads(client, {});
  for (const { key, uploadId } of uploads) await abortMultipartUpload(client, { key, uploadId });
}
