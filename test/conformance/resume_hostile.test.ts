/** Resuming as unlucky and hostile callers do it. */

import type { CheckpointStore, TransferLock } from "../../src/checkpoints.ts";
import { copy, createUpload, putObject, upload } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, deferred, failure, pattern, streamOf } from "../unit/streams/support.ts";
import { createScene, holdUp, options, testStore } from "./resume_support.ts";
import { memoryStore } from "./support/watched_stores.ts";
import { createWorld, PART, refuse } from "./upload_support.ts";

const bytes = pattern(10 * PART + 7);

test("resume: a stream of unknown length goes on whole, however its parts are to be cut now", async () => {
  for (const [before, now] of [
    [2 * PART, PART],
    [PART, 2 * PART],
    [PART, 20 * PART],
    [3 * PART, 2 * PART],
    [PART, "auto"],
    [PART, PART],
  ] as const) {
    const scene = createScene();
    const plan = { concurrency: 1, partSize: before };
    scene.kill = (step) => step === "before part 3";
    assert.equal(await scene.run({ body: streamOf(bytes, [70_000]).stream }, plan), "killed");
    scene.kill = undefined;
    const result = await scene.run({ body: streamOf(bytes, [9]).stream }, { ...plan, partSize: now });
    assert.deepInclude(result, { size: bytes.length });
    assertBytes(await scene.world.read("k"), bytes);
    assert.lengthOf(new Set(scene.acknowledged), scene.acknowledged.length, "no part is sent twice");
    assert.equal(scene.requests.filter(({ kind }) => kind === "initiate").length, 1);
    assert.deepEqual(await scene.world.open(), []);
  }
});

test("resume: nobody is content with an object that was made of another body, or with other headers", async () => {
  const other = pattern(bytes.length, 1);
  const cases = {
    body: [{ body: bytes }, { body: other }, { body: bytes }],
    metadata: [{ body: bytes }, { body: bytes, metadata: { by: "me" } }],
    // What can be read once cannot be compared and sent.
    stream: [{ body: new Blob([bytes]).stream(), contentLength: bytes.length }, { body: other }],
  };
  for (const [name, inputs] of Object.entries(cases)) {
    const world = createWorld();
    const checkpoints = memoryStore();
    const order: number[] = [];
    const results = await Promise.all(
      inputs.map(async (input, at) => {
        const result = await upload(world.client, { key: "k", ...input }, { ...options, checkpoints });
        order.push(at);
        return result;
      }),
    );
    assert.lengthOf(new Set(results.map(({ uploadId }) => uploadId)), name === "body" ? 2 : inputs.length, name);
    const last = inputs[order.at(-1) ?? 0]?.body;
    if (last instanceof Uint8Array) assertBytes(await world.read("k"), last);
    assert.deepEqual(await world.open(), []);
    assert.deepEqual(await checkpoints.list(), []);
  }
});

test("resume: nobody is content with a copy of what the source was before, or with other headers", async () => {
  const other = pattern(bytes.length, 1);
  for (const change of ["none", "source", "headers"]) {
    const world = createWorld();
    await putObject(world.client, { key: "a", body: bytes });
    const checkpoints = memoryStore();
    const { reached, go } = holdUp(world, ({ kind }) => kind === "complete");
    const input = { sourceKey: "a", key: "b" };
    const driver = copy(world.client, input, { ...options, checkpoints });
    await reached;
    if (change === "source") await putObject(world.client, { key: "a", body: other });
    const heard = deferred();
    const more = { ...options, checkpoints, onProgress: () => heard.resolve() };
    const described = change === "headers" ? { ...input, storageClass: "IA" as const } : input;
    const follower = copy(world.client, described, more);
    await heard.promise;
    go();
    const [one, two] = await Promise.all([driver, follower]);
    assert.equal(one.uploadId === two.uploadId, change === "none", change);
    assertBytes(await world.read("b"), change === "source" ? other : bytes);
    assert.deepEqual([await world.open(), await checkpoints.list()], [[], []]);
  }
});

test("resume: a listener that throws while an upload is taken up deletes nothing", async () => {
  for (const call of [1, 2, 3, 5]) {
    const scene = createScene();
    const body = new Blob([bytes]);
    scene.kill = (step) => step === "before part 5";
    assert.equal(await scene.run({ body }), "killed");
    scene.kill = undefined;
    let calls = 0;
    const onProgress = (): void => {
      if (++calls === call) throw new Error("the listener's");
    };
    assert.propertyVal(await failure(scene.run({ body }, { onProgress })), "message", "the listener's");
    assert.deepEqual(await scene.world.open(), ["k"]);
    assert.equal(scene.store.records.size, 1);
    await scene.run({ body });
    assert.lengthOf(new Set(scene.acknowledged), scene.acknowledged.length);
  }
});

test("resume: who may not look at objects begins anew after a kill behind its completion", async () => {
  for (const code of ["AccessDenied", "Forbidden"]) {
    const scene = createScene();
    const body = new Blob([bytes]);
    scene.kill = (step) => step === "before delete";
    assert.equal(await scene.run({ body }), "killed");
    scene.kill = undefined;
    scene.onRequest = async (seen, forward) => (seen.kind === "head" ? refuse(403, code) : forward());
    await scene.run({ body });
    assertBytes(await scene.world.read("k"), bytes);
    assert.equal(scene.completed, 2);
    assert.equal(scene.store.records.size, 0);
  }
});

test("resume: an abort ends the wait for a lock that is never settled, and one that comes late is let go", async () => {
  const world = createWorld();
  const late = deferred<TransferLock>();
  const asked = deferred();
  const released = deferred();
  const lock = (): Promise<TransferLock> => {
    asked.resolve();
    return late.promise;
  };
  const controller = new AbortController();
  const more = { ...options, checkpoints: { ...testStore(), lock }, signal: controller.signal };
  const finished = upload(world.client, { key: "k", body: bytes }, more);
  await asked.promise;
  controller.abort("enough");
  assert.equal(await failure(finished), "enough");
  late.resolve({ lost: new AbortController().signal, release: async () => released.resolve() });
  await released.promise;
  assert.lengthOf(world.requests, 0);
});

test("resume: a line that cannot be closed keeps no lock", async () => {
  const world = createWorld();
  let held = 0;
  const checkpoints: CheckpointStore = {
    ...testStore(),
    async lock() {
      held++;
      return { lost: new AbortController().signal, release: async () => void held-- };
    },
    channel: () => ({
      send() {},
      close() {
        throw new Error("closed already");
      },
    }),
  };
  await upload(world.client, { key: "k", body: bytes }, { ...options, checkpoints });
  assert.equal(held, 0);
});

test("resume: a job that has ended writes nothing any more, whatever it is told", async () => {
  const world = createWorld();
  const checkpoints = testStore();
  const job = createUpload(world.client, { key: "k", body: bytes }, { ...options, checkpoints });
  let turned: Promise<void> | undefined;
  world.onRequest = async (seen, forward) => {
    if (seen.kind === "complete") turned = job.pause().then(() => job.resume());
    return forward();
  };
  await job.finished;
  await turned;
  await job.pause();
  await job.stop();
  assert.deepEqual([...checkpoints.records.keys()], []);

  world.onRequest = async (seen, forward) => (seen.part === 3 ? refuse(403, "AccessDenied") : forward());
  const failed = createUpload(world.client, { key: "k", body: bytes }, { ...options, checkpoints });
  await failure(failed.finished);
  const { length } = checkpoints.written;
  await failed.pause();
  await failed.stop();
  assert.lengthOf(checkpoints.written, length);
});
