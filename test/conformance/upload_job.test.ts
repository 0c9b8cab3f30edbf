/** The job of an upload, where it was begun; see the contract for most of it. */
import { createUpload } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { pattern, streamOf } from "../unit/streams/support.ts";
import { holding, testJobs } from "./upload_job_contract.ts";
import { createWorld, PART } from "./upload_support.ts";

testJobs("job", (_, world, input, options) => createUpload(world.client, input, options));

const bytes = pattern(5 * PART + 7);

test("job: paused in its first turn, it sends nothing; a single put is sent again", async () => {
  const world = createWorld();
  const job = createUpload(world.client, { key: "k", body: "small" });
  await job.pause();
  await new Promise((resolve) => setTimeout(resolve));
  assert.lengthOf(world.requests, 0);
  const { reached } = holding(world, "put");
  job.resume();
  await reached;
  await job.pause();
  assert.equal(world.inFlight, 0);
  world.onRequest = (_, forward) => forward();
  job.resume();
  await job.finished;
  assert.deepEqual(world.kinds(), { put: 2 });
  assert.equal((await world.read("k")).length, 5);
});

test("job: bad arguments are told at once", () => {
  const { client, requests } = createWorld();
  const read = new Response("x");
  void read.text();
  const locked = streamOf(bytes).stream;
  locked.getReader();
  for (const [input, kind, more] of [
    [{ key: "", body: "x" }, TypeError],
    [{ key: "k", body: 7 as unknown as string }, TypeError],
    [{ key: "k", body: null as unknown as string }, TypeError],
    [{ key: "k", body: {} as unknown as string }, TypeError],
    [{ key: "k", body: read }, TypeError],
    [{ key: "k", body: locked }, TypeError],
    [{ key: "k", body: bytes, contentLength: 3 }, RangeError],
    [{ key: "k", body: "x", contentLength: -1 }, RangeError],
    [{ key: "k", body: "x", trafficLimit: 5 }, RangeError],
    [{ key: "k", body: "x" }, RangeError, { partSize: 1 }],
    [{ key: "k", body: "x" }, RangeError, { timeout: 0 }],
    [{ key: "k", body: "x" }, TypeError, { onProgress: 7 as unknown as () => void }],
    [{ key: "k", body: "x" }, TypeError, { slots: 6 as never }],
    [{ key: "k", body: "x" }, RangeError, { priority: Number.NaN }],
  ] as const) {
    assert.throws(() => createUpload(client, input, more), kind);
  }
  assert.lengthOf(requests, 0);
});
