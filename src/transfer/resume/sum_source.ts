/**
 * The CRC-64 of a body that is not sent.
 * @module
 */
import { createCrc64 } from "../../checksum/crc64.ts";
import type { UploadJob } from "../job.ts";
import { DEFAULT_PART } from "../plan.ts";
import { readRange } from "./proof.ts";

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
    const bytes = await readRange(job, read, at, Math.min(size, at + DEFAULT_PART));
    sum.update(bytes);
    job.source.recycle?.(bytes);
  }
  return sum.digest();
}
