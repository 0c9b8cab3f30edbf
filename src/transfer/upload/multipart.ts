/**
 * An upload in parts: opened, filled, completed.
 * @module
 */
import type { RepeatedOptions } from "../../core/call.ts";
import { initiateMultipartUpload } from "../../operations/object/multipart.ts";
import { createTimer } from "../../timer.ts";
import { contentTypeOf, type OpenUpload, type Piece, type TurnOptions, type UploadJob } from "../job.ts";
import { determinePartSize } from "../plan.ts";
import { initiateInput } from "../requests.ts";
import { complete } from "./complete.ts";
import { sendParts } from "./parts.ts";
import type { UploadResult } from "./types.ts";

/** Milliseconds granted, after an abort, to what must not be left half done. */
export const GRACE = 5000;

/**
 * Uploads what the source has in parts.
 * @param job the upload
 * @param first what was read of part 1 already
 * @returns the object, its length, and the id of the upload that made it
 */
export async function uploadParts(job: UploadJob, first: Piece = {}): Promise<UploadResult> {
  const { plan, source, turn } = job;
  const done = await job.begin?.(first);
  if (done) return done;
  // One that was begun before goes on in parts of its own size.
  if (!job.uploadId) {
    if (source.size !== undefined) job.partSize = determinePartSize(source.size, plan.partSize);
    const type = await contentTypeOf(job);
    job.uploadId = await turn((call) => initiate(job, type, call));
  }
  const { uploadId } = job;
  await sendParts(job, first);
  const parts = [...job.parts.values()].sort((a, b) => a.partNumber - b.partNumber);
  if (parts.some(({ etag, crc64, confirmed }) => etag === undefined || (crc64 !== undefined && !confirmed)))
    await (await import("./part_list.ts")).confirmParts(job, parts);
  const result = { ...(await complete(job, uploadId, parts)), uploadId };
  await job.track?.over(result);
  return result;
}

/**
 * Opens an upload. Its answer names what would have to be cleaned up, so an abort waits for it a while.
 * @param job the upload
 * @param type of the object
 * @param call options of the request
 * @returns the upload's id
 */
export async function initiate(job: OpenUpload, type: string | undefined, call: TurnOptions): Promise<string> {
  const { client, input } = job;
  const { signal } = call;
  const patience = new AbortController();
  const grace = createTimer(() => patience.abort(signal.reason));
  const wait = (): void => grace.start(GRACE);
  signal.throwIfAborted();
  signal.addEventListener("abort", wait);
  try {
    const request = initiateInput(input, type);
    const { uploadId, headers } = await initiateMultipartUpload(client, request, {
      ...call,
      signal: patience.signal,
      opening: job,
    } as RepeatedOptions);
    job.since = Date.parse(headers.get("date") ?? "") || undefined;
    await job.track?.note({ uploadId });
    return uploadId;
  } finally {
    signal.removeEventListener("abort", wait);
    grace.stop();
  }
}
