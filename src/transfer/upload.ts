/**
 * Uploads of any size: in one request when small, else in parallel parts, every byte checked.
 * @module
 */
import { address } from "../core/address.ts";
import { limitTimer } from "../core/late.ts";
import { checkInteger, show } from "../core/validate.ts";
import { watchBody } from "../core/watched_body.ts";
import { putObject } from "../operations/object/basic.ts";
import { abortable } from "../streams/abort.ts";
import { openSource } from "../streams/open_source.ts";
import type { Progress } from "../streams/progress.ts";
import type { SourceBody } from "../streams/source.ts";
import type { Client } from "../types.ts";
import { type Piece, type UploadJob, type Within, withBytes } from "./job.ts";
import { DEFAULT_PART, fillPlan, MAX_PART, MAX_PARTS } from "./plan.ts";
import { uploadParts } from "./upload/multipart.ts";
import type { UploadInput, UploadOptions, UploadResult } from "./upload/types.ts";

/**
 * Uploads a body of any size.
 *
 * Up to `multipartThreshold` it goes in one request; above, or when its length is unknown, in parallel parts. Every part
 * and the whole object are checked by CRC-64. Memory stays below (`concurrency` + 1) x part size.
 *
 * When it is aborted, requests in flight are stopped and the parts deleted before it rejects. When it fails, the parts
 * stay at the service: `uploadId` and `checkpoint` of the error tell what is there, `abortMultipartUpload` deletes it.
 *
 * With `checkpoints` the same call goes on after a crash, and an abort keeps the parts, too.
 *
 * @param client the client
 * @param input the object: key, body, and the headers of PutObject
 * @param options how to do it
 * @returns the object's ETag, CRC-64, version and length
 * @throws TypeError, RangeError on bad arguments, before any request
 * @throws CallbackError when the object is stored, but its callback failed
 * @throws TransferError when it could not be done: `cause` tells why, `failedParts` where, `checkpoint` what was kept
 * @example
 * ```ts
 * import { createClient, upload } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const body = new Blob([new Uint8Array(20_000_000)]);
 * const { etag } = await upload(client, { key: "trip.mp4", body }, {
 *   onProgress: ({ acknowledged, total }) => console.log(acknowledged, total),
 * });
 * console.log(etag);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/multipart-upload
 */
export async function upload(client: Client, input: UploadInput, options: UploadOptions = {}): Promise<UploadResult> {
  return prepareUpload(client, input, options).run();
}

/** An upload that has not begun: its `turn` and `limit` may still be exchanged. */
export interface Prepared {
  readonly job: Omit<UploadJob, "source">;
  readonly within: Within;
  /** Runs it. Once it has settled, nothing is in flight any more. */
  run(): Promise<UploadResult>;
}

/**
 * Prepares an upload; no request is made, and the body is not touched.
 * @param client the client
 * @param input the object
 * @param options how to do it
 * @param tell is told the progress, before the caller is
 * @throws TypeError, RangeError on bad arguments
 */
