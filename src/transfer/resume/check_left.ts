/**
 * Checks a checkpoint that a caller gives. Loaded on demand.
 * @module
 */
import { show } from "../../core/validate.ts";
import { rareFault } from "./rare_fields.ts";
import { uploadFault } from "./read_record.ts";
import type { UploadRecord } from "./types.ts";

/** What a checkpoint has not, as in a record. */
const ABSENT = { id: "", state: "failed", endpoint: "-", created: 0, updated: 0, asked: 0 };
/** What a record has that is nothing to go on from. */
const UNUSED = { handle: undefined, name: undefined, lastModified: undefined };

/** What is wrong with a checkpoint, or with a record that is given as one. */
function leftFault(left: unknown): string | undefined {
  const isObject = Object(left) === left && !Array.isArray(left);
  return uploadFault(isObject ? { ...(left as object), ...ABSENT, ...UNUSED } : left, "") ?? rareFault(left);
}

/**
 * Checks what a caller says an earlier run left.
 * @param left the checkpoint, or the record
 * @param object that is to be uploaded
 * @throws TypeError when it is none, or that of another object
 */
export function checkLeft(left: unknown, object: Pick<UploadRecord, "endpoint" | "bucket" | "key">): void {
  const wrong = leftFault(left);
  if (wrong) throw new TypeError(`checkpoint must be that of an upload: ${wrong}`);
  const { bucket, key, endpoint = object.endpoint } = left as Partial<UploadRecord>;
  if (bucket !== object.bucket || key !== object.key)
    throw new TypeError(`checkpoint must be that of ${show(object.key)}, got that of ${show(key)} in ${show(bucket)}`);
  if (endpoint !== object.endpoint)
    throw new TypeError(
      `checkpoint must be that of an object at ${object.endpoint}, got that of one at ${show(endpoint)}`,
    );
}
