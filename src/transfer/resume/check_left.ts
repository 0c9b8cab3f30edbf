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
 * @param bucket that of the object that is to be uploaded
 * @param key its key
 * @throws TypeError when it is none, or that of another object
 */
export function checkLeft(left: unknown, bucket: string, key: string): void {
  const wrong = leftFault(left);
  if (wrong) throw new TypeError(`checkpoint must be that of an upload: ${wrong}`);
  const { bucket: itsBucket, key: itsKey } = left as UploadRecord;
  if (bucket !== itsBucket || key !== itsKey)
    throw new TypeError(`checkpoint must be that of ${show(key)}, got that of ${show(itsKey)} in ${show(itsBucket)}`);
}
