/**
 * An upload as a job that can be paused, stopped and watched.
 * @module
 */
import { show } from "../core/validate.ts";
import { OSSError, TransferError } from "../errors.ts";
import { createFeed } from "../streams/feed.ts";
import type { Progress } from "../streams/progress.ts";
import type { Client } from "../types.ts";
import type { Rescue, UploadJob } from "./job.ts";
import { checkBody } from "./upload/check_at_once.ts";
import { checkOptions } from "./upload/check_options.ts";
import { disposable, type UndisposedUpload } from "./upload/disposable.ts";
import { createGate } from "./upload/gate.ts";
import { pausableTimer } from "./upload/pausable_timer.ts";
import type {
  Upload,
  UploadCheckpoint,
  UploadInput,
  UploadOptions,
  UploadResult,
  UploadState,
} from "./upload/types.ts";
import { prepareUpload } from "./upload.ts";

/**
 * Uploads a body of any size, as `upload` does, and hands out the job: it can be paused and resumed, stopped with its
 * parts kept, discarded with its parts deleted, and iterated for its progress.
 *
 * A pause stops the requests in flight; what the service has confirmed stays there. Parts that were under way are sent
 * again, from the file, or from memory when the body is a stream. Time limits do not run meanwhile.
 *
 * The job is not thenable: await its `finished`.
 *
 * @param client the client
 * @param input the object: key, body, and the headers of PutObject
 * @param options how to do it
 * @returns the job, under way
 * @throws TypeError, RangeError on bad arguments, at once
 * @example
 * ```ts
 * import { createClient, createUpload } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const job = createUpload(client, { key: "trip.mp4", body: new Blob([new Uint8Array(20_000_000)]) });
 * await job.pause(); // nothing is in flight any more
 * job.resume();
 * for await (const { acknowledged, total } of job) console.log(acknowledged, total);
 * console.log((await job.finished).etag);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/multipart-upload
 */
export function createUpload(client: Client, input: UploadInput, options: UploadOptions = {}): Upload {
  checkOptions(options);
  const feed = createFeed<Progress>();
  const { job, within, run } = prepareUpload(client, input, options, feed.put);
  const { key, body, contentLength } = input;
  checkBody(body, contentLength);
  const { controller } = job;
  const gate = createGate(within, controller, key);
  const limit = pausableTimer(job.limit);
  job.turn = gate.turn;
  job.limit = limit;

  let state: UploadState = "running";
  /** Was it told to end? Nothing resumes it then. */
  let ending: "stop" | "discard" | undefined;
  const stopped = new OSSError("it was stopped", "Stopped");
  const { begin } = job;
  job.begin =
    begin &&
    (async (first) => {
      const done = await begin(first);
      // There was nothing to write it into.
      if (state === "paused") await job.track?.note({ state });
      return done;
    });
  let checkpoint: UploadCheckpoint | undefined;
  let removal: Promise<void> | undefined;
  /** Why the parts could not be deleted. */
  let refusal: { readonly error: unknown } | undefined;

  const rescue = async (): Promise<Rescue> => (await job.rescue) ?? import("./upload/rescue.ts");
  const deleteParts = async (): Promise<void> => {
    const { stallTimeout, checkpoints } = options;
    // Before it has taken up what an earlier run left, and once it has ended, another one may drive it.
    const isDriving = job.track && (state === "running" || state === "paused");
    if (isDriving || !checkpoints) await (await rescue()).deleteParts(job, { stallTimeout });
    if (job.begin && !isDriving)
      await (await import("./resume/give_up.ts")).giveUp(job as UploadJob, options, { stallTimeout });
    job.uploadId = undefined;
    checkpoint = undefined;
  };
  const remove = (): Promise<void> => {
    removal ??= deleteParts().finally(() => {
      removal = undefined;
    });
    return removal;
  };
  /** Ends what did not succeed. */
  const conclude = async (error: unknown): Promise<UploadResult> => {
    const stop = controller.signal.reason === stopped;
    // It may have been done when it was stopped.
    const result = stop && job.unsure && (await (await rescue()).findCompleted(job));
    if (result) {
      await job.track?.over(result);
      state = "done";
      return result;
    }
    if (error instanceof TransferError) checkpoint = error.checkpoint as UploadCheckpoint | undefined;
    if (ending === "discard")
      await remove().catch((error: unknown) => {
        refusal = { error };
        return job.track?.ended("stopped");
      });
    const gone = job.uploadId === undefined && !refusal;
    // An abort keeps what has a record, and what it has not taken up yet.
    const deleted = options.signal?.aborted && !options.checkpoints && (job.held || !job.checkpoint);
    state = gone && (ending === "discard" || deleted) ? "discarded" : stop ? "stopped" : "failed";
    if (stop && gone && ending === "discard")
      throw new TransferError(`Upload of ${show(key)} was discarded`, { cause: undefined });
    throw error;
  };
  const finished = run()
    .then((result) => {
      state = "done";
      return result;
    }, conclude)
    .finally(feed.end);
  const settled = finished.then(
    () => {},
    () => {},
  );

  /** What a listener throws ends the upload, as it would elsewhere. */
  const idle = (): void => {
    try {
      job.progress.idle();
    } catch (error) {
      controller.abort(error);
    }
  };
  const pause = (): Promise<void> => {
    const closed = gate.close();
    if (state === "running") {
      state = "paused";
      limit.hold();
      idle();
    }
    return Promise.all([closed, job.track?.note({ state: "paused" })]).then(() => {});
  };
  const end = async (): Promise<void> => {
    await pause();
    controller.abort(stopped);
    await settled;
  };
  const discard = async (): Promise<void> => {
    ending = "discard";
    job.discarding = true;
    await end();
    if (refusal) {
      const { error } = refusal;
      refusal = undefined;
      throw error;
    }
    if (state === "stopped" || state === "failed") {
      await remove();
      state = "discarded";
    }
  };
  const upload: UndisposedUpload = {
    finished,
    get state() {
      return state;
    },
    pause,
    resume() {
      if (state !== "paused" || ending) return;
      state = "running";
      limit.go();
      idle();
      gate.open();
      void job.track?.note({ state: "running" });
    },
    async stop() {
      ending ??= "stop";
      await end();
      return checkpoint;
    },
    discard() {
      const discarded = discard();
      discarded.catch(() => {});
      return discarded;
    },
    [Symbol.asyncIterator]: feed.listen,
  };
  return disposable(upload);
}
