/** Uploads that share slots. */
import { createSlots, createUpload, type Slots, type UploadOptions, upload } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, deferred, failure, pattern } from "../unit/streams/support.ts";
import { createWorld, PART } from "./upload_support.ts";

const options: UploadOptions = { partSize: PART, multipartThreshold: 0, concurrency: 3 };

/** Slots that tell how many are taken. */
function counted(limit: number): { slots: Slots; taken(): number } {
  const { take } = createSlots(limit);
  let taken = 0;
  return {
    slots: {
      async take(signal, priority) {
        const release = await take(signal, priority);
        taken++;
        return () => {
          taken--;
          release();
        };
      },
    },
    taken: () => taken,
  };
}

test("slots: several uploads never have more requests than slots, single puts and all, and give them all back", async () => {
  const world = createWorld();
  const { slots, taken } = counted(2);
  const both = deferred();
  world.onRequest = async ({ index }, forward) => {
    assert.isAtMost(world.inFlight, 2);
    assert.isAtLeast(taken(), world.inFlight);
    if (index === 1) both.resolve();
    await both.promise;
    return forward();
  };
  const sizes = [4 * PART + 1, 9, 3 * PART, 2 * PART + 7, 0];
  await Promise.all(
    sizes.map((size, at) => upload(world.client, { key: `${at}`, body: pattern(size, at) }, { ...options, slots })),
  );
  for (const [at, size] of sizes.entries()) assertBytes(await world.read(`${at}`), pattern(size, at));
  assert.equal(world.mostInFlight, 2);
  assert.equal(taken(), 0);
});

test("slots: nothing is read before there is a slot for it", async () => {
  const { client } = createWorld();
  const slots = createSlots(1);
  const release = await slots.take(new AbortController().signal);
  let pulls = 0;
  const asked = deferred();
  const waiting: Slots = {
    take(signal, priority) {
      asked.resolve();
      return slots.take(signal, priority);
    },
  };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (++pulls > 3) return controller.close();
        controller.enqueue(pattern(PART));
      },
    },
    { highWaterMark: 0 },
  );
  const job = createUpload(client, { key: "k", body }, { ...options, slots: waiting });
  await asked.promise;
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(pulls, 0);
  release();
  assert.equal((await job.finished).size, 3 * PART);
});

test("slots: the higher priority goes first", async () => {
  const world = createWorld();
  const slots = createSlots(1);
  const release = await slots.take(new AbortController().signal);
  const jobs = [1, 3, 2].map((priority) =>
    upload(world.client, { key: `${priority}`, body: "x" }, { slots, priority, multipartThreshold: 10 }),
  );
  const order: string[] = [];
  for (const [at, job] of jobs.entries()) void job.then(() => order.push(`${[1, 3, 2][at]}`));
  await new Promise((resolve) => setTimeout(resolve));
  release();
  await Promise.all(jobs);
  assert.deepEqual(order, ["3", "2", "1"]);
});

test("slots: a paused upload lets the others go on, and an aborted one leaves the queue", async () => {
  const world = createWorld();
  const { slots, taken } = counted(2);
  const two = deferred();
  let held = 0;
  world.onRequest = ({ kind, query, headers }, forward) => {
    if (kind !== "part" || !query.get("uploadId") || headers.get("x-trace") !== "first") return forward();
    if (++held === 2) two.resolve();
    return new Promise(() => {});
  };
  const bytes = pattern(4 * PART);
  const first = createUpload(
    world.client,
    { key: "first", body: bytes, headers: { "x-trace": "first" } },
    { ...options, slots },
  );
  await two.promise;
  const second = createUpload(world.client, { key: "second", body: bytes }, { ...options, slots });
  const controller = new AbortController();
  const third = upload(world.client, { key: "third", body: bytes }, { ...options, slots, signal: controller.signal });
  // All slots are taken by the first: it waits behind the second.
  controller.abort("enough");
  assert.equal(await failure(third), "enough");
  await first.pause();
  await second.finished;
  assert.equal(taken(), 0);
  world.onRequest = (_, forward) => forward();
  first.resume();
  await first.finished;
  assertBytes(await world.read("first"), bytes);
  assertBytes(await world.read("second"), bytes);
  assert.equal(taken(), 0);
});

test("slots: paused while its completion waits for a slot, an upload is completed when it goes on", async () => {
  const world = createWorld();
  const pool = createSlots(1);
  const release = deferred<() => void>();
  let turns = 0;
  const slots: Slots = {
    async take(signal, priority) {
      // The opening and two parts were before.
      if (++turns === 4) release.resolve(await pool.take(new AbortController().signal));
      return pool.take(signal, priority);
    },
  };
  const bytes = pattern(2 * PART);
  const job = createUpload(world.client, { key: "k", body: bytes }, { ...options, concurrency: 1, slots });
  const giveBack = await release.promise;
  await job.pause();
  assert.isUndefined(world.kinds().complete);
  giveBack();
  job.resume();
  await job.finished;
  assert.equal(world.kinds().complete, 1);
  assertBytes(await world.read("k"), bytes);
});
