/** Two uploads of one object at once, with one store: one drives, the other looks on. `npm run tabs` does it with tabs. */

import type { CheckpointStore } from "../../src/checkpoints.ts";
import { downloadTo, type Progress, type UploadResult, upload } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, deferred, failure, pattern } from "../unit/streams/support.ts";
import { createDisk } from "./reload_support.ts";
import { holdUp, options } from "./resume_support.ts";
import { memoryStore } from "./support/watched_stores.ts";
import { createWorld, PART, type World } from "./upload_support.ts";

const bytes = pattern(6 * PART + 9);

interface Seat {
  readonly world: World;
  readonly seen: Progress[];
  readonly finished: Promise<UploadResult>;
}

/** Sits down at a table, where others upload the same. */
function createTable(first: World): (world: World, signal?: AbortSignal) => Seat {
  const checkpoints = memoryStore();
  return (world, signal) => {
    const seen: Progress[] = [];
    const more = { checkpoints, onProgress: (progress: Progress) => void seen.push(progress), signal };
    const finished = upload(world.client, { key: "k", body: new Blob([bytes]) }, { ...options, ...more });
    finished.catch(() => undefined);
    assert.equal(world.oss, first.oss);
    return { world, seen, finished };
  };
}

function assertRising({ seen }: Seat): void {
  for (const [at, { acknowledged, loaded }] of seen.entries()) {
    assert.isAtLeast(acknowledged, seen[at - 1]?.acknowledged ?? 0);
    assert.isAtLeast(loaded, seen[at - 1]?.loaded ?? 0);
  }
  assert.deepInclude(seen.at(-1), { acknowledged: bytes.length, total: bytes.length });
}

test("two: one drives, both see it and get the object", async () => {
  const world = createWorld();
  const sit = createTable(world);
  const { reached, go } = holdUp(world, ({ kind, part }) => kind === "part" && part === 3);
  const driver = sit(world);
  await reached;
  const other = sit(createWorld({}, {}, world.oss));
  go();
  const [first, second] = await Promise.all([driver.finished, other.finished]);
  assert.equal(second.etag, first.etag);
  assert.equal(second.crc64, first.crc64);
  assert.deepEqual([...second.headers], [...first.headers]);
  assert.lengthOf(other.world.requests, 0);
  assert.deepInclude(world.kinds(), { initiate: 1, part: 7, complete: 1 });
  for (const seat of [driver, other]) assertRising(seat);
  assertBytes(await world.read("k"), bytes);
});

test("two: when the driver ends early, the other goes on, and progress with it", async () => {
  const world = createWorld();
  const sit = createTable(world);
  const reached = deferred();
  let beyond = 0;
  world.onRequest = async ({ kind, part }, forward) => {
    if (kind !== "part" || part < 5) return forward();
    // With both lanes beyond them, parts 1 to 4 are over.
    if (++beyond === 2) reached.resolve();
    return new Promise(() => {});
  };
  const controller = new AbortController();
  const driver = sit(world, controller.signal);
  await reached.promise;
  const other = sit(createWorld({}, {}, world.oss));
  while (other.seen.length === 0) await new Promise((resolve) => setTimeout(resolve));
  assert.equal(other.seen.at(-1)?.acknowledged, 4 * PART, "who comes late is told how far it is");
  controller.abort("closed");
  assert.equal(await failure(driver.finished), "closed");
  await other.finished;
  assertRising(other);
  const kinds = other.world.kinds();
  assert.equal(kinds.initiate, undefined);
  assert.equal(kinds.part, 3, "parts 1 to 4 are there");
  assertBytes(await world.read("k"), bytes);
});

test("two: of a driver of another version only the end is understood, and that is enough", async () => {
  const world = createWorld();
  const store = memoryStore();
  const joined = deferred<(message: unknown) => void>();
  let asked = 0;
  const checkpoints: CheckpointStore = {
    ...store,
    lock: async () =>
      ++asked > 1 ? { lost: new AbortController().signal, release: async () => {} } : new Promise(() => {}),
    channel(_, receive) {
      joined.resolve(receive);
      return { send() {}, close() {} };
    },
  };
  const finished = upload(world.client, { key: "k", body: new Blob([bytes]) }, { ...options, checkpoints });
  const tell = await joined.promise;
  tell({ type: "progress", progress: { acknowledged: 1 } });
  tell({ type: "done", result: { size: bytes.length } });
  await finished;
  assertBytes(await world.read("k"), bytes);
});

test("two: who downloads what is made of an object does not get the object that another one downloads", async () => {
  const world = createWorld();
  await upload(world.client, { key: "k", body: new Blob([bytes]) }, options);
  const checkpoints = memoryStore();
  const plan = { partSize: PART, concurrency: 1, checkpoints };
  let gets = 0;
  const { reached, go } = holdUp(world, () => ++gets === 2);
  const whole = downloadTo(world.client, { key: "k" }, createDisk().run().sink, plan);
  await reached;
  const there = createWorld({}, {}, world.oss);
  const info = downloadTo(there.client, { key: "k", process: "image/info" }, createDisk().run().sink, plan);
  go();
  // The service says that these bytes are no image.
  const [object, made] = await Promise.allSettled([whole, info]);
  assert.equal(object.status, "fulfilled");
  assert.equal(made.status, "rejected");
  assert.deepEqual(
    there.requests.map(({ query }) => query.get("x-oss-process")),
    ["image/info"],
  );
});
