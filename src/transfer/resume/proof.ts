/**
 * Proves that a body is the one an unfinished upload began with.
 * @module
 */
import { crc64 } from "../../checksum/crc64.ts";
import type { Bytes } from "../../types.ts";
import { type UploadJob, withBytes } from "../job.ts";
import type { ListedPart } from "../upload/part_list.ts";
import type { HeldPart } from "./held.ts";
import { sample } from "./sample.ts";

/**
 * Are these the bytes of the part?
 * @param bytes as they are read here
 * @param part as the service has it
 * @param known CRC-64 of the bytes, where it was computed
 */
export async function isSame(bytes: Bytes, part: ListedPart, known?: bigint): Promise<boolean> {
  if (bytes.length !== part.size) return false;
  if (part.crc64 !== undefined) return part.crc64 === (known ?? crc64(bytes));
  return (await import("./has_md5.ts")).hasMd5(bytes, part.etag);
}

/**
 * Compares the length and some parts, before anything is sent.
 * @param job the upload
 * @param size bytes of the body that it began with, where they were known
 * @param parts what the service has
 * @returns what differs, as the beginning of a sentence; nothing in a source that cannot be read again
 */
export async function differenceOf(
  job: UploadJob,
  size: number | undefined,
  parts: readonly HeldPart[],
): Promise<string | undefined> {
  const { source } = job;
  if (source.size !== size && source.size !== undefined && size !== undefined)
    return `${source.size} bytes are not the ${size}`;
  if (!source.read) return undefined;
  for (const part of sample(parts)) {
    const { start, size, partNumber } = part;
    if (!(await withBytes(job, job.controller.signal, {}, start, size, (bytes) => isSame(bytes, part))))
      return `the bytes of part ${partNumber} are not those`;
  }
  return undefined;
}
