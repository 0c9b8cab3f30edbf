/** Looking on at an upload that somebody else drives. */
import type { TransferRecord } from "../../src/checkpoints.ts";
import { createUpload } from "../../src/transfer/create_upload.ts";
import { transfers } from "../../src/transfer/resume/transfers.ts";
import { watchTransfer } from "../../src/transfer/resume/watch_transfer.ts";
import { assert, test } from "../harness.ts";
import { failure, pattern } from "../unit/streams/support.ts";
import { memoryStore } from "./support/watched_stores.ts";
import { createWorld, PART } from "./upload_support.ts";

const options = { partSize: PART, multipartThreshold: 0, concurrency: 2 };
const bytes = pattern(6 * PART);

/** An upload whose parts from the third on wait until they are let go, and its record. */
async function halfDone() {
  const world = createWorld();
  const store = memoryStore();
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let reached = (): void => {};
  const begun = new Promise<void>((resolve) => {
    reached = resolve;
  });
  world.onRequest = async ({ kind, part, signal }, forward) => {
    if (kind !== "part" || part < 3) return forward();
    reached();
    const gone = new Promise<never>((_, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true }),
    );
    await Promise.race([held, gone]);
    return forward();
  };
  const job = createUpload(world.client, { key: "k", body: new Blob([bytes]) }, { ...options, checkpoints: store });
  await begun;
  const records: TransferRecord[] = [];
  for await (const record of transfers(store)) records.push(record);
  assert.lengthOf(records, 1);
  return { world, store, job, letGo, id: records[0]?.id ?? "" };
}

test("watch: the progress is told, and the end", async () => {
  const { store, job, letGo, id } = await halfDone();
  const seen: number[] = [];
  let first = (): void => {};
  const told = new Promise<void>((resolve) => {
    first = resolve;
  });
  const watching = watchTransfer(store, id, {
    onProgress({ acknowledged }) {
      seen.push(acknowledged);
      first();
    },
  });
  await told;
  letGo();
  assert.equal(await watching, "done");
  await job.finished;
  assert.isAbove(new Set(seen).size, 1);
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
});

test("watch: what is discarded, and what is left", async () => {
  const one = await halfDone();
  const gone = watchTransfer(one.store, { id: one.id });
  await one.job.discard();
  assert.equal(await gone, "discarded");
  await failure(one.job.finished);

  const other = await halfDone();
  const left = watchTransfer(other.store, other.id);
  await other.job.stop();
  assert.equal(await left, "free");
  await failure(other.job.finished);
  assert.equal(await watchTransfer(other.store, other.id), "free", "nobody drives it");
  // It was left to others: whoever goes on with it gets it.
  const again = { ...options, checkpoints: other.store };
  other.letGo();
  await createUpload(other.world.client, { key: "k", body: new Blob([bytes]) }, again).finished;
  assert.deepEqual(await other.world.open(), []);
});

test("watch: the signal, and what a listener throws, end it and nothing else", async () => {
  const { store, job, letGo, id } = await halfDone();
  const controller = new AbortController();
  const watching = failure(watchTransfer(store, id, { signal: controller.signal }));
  const reason = new Error("enough");
  controller.abort(reason);
  assert.strictEqual(await watching, reason);
  assert.strictEqual(await failure(watchTransfer(store, id, { signal: controller.signal })), reason);
  const own = new Error("mine");
  const onProgress = (): never => {
    throw own;
  };
  const later = async (): Promise<never> => onProgress();
  for (const listener of [onProgress, later])
    assert.strictEqual(await failure(watchTransfer(store, id, { onProgress: listener })), own);
  letGo();
  await job.finished;
});

test("watch: a store that fails is told; one without a lock has nobody else", async () => {
  const broken = new Error("full");
  const store = memoryStore();
  const failing = { ...store, get: () => Promise.reject(broken) };
  assert.strictEqual(await failure(watchTransfer(failing, "x")), broken);
  const { lock: _, ...lone } = store;
  assert.equal(await watchTransfer(lone, "x"), "free");
  assert.instanceOf(await failure(watchTransfer(store, {} as { id: string })), TypeError);
});

test("watch: the signal ends it where the store never answers", async () => {
  const controller = new AbortController();
  let asked = (): void => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const get = (): Promise<undefined> => {
    asked();
    return new Promise(() => {});
  };
  const watching = watchTransfer({ ...memoryStore(), get }, "upload-1", { signal: controller.signal });
  await isAsked;
  controller.abort("enough");
  assert.equal(await failure(watching), "enough");
});
