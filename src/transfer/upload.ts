/**
 * Uploads of any size: in one request when small, else in parallel parts, every byte checked.
 * @module
 */

import { createTimer } from "../core/timer.ts";
import { checkInteger, show } from "../core/validate.ts";
import { type CallbackError, isOSSError, TimeoutError, TransferError } from "../errors.ts";
import { putObject } from "../operations/object/basic.ts";
import { openSource } from "../streams/open_source.ts";
import { createProgress, type Progress } from "../streams/progress.ts";
import type { SourceBody } from "../streams/source.ts";
import type { Client } from "../types.ts";
import { readNext, type UploadJob } from "./job.ts";
import { uploadParts } from "./multipart.ts";
import { DEFAULT_PART, MAX_PART, MAX_PARTS, makePlan } from "./plan.ts";
import { openInput } from "./requests.ts";
import type { UploadInput, UploadOptions, UploadResult } from "./upload_types.ts";

/**
 * Uploads a body of any size.
 *
 * Up to `multipartThreshold` it goes in one request; above, or when its length is unknown, in parallel parts. Every part
 * and the whole object are checked by CRC-64. Memory stays below (`concurrency` + 1) x part size.
 *
 * When it fails or is aborted, requests in flight are stopped and the parts deleted before it rejects.
 *
 * @param client the client
 * @param input the object: key, body, and the headers of PutObject
 * @param options how to do it
 * @returns the object's ETag, CRC-64, version and length
 * @throws TypeError, RangeError on bad arguments, before any request
 * @throws CallbackError when the object is stored, but its callback failed
 * @throws TransferError when it could not be done: `cause` tells why, `failedParts` and `uploadId` where
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
  const { signal, timeout, stallTimeout, integrity = client.context.integrity, onProgress } = options;
  const plan = makePlan(options);
  const { contentLength } = input ?? {};
  if (timeout !== undefined) checkInteger("timeout", timeout, 1);
  if (contentLength !== undefined) checkInteger("contentLength", contentLength, 0, MAX_PART * MAX_PARTS);
  // What is wrong with the other fields is found now, too: before the body is touched.
  client.context.url(putObject.toRequest({ ...input, body: "" }).bucket, input.key);
  signal?.throwIfAborted();

  const controller = new AbortController();
  const stop = (): void => controller.abort(signal?.reason);
  const limit = createTimer((ms) =>
    controller.abort(new TimeoutError(`Upload of ${show(input.key)}: not done within ${ms} ms`, "timeout", ms)),
  );
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new TypeError(`onProgress must be a function, got ${show(onProgress)}`);
  }
  const report =
    onProgress &&
    ((progress: Progress): void => {
      // One that is asynchronous fails outside of every call, where it would end a server.
      const told: unknown = onProgress(progress);
      if (told instanceof Promise) told.catch((error: unknown) => controller.abort(error));
    });
  const job: UploadJob = {
    client,
    input,
    plan,
    controller,
    source: await openSource(input.body, contentLength),
    progress: createProgress(report, client.context.now),
    call: { signal: controller.signal, stallTimeout, integrity },
    checksums: () => (integrity !== "none" ? import("../checksum/crc64.ts") : undefined),
    uploadId: undefined,
    failedParts: [],
    sourceFailure: undefined,
  };
  signal?.addEventListener("abort", stop);
  // It may have come while the source was opened.
  if (signal?.aborted) stop();
  if (timeout !== undefined) limit.start(timeout);
  try {
    return await run(job);
  } catch (error) {
    controller.abort(error);
    if (signal?.aborted) throw signal.reason;
    // With a result the object is stored, and only its callback failed.
    if ((Object(error) as Partial<CallbackError>).result || (!isOSSError(error) && error !== job.sourceFailure))
      throw error;
    const { uploadId, failedParts } = job;
    const part = failedParts[0] ? `part ${failedParts.join()} of ` : "";
    const title = `Cannot upload ${part}${show(input.key)}`;
    throw new TransferError(`${title}: ${(Object(error) as Partial<Error>).message ?? String(error)}`, {
      uploadId,
      failedParts,
      cause: error,
    });
  } finally {
    limit.stop();
    signal?.removeEventListener("abort", stop);
    job.source.close(controller.signal.reason);
  }
}

/** One request when it is enough; a length that nobody knows is known when the first part is not full. */
async function run(job: UploadJob): Promise<UploadResult> {
  const { source, plan } = job;
  if (source.size !== undefined) {
    if (source.size > plan.threshold) return uploadParts(job);
    // Small bodies are read, so that a file that changes is noticed before it is sent; a large one stays where it is.
    return put(
      job,
      source.read && source.size > DEFAULT_PART ? job.input.body : await readNext(job, source.size),
      source.size,
    );
  }
  const head = await readNext(job, plan.partSize);
  return head.length < plan.partSize ? put(job, head, head.length) : uploadParts(job, head);
}

async function put(job: UploadJob, body: SourceBody, size: number): Promise<UploadResult> {
  const { client, input, source, progress, call } = job;
  progress.expect(size, 1);
  progress.sent(1, size);
  const stored = await putObject(client, { ...openInput(input, input.contentType ?? source.type), body }, call);
  progress.confirmed(1, size);
  return { ...stored, size };
}
