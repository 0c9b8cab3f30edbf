/** How uploads end that others look on at, and what is said where one cannot be gone on with. */
import type { CheckpointStore } from "../../src/checkpoints.ts";
import {
  CallbackError,
  callback,
  copy,
  type DownloadToOptions,
  type DownloadToResult,
  downloadTo,
  putObject,
  type TransferError,
  type UploadCheckpoint,
  type UploadOptions,
  upload,
} from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, deferred, failure } from "../unit/streams/support.ts";
import { createDisk } from "./reload_support.ts";
import { bytes, holdUp, input, leave, options, testStore } from "./resume_support.ts";
import { memoryStore } from "./support/watched_stores.ts";
import { createWorld, PART, refuse, type World } from "./upload_support.ts";

type Shared = Pick<UploadOptions, "checkpoints" | "onProgress">;

/** A store whose driver dies as soon as it has removed a record: nobody hears of it any more. */
function dying(store: CheckpointStore): CheckpointStore {
  let dead = false;
  let release = async (): Promise<void> => {};
  return {
    ...store,
    async delete(id) {
      await store.delete(id);
      dead = true;
      await release();
    },
    async lock(id, signal) {
      const lock = await store.lock?.(id, signal);
      if (!lock) throw new Error("it has locks");
      release = () => lock.release();
      return lock;
    },
    channel(id, receive) {
      const channel = store.channel?.(id, receive);
      return { send: (message) => dead || channel?.send(message), close: () => channel?.close() };
    },
  };
}

test("resume: who follows has the object when the driver dies behind the removal of the record", async () => {
  const jobs = {
    upload: ({ client }: World, more: Shared) => upload(client, input, { ...options, ...more }),
    copy: ({ client }: World, more: Shared) =>
      copy(client, { sourceKey: "k", key: "b" }, { partSize: PART, multipartThreshold: 0, ...more }),
  };
  for (const [name, run] of Object.entries(jobs)) {
    const world = createWorld();
    const checkpoints = memoryStore();
    await putObject(world.client, input);
    const { reached, go } = holdUp(world, (seen) => seen.kind === "complete");
    const driver = run(world, { checkpoints: dying(checkpoints) });
    await reached;
    const heard = deferred();
    const follower = run(world, { checkpoints, onProgress: () => heard.resolve() });
    await heard.promise;
    go();
    const [one, two] = await Promise.all([driver, follower]);
    assert.equal(two.uploadId, one.uploadId, name);
    assert.deepInclude(world.kinds(), { initiate: 1, complete: 1 });
  }
});

test("resume: a callback that failed fails for those who follow as well, and nobody uploads again", async () => {
  const world = createWorld({}, { callback: () => new Response("{}", { status: 400 }) });
  const checkpoints = memoryStore();
  const { reached, go } = holdUp(world, (seen) => seen.kind === "complete");
  const withCallback = { ...input, callback: callback({ url: "https://app.example.com/uploaded", body: "x" }) };
  const driver = failure(upload(world.client, withCallback, { ...options, checkpoints }));
  await reached;
  const heard = deferred();
  const onProgress = (): void => heard.resolve();
  const follower = failure(upload(world.client, withCallback, { ...options, checkpoints, onProgress }));
  await heard.promise;
  go();
  const [one, two] = (await Promise.all([driver, follower])) as CallbackError<Record<string, unknown>>[];
  for (const error of [one, two]) {
    assert.instanceOf(error, CallbackError);
    assert.deepInclude(error?.result, { status: 203, size: bytes.length });
    assert.typeOf(error?.result["crc64"], "bigint");
  }
  assert.equal(two?.message, one?.message);
  assert.equal(two?.result["uploadId"], one?.result["uploadId"]);
  assert.deepInclude(world.kinds(), { initiate: 1, complete: 1 });
  assert.deepEqual(await checkpoints.list(), []);
});

