/**
 * Goes on with an upload from its record.
 * @module
 */
import type { TransferRecord } from "../../checkpoints.ts";
import { show } from "../../core/validate.ts";
import type { SourceBody } from "../../streams/source.ts";
import type { Client } from "../../types.ts";
import { createUpload } from "../create_upload.ts";
import type { Upload, UploadCheckpoint, UploadOptions } from "../upload/types.ts";
import { checkClient } from "./check_call.ts";
import type { UploadRecord } from "./types.ts";

/** How to go on. */
export interface ResumeOptions extends Omit<UploadOptions, "checkpoint" | "multipartThreshold"> {
  /** The bytes that the upload began with. @default the record's file handle, which the page must be allowed to read */
  readonly body?: SourceBody | undefined;
}

/**
 * Goes on with an upload from its record, or from the checkpoint of a TransferError: what the service has is proved to
 * be of this body, and not sent again. An upload that the service does not know any more begins anew.
 *
 * A callback, and headers that may be secrets, are in no record: make the call that began the upload again instead, or
 * `createUpload` with `checkpoint`.
 *
 * @param client the client
 * @param record what an earlier run left: one of `transfers(store)`, or a checkpoint
 * @param options the body; where the record is (`checkpoints`); how to upload
 * @returns the job, under way
 * @throws TypeError, RangeError on bad arguments, at once
 * @example
 * ```ts
 * import { createClient, createUpload, resumeUpload } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const body = new Blob([new Uint8Array(20_000_000)]);
 * const job = createUpload(client, { key: "trip.mp4", body });
 * const checkpoint = await job.stop(); // plain JSON, for another day and another process
 * if (checkpoint) console.log((await resumeUpload(client, checkpoint, { body }).finished).etag);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listparts
 */
export function resumeUpload(
  client: Client,
  record: TransferRecord | UploadCheckpoint,
  options: ResumeOptions = {},
): Upload {
  checkClient(client);
  const { bucket, key, headers: described = {}, partSize, sizes, kind } = Object(record) as UploadRecord;
  if (kind !== "upload")
    throw new TypeError(`record must be that of an upload, got ${kind ? `one of a ${kind}` : show(record)}`);
  const { body = (record as UploadRecord).handle, ...rest } = options;
  if (body === undefined) throw new TypeError("body must be given where the record has no file handle, got undefined");
  const { "content-type": contentType, ...headers } = described;
  return createUpload(
    client,
    { bucket, key, body, contentType, headers },
    { partSize: sizes ? "auto" : partSize, ...rest, multipartThreshold: 0, checkpoint: record as UploadRecord },
  );
}
