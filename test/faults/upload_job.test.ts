/** Random hands on the buttons of an upload, while requests fail. */
import {
  createUpload,
  listMultipartUploads,
  listParts,
  type Progress,
  type Upload,
  type UploadCheckpoint,
  type UploadInput,
} from "../../src/mod.ts";
import { createWorld, PART, refuse, type World } from "../conformance/upload_support.ts";
import { assert, fc, runtime, test } from "../harness.ts";
import { type CaughtTimers, catchTimers } from "../unit/core/timers.ts";
import { assertBytes, pattern, streamOf } from "../unit/streams/support.ts";

const faults = ["503", "storm", "reset before", "reset after", "flipped", "twice", "cut", "stall"] as const;
type Fault = (typeof faults)[number];

/** So long that nothing but a test lets it run out. */
const STALL = 61_000;

/** Which requests go wrong, by their positions; each goes wrong once, so that every upload can be done. */
function failing(
  world: World,
  plan: readonly (readonly [number, Fault])[],
  timers: CaughtTimers,
  seen: () => void,
): void {
  const script = new Map(plan);
  const failed = new Map<string, number>();
  world.onRequest = async ({ index, kind, part, body }, forward) => {
    seen();
    const once = `${kind}${part}`;
    const storms = failed.get(once) ?? 0;
    if (storms > 0) {
      failed.set(once, storms - 1);
      return refuse(503, "ServiceUnavailable");
    }
    const fault = script.get(index);
    // An upload whose opening is lost cannot be found again.
    const lost = kind === "initiate" && (fault === "reset after" || fault === "twice" || fault === "cut");
    if (!fault || failed.has(once) || lost) return forward();
    failed.set(once, fault === "storm" ? 2 : 0);
    if (fault === "503" || fault === "storm") return refuse(503, "ServiceUnavailable");
    if (fault === "stall") {
      // All that wait lose their patience with it.
      void timers.fire();
      return new Promise(() => {});
    }
    if (fault === "reset before") throw new TypeError("fetch failed");
    if (fault === "flipped" && (kind === "part" || kind === "put")) {
      const changed = body.slice();
      changed[0] = (changed[0] ?? 0) ^ 0x80;
      return forward(changed);
    }
    const response = await forward();
    if (fault === "reset after") throw new TypeError("fetch failed");
    if (fault === "twice") return forward();
    if (fault === "cut" && kind === "complete")
      return new Response((await response.text()).slice(0, -30), { headers: response.headers });
    return response;
  };
}

const sources: Record<string, (bytes: Uint8Array<ArrayBuffer>) => Pick<UploadInput, "body" | "contentLength">> = {
  bytes: (bytes) => ({ body: bytes }),
  blob: (bytes) => ({ body: new Blob([bytes]) }),
  stream: (bytes) => ({ body: streamOf(bytes, [90_000, 0, 30_000]).stream }),
  "stream of known length": (bytes) => ({ body: streamOf(bytes, [5]).stream, contentLength: bytes.length }),
};

const command = fc.record({
  /** So many more requests come first, if they come. */
  after: fc.nat(3),
  action: fc.constantFrom("pause", "pause, unawaited", "resume", "resume", "stop", "discard"),
});

/** Checks all of the progress while it comes, and gives the last of it. */
async function follow(job: Upload): Promise<Progress | undefined> {
  let last: Progress | undefined;
  for await (const progress of job) {
    assert.isAtLeast(progress.loaded, last?.loaded ?? 0);
    assert.isAtLeast(progress.acknowledged, last?.acknowledged ?? 0);
    assert.isAtLeast(progress.parts.done, last?.parts.done ?? 0);
    assert.isAtLeast(progress.loaded, progress.acknowledged);
    if (progress.total !== undefined) assert.isAtMost(progress.loaded, progress.total);
    last = progress;
  }
  return last;
}

