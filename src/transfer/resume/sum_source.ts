/**
 * The CRC-64 of a body that is not sent.
 * @module
 */
import { createCrc64 } from "../../checksum/crc64.ts";
import { type UploadJob, withBytes } from "../job.ts";
import { DEFAULT_PART } from "../plan.ts";

/**
 * Computes the CRC-64 of a whole body that can be read again.
 * @param job the upload
 * @returns nothing when the body can be read only once
 */
export async function sumSource(job: UploadJob): Promise<bigint | undefined> {
  const { read, size } = job.source;
  if (!read || size === undefined) return undefined;
  const sum = createCrc64();
  for (let at = 0; at < size; at += DEFAULT_PART) {
    await withBytes(job, job.controller.signal, {}, at, Math.min(size - at, DEFAULT_PART), async (bytes) => {
      sum.update(bytes);
      job.source.recycle?.(bytes);
    });
  }
  return sum.digest();
}
