/** Uploads of a page whose file or storage is in trouble: they finish, or fail with an error that says what to do. */
import type { CheckpointStore, TransferRecord } from "../../src/checkpoints.ts";
import { createUpload } from "../../src/transfer/create_upload.ts";
import { resumeUpload } from "../../src/transfer/resume/resume_upload.ts";
import { transfers } from "../../src/transfer/resume/transfers.ts";
import type { UploadRecord } from "../../src/transfer/resume/types.ts";
import { upload } from "../../src/transfer/upload.ts";
import type { FileHandle } from "../../src/types.ts";
import { assert, test } from "../harness.ts";
import { catchTimers } from "../unit/core/timers.ts";
import {
  BROWSERS,
  brokenDatabase,
  deleteDatabase,
  freeName,
  openRaw,
  withIndexedDB,
} from "../unit/stores/databases.ts";
import { fill, NO_OPFS, opfsFolder } from "../unit/streams/opfs.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";
import { indexedDBStore, memoryStore } from "./support/watched_stores.ts";
import { createWorld, PART, type World } from "./upload_support.ts";

const NAME = "trip.mp4";
const bytes = pattern(5 * PART + 1);
const options = { partSize: PART, multipartThreshold: 0, concurrency: 2 };
const file = (): File => new File([bytes], NAME, { lastModified: 1000 });

/** An upload that was stopped with two parts at the service, and its record. */
async function stopped(world: World, checkpoints: CheckpointStore, body: File | FileHandle): Promise<UploadRecord> {
  let parts = 0;
  let enough = (): void => {};
  const reached = new Promise<void>((resolve) => {
    enough = resolve;
  });
  world.onRequest = async ({ kind, signal }, forward) => {
    if (kind !== "part" || ++parts <= 2) return forward();
    enough();
    return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true }));
  };
  const job = createUpload(world.client, { key: "k", body }, { ...options, checkpoints });
  await reached;
  await job.stop();
  await failure(job.finished);
  world.onRequest = (_, forward) => forward();
  const records: TransferRecord[] = [];
  for await (const record of transfers(checkpoints)) records.push(record);
  assert.lengthOf(records, 1);
  assert.equal(records[0]?.state, "stopped");
  return records[0] as UploadRecord;
}

/** It is there, was not sent twice, and left nothing. */
async function assertWhole(world: World, checkpoints: CheckpointStore): Promise<void> {
  assertBytes(await world.read("k"), bytes);
  assert.deepEqual(await world.open(), []);
  assert.deepEqual(await checkpoints.list(), []);
}

const TROUBLES = [
  [
    "NotAllowedError",
    "permission is denied",
    /may not be read by this page: ask for it in a click .* or pick it again/,
  ],
  ["NotFoundError", "the file was deleted", /is gone, since it was deleted, moved or renamed: pick it again/],
] as const;

for (const [error, what, advice] of TROUBLES)
  test(`page: ${what} behind a handle: nothing is touched, and the file that is picked again goes on`, async () => {
    const world = createWorld();
    const checkpoints = memoryStore();
    let broken = false;
    const handle = {
      name: NAME,
      getFile: async () => {
        if (broken) throw new DOMException("The request is not allowed", error);
        return file();
      },
    };
    const record = await stopped(world, checkpoints, handle);
    assert.strictEqual(record.handle, handle);
    broken = true;
    const requests = world.requests.length;
    const refused = (await failure(resumeUpload(world.client, record, { checkpoints }).finished)) as Error;
    assert.match(refused.message, advice);
    assert.include(refused.message, NAME);
    assert.lengthOf(world.requests, requests, "nobody was asked");
    assert.deepEqual(await checkpoints.get(record.id), record);
    assert.lengthOf(await world.open(), 1);
    await resumeUpload(world.client, record, { body: file(), checkpoints }).finished;
    await assertWhole(world, checkpoints);
    assert.deepEqual(world.warnings, []);
  });

test(
  "page: a handle that the browser does not keep: the rest is kept, and the file is picked again",
  BROWSERS,
  async () => {
    const world = createWorld();
    const name = freeName();
    const checkpoints = indexedDBStore(name);
    const handle: FileHandle = { getFile: async () => file() };
    const record = await stopped(world, checkpoints, handle);
    assert.isUndefined(record.handle, "as in WebKit");
    assert.equal(record.name, NAME);
    assert.throws(() => resumeUpload(world.client, record, { checkpoints }), "body must be given");
    // The same call, with the file that was picked again.
    await upload(world.client, { key: "k", body: file() }, { ...options, checkpoints });
    await assertWhole(world, checkpoints);
    assert.deepEqual(world.warnings, []);
    await deleteDatabase(name);
  },
);

test("page: a file of the origin's own storage goes on from its record alone", NO_OPFS, async () => {
  const world = createWorld();
  const name = freeName();
  const { folder, dispose } = await opfsFolder();
  await fill(folder, NAME, bytes);
  const record = await stopped(world, indexedDBStore(name), await folder.getFileHandle(NAME));
  const checkpoints = indexedDBStore(name);
  await resumeUpload(world.client, record, { checkpoints }).finished;
  await assertWhole(world, checkpoints);
  await dispose();
  await deleteDatabase(name);
});

const full = new DOMException("Encountered full disk", "QuotaExceededError");
const STORAGES = [
  ["is full", /the storage of this site is full/, () => brokenDatabase(full).request],
  ["is none, as in a private window", /there is none here, as in private windows/, undefined],
] as const;

for (const [what, warning, open] of STORAGES)
  test(`page: the storage ${what}: the upload finishes, and it is told once`, async () => {
    const world = createWorld();
    const answer =
      open &&
      (() => {
        const request = open();
        queueMicrotask(() => request.onsuccess?.());
        return request;
      });
    await withIndexedDB(answer, async () => {
      await upload(world.client, { key: "k", body: file() }, { ...options, checkpoints: indexedDBStore("x") });
    });
    assertBytes(await world.read("k"), bytes);
    assert.lengthOf(world.warnings, 1);
    assert.match(world.warnings[0] ?? "", warning);
    assert.deepEqual(await world.open(), []);
  });

test(
  "page: the database is blocked by another tab's upgrade: the upload finishes, and it is told once",
  BROWSERS,
  async () => {
    const world = createWorld();
    const name = freeName();
    const stubborn = await openRaw(name, 1);
    const upgrade = openRaw(name, 2);
    const timers = catchTimers((milliseconds) => milliseconds === 5000);
    try {
      let over = false;
      const done = upload(world.client, { key: "k", body: file() }, { ...options, checkpoints: indexedDBStore(name) });
      const ended = done.finally(() => {
        over = true;
      });
      while (!over) {
        if (timers.waiting() > 0) await timers.fire();
        await new Promise((resolve) => setTimeout(resolve));
      }
      await ended;
    } finally {
      timers.restore();
    }
    assertBytes(await world.read("k"), bytes);
    assert.lengthOf(world.warnings, 1);
    assert.match(world.warnings[0] ?? "", /close that tab|no answer within 5000 ms/);
    stubborn.close();
    (await upgrade).close();
    await deleteDatabase(name);
  },
);
