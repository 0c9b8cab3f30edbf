/**
 * Finds out what became of a multipart upload whose completion went unanswered.
 * @module
 */
import { headObject } from "../operations/object/basic.ts";
import { listParts } from "../operations/object/list_multipart.ts";
import type { StoredObject } from "./complete.ts";
import type { UploadJob } from "./job.ts";
import { partInput } from "./requests.ts";

/** What the object must be to be the one that was uploaded. */
export interface Expected {
  /** CRC-64 of all parts, if it was computed. */
  readonly crc64: bigint | undefined;
  readonly size: number;
  /** When the first part was stored, in milliseconds by the service's clock, if it told. */
  readonly since: number | undefined;
}

/**
 * Asks the service.
 * @param job the upload
 * @param uploadId its multipart upload
 * @param expected what the object must be
 * @returns `true` when the upload is still open, the object when it was completed, `undefined` when neither is sure
 */
export async function askService(
  job: UploadJob,
  uploadId: string,
  expected: Expected,
): Promise<true | StoredObject | undefined> {
  const { client, call } = job;
  const base = partInput(job.input);
  try {
    await listParts(client, { ...base, uploadId, maxParts: 1 }, call);
    return true;
  } catch {
    call.signal?.throwIfAborted();
  }
  try {
    const found = await headObject(client, base, call);
    const { crc64, contentLength, lastModified } = found;
    if (expected.crc64 !== undefined && crc64 !== undefined) return crc64 === expected.crc64 ? found : undefined;
    // Where the CRC-64 is hidden or unwanted: of this length, and newer than the parts. Last-Modified has whole seconds.
    const newer = lastModified && lastModified.getTime() > (expected.since ?? Number.NaN) - 1000;
    return newer && contentLength === expected.size ? found : undefined;
  } catch {
    call.signal?.throwIfAborted();
    return undefined;
  }
}
