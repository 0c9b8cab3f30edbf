/**
 * The names of records.
 * @module
 */

import type { TransferRecord } from "../../checkpoints.ts";
import { crc64 } from "../../checksum/crc64.ts";
import { encodeUtf8 } from "../../codec/utf8.ts";

/**
 * The name of a transfer's record: short, and good for a file. The same call, made again, has the same.
 * @param kind of transfer
 * @param facts what tells it from others: bucket, key, and of the source or target what does not change by itself
 */
export function recordId(kind: TransferRecord["kind"], ...facts: readonly (string | number | undefined)[]): string {
  // Two transfers of one name do no harm: the key of the one does not have the upload that the other has begun.
  const sum = crc64(encodeUtf8(JSON.stringify(facts)));
  return `${kind}-${sum.toString(16).padStart(16, "0")}`;
}
