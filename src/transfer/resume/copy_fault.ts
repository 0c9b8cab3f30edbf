/**
 * Reads records of copies that may be anything by now.
 * @module
 */
import { MAX_PARTS } from "../plan.ts";
import { has, isSum } from "./rare_fields.ts";
import { is, isPart, isSize, isText, maybe, multipartChecks, recordFault } from "./read_record.ts";
import type { CopyRecord } from "./types.ts";

/**
 * Checks the record of a copy, but for its rare fields.
 * @param value what a store had
 * @param id its name there
 * @returns what is wrong with it; nothing when it is one
 */
export function copyFault(value: unknown, id: string): string | undefined {
  const { size } = Object(value) as CopyRecord;
  const pinned = { bucket: isText, key: isText, etag: isText, versionId: maybe(isText), crc64: maybe(isSum) };
  return recordFault(value, id, {
    ...multipartChecks(),
    kind: is("copy"),
    size: isSize,
    // Its parts would have to do for it.
    partSize: (bytes) => isPart(bytes) && Number(bytes) * MAX_PARTS >= size,
    source: has(pinned),
  });
}