/** The service holds each part that the checkpoint tells. */
async function assertKept(world: World, checkpoint: UploadCheckpoint): Promise<void> {
  const { parts } = await listParts(world.client, { key: "k", uploadId: checkpoint.uploadId });
  const stored = new Map(parts.map((part) => [part.partNumber, part]));
  for (const { number, size, etag, crc64 } of checkpoint.parts) {
    const part = stored.get(number);
    assert.deepEqual([part?.size, part?.etag, `${part?.crc64}`], [size, etag, crc64], `part ${number}`);
  }
}

test("job: whatever is pressed while requests fail, it ends whole, stopped or discarded, and tells the truth", {
  timeout: 120_000,
}, async () => {
  const outcomes = new Set<string>();
  // Only those of requests: bodies are granted a little more.
  const timers = catchTimers((ms) => ms >= STALL && ms < 2 * STALL);
  await fc
    .assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(sources)),
        fc.integer({ min: 0, max: 6 * PART }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        fc.array(fc.tuple(fc.nat(14), fc.constantFrom(...faults)), { maxLength: 5 }),
        fc.array(command, { maxLength: 8 }),
        async (kind, size, concurrency, single, plan, commands) => {
          const world = createWorld({ stallTimeout: STALL, retry: { base: 1, max: 2, attempts: 20 } });
          let requests = 0;
          let wake = (): void => {};
          failing(world, plan, timers, () => {
            requests++;
            wake();
          });
          const bytes = pattern(size, concurrency);
          const source = sources[kind];
          if (!source) return assert.fail(kind);
          const input = { key: "k", ...source(bytes) };
          const multipartThreshold = single ? 10 * PART : 0;
          const job = createUpload(world.client, input, { partSize: PART, concurrency, multipartThreshold });
          const followed = follow(job);
          let over = false;
          const settled = job.finished.then(
            (result) => ({ result }),
            (error: unknown) => ({ error }),
          );
          const end = settled.then(() => {
            over = true;
            wake();
          });
          const ends: Promise<unknown>[] = [];
          let ended = false;
          for (const { after, action } of commands) {
            const target = requests + after;
            while (job.state === "running" && !over && requests < target)
              await new Promise<void>((resolve) => {
                wake = resolve;
              });
            if (action === "resume") job.resume();
            else if (action === "pause, unawaited") void job.pause();
            else if (action === "pause") {
              await job.pause();
              if (job.state === "paused") assert.equal(world.inFlight, 0, "in flight after a pause");
            } else {
              ended = true;
              ends.push(action === "stop" ? job.stop() : job.discard());
            }
            // The state of a job that ended never changes back.
            if (over) assert.notInclude(["running", "paused"], job.state);
          }
          job.resume();
          const outcome = await settled;
          await Promise.all([end, ...ends]);
          const last = await followed;
          outcomes.add(job.state);

          assert.equal(world.inFlight, 0);
          const completed = world.oss.requests.filter(
            ({ operation, status }) => operation === "CompleteMultipartUpload" && status === 200,
          );
          assert.isAtMost(completed.length, 1);
          const { uploads } = await listMultipartUploads(world.client, {});
          if ("result" in outcome) {
            assert.equal(job.state, "done");
            assertBytes(await world.read("k"), bytes);
            assert.equal(outcome.result.size, size);
            assert.deepInclude(last, { acknowledged: size, loaded: size, total: size });
            assert.lengthOf(uploads, 0);
          } else {
            assert.isTrue(ended, `ended by itself: ${String(outcome.error)}`);
            assert.deepInclude(outcome.error, { name: "TransferError" });
            assert.include(["stopped", "discarded"], job.state);
            assert.lengthOf(completed, 0);
            const checkpoint = await job.stop();
            if (checkpoint) await assertKept(world, checkpoint);
            assert.deepEqual(
              uploads.map(({ uploadId }) => uploadId),
              checkpoint ? [checkpoint.uploadId] : [],
            );
            if (job.state === "discarded") assert.isUndefined(checkpoint);
            await job.discard();
            assert.deepEqual(await world.open(), []);
          }
        },
      ),
      { numRuns: runtime === "node" ? 200 : 50 },
    )
    .finally(timers.restore);
  assert.isTrue(outcomes.has("done"), [...outcomes].join());
});