export function prepareUpload(
  client: Client,
  input: UploadInput,
  options: UploadOptions,
  tell?: (progress: Progress) => void,
): Prepared {
  const {
    signal,
    timeout,
    stallTimeout,
    integrity = client.context.integrity,
    maxRetryTime,
    onProgress,
    slots,
    priority,
    checkpoint,
    checkpoints,
  } = options;
  const plan = fillPlan(options);
  const { contentLength } = input ?? {};
  if (contentLength !== undefined) checkInteger("contentLength", contentLength, 0, MAX_PART * MAX_PARTS);
  // What is wrong with the other fields is found now, too: before the body is touched.
  address(client.context, putObject.toRequest({ ...input, body: "" }));

  const controller = new AbortController();
  const report =
    (onProgress ?? tell) &&
    ((progress: Progress): void => {
      tell?.(progress);
      // One that is asynchronous fails outside of every call, where it would end a server.
      Promise.resolve(onProgress?.(progress)).catch((error: unknown) => controller.abort(error));
    });
  const sent = (part: number, bytes: number): void => {
    try {
      job.progress.sent(part, bytes);
    } catch (error) {
      controller.abort(error);
    }
  };
  const onWaiting = (waiting: boolean): void => {
    job.progress.idle();
    options.onWaiting?.(waiting);
  };
  const within: Within = async (signal, work, until = signal) => {
    const release = await slots?.take(signal, priority);
    try {
      return await work({ signal: until, stallTimeout, integrity, maxRetryTime, onWaiting });
    } finally {
      release?.();
    }
  };
  const job = {
    client,
    input,
    signal,
    plan,
    controller,
    // Measures nothing until somebody asks.
    progress: { expect() {}, sent() {}, confirmed() {}, idle() {} },
    watch: (body, part) => (report ? (watchBody(body, { onSent: (bytes) => sent(part, bytes) }) as typeof body) : body),
    turn: (work) => within(controller.signal, work),
    limit: limitTimer((reason) => controller.abort(reason), `Upload of ${show(input.key)}`, "timeout"),
    checksums: () => (integrity !== "none" ? import("../checksum/crc64.ts") : undefined),
    rescue: import("./upload/rescue.ts").catch(() => undefined),
    partSize: plan.partSize,
    parts: new Map(),
    begin:
      (checkpoints ?? checkpoint) &&
      (async (first) => (await import("./resume/begin.ts")).begin(job as UploadJob, options, putObject, report, first)),
    checkpoint,
    checkpoints,
    failedParts: [],
  } satisfies Omit<UploadJob, "source"> as Omit<UploadJob, "source">;

  const run = async (): Promise<UploadResult> => {
    signal?.throwIfAborted();
    const stop = (): void => controller.abort(signal?.reason);
    signal?.addEventListener("abort", stop);
    const opening = openSource(input.body, contentLength);
    job.opening = opening;
    // While the source is not open, nothing is open at the service either, and nobody asks for it.
    const whole = job as UploadJob;
    try {
      (await job.rescue)?.checkOptions(options);
      if (timeout !== undefined) job.limit.start(timeout);
      if (report) job.progress = (await import("../streams/progress.ts")).createProgress(report, client.context.now);
      Object.assign(job, { source: await abortable(opening, controller.signal) });
      return await transfer(whole);
    } catch (error) {
      controller.abort(error);
      job.limit.stop();
      const rescue = await job.rescue;
      if (rescue) throw await rescue.ended(whole, error, putObject);
      await job.track?.ended("failed");
      throw error;
    } finally {
      job.limit.stop();
      signal?.removeEventListener("abort", stop);
      // Also one that opens when nobody waits for it any more.
      opening.then(
        (source) => source.close(controller.signal.reason),
        () => {},
      );
    }
  };
  return { job, within, run };
}

/** One request when it is enough; a length that nobody knows is known when the first part is not full. */
async function transfer(job: UploadJob): Promise<UploadResult> {
  const { client, input, source, plan, progress } = job;
  const { size } = source;
  const length = size ?? plan.partSize;
  // What cannot be read again would have to be in memory as a whole.
  if ((size ?? 0) > plan.threshold || (!source.read && length > plan.partSize)) return uploadParts(job);
  const first: Piece = {};
  const stored = await job.turn(async (call) => {
    const put = async (body: SourceBody, size: number): Promise<UploadResult> => {
      progress.expect(size, 1);
      const contentType = input.contentType ?? source.type;
      const stored = await putObject(client, { ...input, contentType, body: job.watch(body, 1) }, call);
      progress.confirmed(1, size);
      return { ...stored, size };
    };
    // Small bodies are read, so that a file that changes is noticed before it is sent; a large one stays where it is.
    if (source.read && length > DEFAULT_PART) return put(input.body, length);
    return withBytes(job, call.signal, first, 0, length, async (bytes) =>
      size === undefined && bytes.length === length ? undefined : put(bytes, bytes.length),
    );
  });
  if (stored) await job.begin?.();
  return stored ?? uploadParts(job, first);
}
