/** Locks that are lost, as after a sleep: another one drives by now, and nothing of it is touched; and those that must be let go. */
import type { CheckpointStore, TransferLock } from "../../src/checkpoints.ts";
import type { TransferError } from "../../src/errors.ts";
import { putObject } from "../../src/operations/object/basic.ts";
import { copy } from "../../src/transfer/copy.ts";
import { upload } from "../../src/transfer/upload.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";
import { scene, bytes as stored } from "./reload_scene.ts";
import { body, bytes, holdUp, options, testStore } from "./resume_support.ts";
import { failureOf } from "./support/world.ts";
import { createWorld, PART, refuse } from "./upload_support.ts";

/** A lock that may be lost. */
function frail(store: CheckpointStore): { readonly checkpoints: CheckpointStore; lose(): void; isHeld(): boolean } {
  const losing = new AbortController();
  let held = 0;
  const lock = async (): Promise<TransferLock> => {
    held++;
    return { lost: losing.signal, release: async () => void held-- };
  };
  return { checkpoints: { ...store, lock }, lose: () => losing.abort(), isHeld: () => held > 0 };
}

test("lost: an upload ends at once, writes nothing more, and the one that took over has the object", async () => {
  const store = testStore();
  const world = createWorld();
  const first = frail(store);
  const { reached, go } = holdUp(world, ({ part }) => part === 4);
  const slept = failure(upload(world.client, { key: "k", body }, { ...options, checkpoints: first.checkpoints }));
  await reached;
  const { length } = store.written;
  first.lose();
  const error = (await slept) as TransferError;
  assert.propertyVal(error.cause, "code", "TakenOver");
  assert.lengthOf(store.written, length);
  assert.isFalse(first.isHeld());
  go();
  const other = createWorld({}, {}, world.oss);
  await upload(other.client, { key: "k", body }, { ...options, checkpoints: frail(store).checkpoints });
  assertBytes(await world.read("k"), bytes);
  assert.isUndefined(other.kinds().initiate);
});

test("lost: a lock that was lost when it came drives nothing", async () => {
  const world = createWorld();
  const { checkpoints, lose, isHeld } = frail(testStore());
  lose();
  const error = (await failure(upload(world.client, { key: "k", body }, { ...options, checkpoints }))) as TransferError;
  assert.propertyVal(error.cause, "code", "TakenOver");
  assert.deepEqual([world.requests.length, isHeld()], [0, false]);
});

test("lost: a download of which nothing has arrived leaves alone what another one writes to by now", async (t) => {
  const { disk, go } = await scene(t);
  const { checkpoints, lose, isHeld } = frail(disk.store);
  const run = disk.run();
  run.onStep = (step) => {
    if (step === "resize") lose();
  };
  const error = (await failureOf(go({ checkpoints }, run))) as TransferError;
  assert.propertyVal(error.cause, "code", "TakenOver");
  assert.isFalse(isHeld());
  assert.lengthOf(disk.left(), 1);
  await go();
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), stored);
});

test("lost: a copy whose parts cannot be deleted lets its lock go", async () => {
  const world = createWorld();
  await putObject(world.client, { key: "a", body: bytes });
  const { checkpoints, isHeld } = frail(testStore());
  world.onRequest = async (seen, forward) => {
    if (seen.kind === "abort") return refuse(403, "AccessDenied");
    if (seen.part === 3) await putObject(createWorld({}, {}, world.oss).client, { key: "a", body: pattern(PART) });
    return forward();
  };
  const error = (await failure(
    copy(world.client, { sourceKey: "a", key: "b" }, { ...options, checkpoints }),
  )) as TransferError;
  assert.propertyVal(error.cause, "name", "SourceChangedError");
  assert.isFalse(isHeld());
});
