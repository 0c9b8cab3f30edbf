/**
 * The names of records.
 * @module
 */

import type { TransferRecord } from "../../checkpoints.ts";
import { crc64 } from "../../checksum/crc64.ts";
import { encodeUtf8 } from "../../codec/utf8.ts";
import type { CopyJob } from "../copy/job.ts";

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

/**
 * The name of a copy's record.
 * @param job the copy
 */
export function copyId({ client, request, source }: Pick<CopyJob, "client" | "request" | "source">): string {
  const { bucket, key } = request;
  const { host } = client.context.url(bucket, key);
  return recordId("copy", host, bucket, key, source.bucket, source.key, source.versionId);
}
