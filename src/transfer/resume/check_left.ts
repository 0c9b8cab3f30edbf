/**
 * Checks a checkpoint that a caller gives. Loaded on demand.
 * @module
 */
import { show } from "../../core/validate.ts";
import { leftFault } from "./read_record.ts";
import type { UploadRecord } from "./types.ts";

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
