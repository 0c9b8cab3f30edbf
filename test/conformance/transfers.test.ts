/** The list of what has not ended, in stores that hold anything or never answer. */
import type { CheckpointStore, TransferRecord } from "../../src/checkpoints.ts";
import { cleanTransfers, discardTransfer, transfers, upload } from "../../src/mod.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import { prepareUpload } from "../../src/transfer/upload.ts";
import { finishTransfers } from "../../src/worker/mod.ts";
import { assert, test } from "../harness.ts";
import { failure } from "../unit/streams/support.ts";
import { options, testStore } from "./resume_support.ts";
import { createWorld } from "./upload_support.ts";

const world = createWorld();
const record = {
  version: 1,
  id: "upload-1",
  kind: "upload",
  state: "stopped",
  endpoint: world.client.context.url(undefined, "k").host,
  bucket: world.client.context.bucket ?? "",
  key: "k",
  created: 1,
  updated: 1,
  asked: 1,
  partSize: 100 * 1024,
  headers: {},
} satisfies TransferRecord & Record<string, unknown>;

async function listed(store: CheckpointStore): Promise<{ ids: string[]; skipped: [string, string][] }> {
  const ids: string[] = [];
  const skipped: [string, string][] = [];
  const onSkipped = (id: string, reason: string): void => void skipped.push([id, reason]);
  for await (const { id } of transfers(store, { onSkipped })) ids.push(id);
  return { ids, skipped };
}

test("transfers: a record of a kind that nobody knows is skipped with the reason, whatever it is called", async () => {
  const store = testStore();
  await store.set("upload-1", record);
  const kinds = ["sync", "toString", "constructor", "__proto__", "valueOf"];
  for (const kind of kinds) await store.set(kind, { ...record, id: kind, kind: kind as "copy" });
  const { ids, skipped } = await listed(store);
  assert.deepEqual(ids, ["upload-1"]);
  assert.deepEqual(
    skipped,
    kinds.map((kind) => [kind, "its kind is wrong or missing"]),
  );
});

test("transfers: what is no store is refused by name", async () => {
  for (const store of [undefined, {}, "checkpoints"])
    assert.match(String(await failure(listed(store as never))), /TypeError: store must be a checkpoint store, got/);
});

const CALLS = {
  transfers: async (store: CheckpointStore, signal: AbortSignal) => {
    for await (const _ of transfers(store, { signal }));
  },
  cleanTransfers: (store: CheckpointStore, signal: AbortSignal) => cleanTransfers(world.client, store, { signal }),
  finishTransfers: (store: CheckpointStore, signal: AbortSignal) =>
    finishTransfers(world.client, store, { signal, filter: () => true, body: () => "text" }),
  discardTransfer: (store: CheckpointStore, signal: AbortSignal) =>
    discardTransfer(world.client, store, record, { signal }),
};

/** A store that never answers to the call of this name, the second time where it is asked before. */
function hanging(name: "list" | "get" | "get again" | "lock" | "delete"): {
  store: CheckpointStore;
  asked: Promise<void>;
} {
  const inner = testStore();
  inner.records.set(record.id, record);
  let reached = (): void => {};
  const asked = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const never = (): Promise<never> => {
    reached();
    return new Promise(() => {});
  };
  let gets = name === "get again" ? 1 : 0;
  const free = { lost: new AbortController().signal, release: async () => {} };
  const store: CheckpointStore = {
    ...inner,
    get: (id) => (name.startsWith("get") && !gets-- ? never() : inner.get(id)),
    list: () => (name === "list" ? never() : inner.list()),
    delete: (id) => (name === "delete" ? never() : inner.delete(id)),
    lock: () => (name === "lock" ? never() : Promise.resolve(free)),
  };
  return { store, asked };
}

for (const [call, name] of [
  ["transfers", "list"],
  ["transfers", "get"],
  ["cleanTransfers", "list"],
  ["cleanTransfers", "lock"],
  ["cleanTransfers", "get again"],
  ["cleanTransfers", "delete"],
  ["finishTransfers", "list"],
  ["finishTransfers", "lock"],
  ["finishTransfers", "get again"],
  ["discardTransfer", "delete"],
] as const) {
  test(`${call}: its signal ends it where the store never answers (${name})`, async () => {
    const { store, asked } = hanging(name);
    const controller = new AbortController();
    const reason = { why: "enough" };
    const ended = failure(CALLS[call](store, controller.signal));
    await asked;
    controller.abort(reason);
    assert.strictEqual(await ended, reason);
  });
}

test("transfers: an upload that fails where the code for failures could not be loaded holds no lock", async () => {
  const own = createWorld();
  own.onRequest = async (seen, forward) => (seen.kind === "part" ? new Response("", { status: 403 }) : forward());
  const checkpoints = memoryStore();
  const { job, run } = prepareUpload(own.client, { key: "k", body: new Blob(["a"]) }, { ...options, checkpoints });
  // As it is where the network was gone for a moment.
  Object.assign(job, { rescue: Promise.resolve(undefined) });
  assert.deepInclude(await failure(run()), { name: "ServiceError", status: 403 });
  own.onRequest = (_, forward) => forward();
  const again = upload(own.client, { key: "k", body: new Blob(["a"]) }, { ...options, checkpoints });
  assert.equal((await again).size, 1);
});
