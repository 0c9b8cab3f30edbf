/**
 * An upload in parts: opened, filled, completed; or aborted, so that nothing is left behind.
 * @module
 */
import { createTimer } from "../core/timer.ts";
import { listParts } from "../operations/object/list_multipart.ts";
import { abortMultipartUpload, initiateMultipartUpload } from "../operations/object/multipart.ts";
import type { Bytes } from "../types.ts";
import { complete } from "./complete.ts";
import type { StoredObject, UploadJob } from "./job.ts";
import { sendParts } from "./parts.ts";
import { openInput, partInput } from "./requests.ts";

/** Milliseconds granted, after an abort, to what cleans up. */
const GRACE = 5000;

/**
 * Uploads what the source has in parts.
 * @param job the upload
 * @param head bytes of the first part, when they were read already
 * @returns the object, its length, and the id of the upload that made it
 */
export async function uploadParts(
  job: UploadJob,
  head?: Bytes,
): Promise<StoredObject & { size: number; uploadId: string }> {
  const uploadId = await initiate(job);
  job.uploadId = uploadId;
  try {
    job.controller.signal.throwIfAborted();
    const parts = await sendParts(job, uploadId, head);
    const hidden = [
      ...(parts.some((part) => part.etag === undefined) ? ["ETag"] : []),
      ...(parts.some((part) => part.crc64 !== undefined && !part.confirmed) ? ["x-oss-hash-crc64ecma"] : []),
    ];
    if (hidden.length > 0) {
      const base = { ...partInput(job.input), uploadId };
      await (await import("./part_list.ts")).confirmParts(job, parts, hidden, (partNumberMarker) =>
        listParts(job.client, { ...base, partNumberMarker }, job.call),
      );
    }
    return { ...(await complete(job, uploadId, parts)), uploadId };
  } catch (error) {
    if (job.uploadId) await discard(job, uploadId);
    throw error;
  }
}

/** Opens the upload. Its answer names what would have to be cleaned up, so an abort waits for it a while. */
async function initiate(job: UploadJob): Promise<string> {
  const { client, input, source, controller, call } = job;
  controller.signal.throwIfAborted();
  const patience = new AbortController();
  const grace = createTimer(() => patience.abort());
  const wait = (): void => grace.start(GRACE);
  controller.signal.addEventListener("abort", wait);
  try {
    const type = input.contentType ?? source.type ?? (await import("../codec/mime.ts")).mimeType(input.key);
    const request = openInput(input, type);
    return (await initiateMultipartUpload(client, request, { ...call, signal: patience.signal })).uploadId;
  } finally {
    controller.signal.removeEventListener("abort", wait);
    grace.stop();
  }
}

/** Deletes the parts. The failure that led here is what the caller must see, so one of its own is only told. */
async function discard({ client, input }: UploadJob, uploadId: string): Promise<void> {
  try {
    await abortMultipartUpload(client, { ...partInput(input), uploadId }, { timeout: GRACE });
  } catch (error) {
    client.context.warn(`Parts of upload ${uploadId} of "${input.key}" were left behind: ${String(error)}`);
  }
}
