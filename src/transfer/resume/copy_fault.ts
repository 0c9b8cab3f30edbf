/**
 * Reads records of copies that may be anything by now.
 * @module
 */
import { MAX_PART, MAX_PARTS } from "../plan.ts";
import { fault, isCount, isJson, isPart, isString, isText, isTime, openedFields, recordFault } from "./read_record.ts";
import type { CopyRecord } from "./types.ts";

/**
 * Checks the record of a copy.
 * @param value what a store had
 * @param id its name there
 * @returns what is wrong with it; nothing when it is one
 */
export function copyFault(value: unknown, id: string): string | undefined {
  const pinned = { bucket: isText, key: isText, etag: isText };
  const maybe = { versionId: isText, crc64: (sum: unknown) => isString(sum) && /^\d{1,20}$/.test(`${sum}`) };
  const needed = {
    kind: (kind: unknown) => kind === "copy",
    asked: isTime,
    size: (size: unknown) => isCount(size, 0, MAX_PART * MAX_PARTS),
    // Its parts would have to do for it.
    partSize: (bytes: unknown) => isPart(bytes) && Number(bytes) * MAX_PARTS >= (value as CopyRecord).size,
    headers: (headers: unknown) => isJson(headers) && Object.values(headers).every(isString),
    source: (source: unknown) => fault(source, pinned, maybe) === undefined,
  };
  return recordFault(value, id) ?? fault(value, needed, { uploadId: isText, ...openedFields() });
}