test("resume: where parts may not be listed, it is said what to do, and a checkpoint is not lost", async () => {
  const world = createWorld();
  const checkpoint = await leave(world, input);
  world.onRequest = async (seen, forward) => (seen.kind === "list" ? refuse(403, "AccessDenied") : forward());
  const error = (await failure(upload(world.client, input, { ...options, checkpoint }))) as TransferError;
  assert.match(error.message, /oss:ListParts.*fresh: true/);
  assert.deepInclude(error.cause, { name: "ServiceError", code: "AccessDenied", operation: "ListParts" });
  assert.deepEqual(error.checkpoint, checkpoint);
  assert.equal(error.uploadId, checkpoint.uploadId);
  world.onRequest = (_, forward) => forward();
  const again = error.checkpoint as UploadCheckpoint;
  assert.equal((await upload(world.client, input, { ...options, checkpoint: again })).uploadId, checkpoint.uploadId);

  const records = testStore();
  await leave(world, input, records);
  world.onRequest = async (seen, forward) => (seen.kind === "list" ? refuse(403, "AccessDenied") : forward());
  const recorded = (await failure(upload(world.client, input, { ...options, checkpoints: records }))) as TransferError;
  assert.match(recorded.message, /oss:ListParts.*fresh: true/);
  await upload(world.client, input, { ...options, checkpoints: records, fresh: true });
  assert.deepEqual(await world.open(), []);
  assert.equal(records.records.size, 0);
});

test("resume: an upload that was not to be gone on with leaves no checkpoint of what is gone", async () => {
  const world = createWorld();
  const checkpoint = await leave(world, input);
  world.onRequest = async (seen, forward) => (seen.kind === "initiate" ? refuse(403, "AccessDenied") : forward());
  const more = { ...options, checkpoint, fresh: true };
  const error = (await failure(upload(world.client, input, more))) as TransferError;
  assert.isUndefined(error.checkpoint);
  assert.deepEqual(await world.open(), []);
});

test("resume: who waits for a download has it when its driver dies behind the removal of the record", async () => {
  const world = createWorld();
  await putObject(world.client, input);
  const checkpoints = memoryStore();
  const reached = deferred();
  const go = deferred();
  let asked = 0;
  world.onRequest = async (_, forward) => {
    if (++asked === 3) {
      reached.resolve();
      await go.promise;
    }
    return forward();
  };
  const disk = createDisk();
  const plan = { partSize: PART, multipartThreshold: 0, concurrency: 1 };
  const run = (more: Pick<DownloadToOptions, "checkpoints" | "onProgress">): Promise<DownloadToResult> =>
    downloadTo(world.client, { key: "k" }, disk.run().sink, { ...plan, ...more });
  const driver = run({ checkpoints: dying(checkpoints) });
  await reached.promise;
  const heard = deferred();
  const follower = run({ checkpoints, onProgress: () => heard.resolve() });
  await heard.promise;
  go.resolve();
  const [one, two] = await Promise.all([driver, follower]);
  assert.equal(two.etag, one.etag);
  assert.equal(asked, 7);
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
});

test("resume: reasons of aborts are no results, whatever they have", async () => {
  for (const checkpoints of [undefined, testStore()]) {
    const world = createWorld();
    const controller = new AbortController();
    const reason = { result: {}, message: "leaving" };
    world.onRequest = async (seen, forward) => {
      if (seen.part === 3) controller.abort(reason);
      return forward();
    };
    const { signal } = controller;
    assert.equal(await failure(upload(world.client, input, { ...options, checkpoints, signal })), reason);
    assert.deepEqual(await world.open(), checkpoints ? ["k"] : []);
    const states = [...(checkpoints?.records.values() ?? [])].map(({ state }) => state);
    assert.deepEqual(states, checkpoints ? ["stopped"] : []);
  }
});

test("resume: an ETag that came altered makes the upload fail; who goes on from its checkpoint asks for the right one", async () => {
  const world = createWorld({ retry: { attempts: 1 } });
  world.onRequest = async ({ kind, part }, forward) => {
    const response = await forward();
    if (kind !== "part" || part !== 2) return response;
    const headers = new Headers(response.headers);
    headers.set("etag", `${headers.get("etag")}`.replace('"', "#"));
    return new Response(response.body, { status: response.status, headers });
  };
  const failed = (await failure(upload(world.client, input, options))) as TransferError;
  assert.deepInclude(failed, { name: "TransferError" });
  const checkpoint = failed.checkpoint as UploadCheckpoint;
  assert.match(`${checkpoint.parts.find(({ number }) => number === 2)?.etag}`, /^#/);
  const { part: sent } = world.kinds();
  world.onRequest = (_, forward) => forward();
  await upload(world.client, input, { ...options, checkpoint });
  assert.equal(world.kinds().part, sent, "parts that were sent again");
  assertBytes(await world.read("k"), bytes);
});
