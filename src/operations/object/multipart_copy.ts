/**
 * UploadPartCopy.
 * @module
 */
import { date, named, text } from "../../codec/shape.ts";
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { bigintHeader, header, xmlResult } from "../../core/response.ts";
import { checkInteger } from "../../core/validate.ts";
import type { Result } from "../../types.ts";
import { type CopyConditions, type CopySource, copyWire } from "../copy_source.ts";
import { partNumberField, type TrafficLimit, trafficWire } from "../fields.ts";
import { required } from "../required.ts";

/** Input of UploadPartCopy. */
export interface UploadPartCopyInput extends ObjectInput, CopyConditions, TrafficLimit {
  readonly uploadId: string;
  /** 1 to 10,000. */
  readonly partNumber: number;
  readonly copySource: CopySource;
  /** First and last byte of the source, both included. @default the whole source */
  readonly copySourceRange?: readonly [first: number, last: number] | undefined;
}

/** Result of UploadPartCopy. */
export interface UploadPartCopyResult extends Result {
  /** Wanted by CompleteMultipartUpload. */
  readonly etag?: string;
  readonly lastModified?: Date;
  /** CRC-64 of the part; the service may leave it out. */
  readonly crc64?: bigint;
  readonly copySourceVersionId?: string;
}

/**
 * Makes a part of an object, or of a range of it, within a region.
 * @throws ServiceError `NoSuchUpload`, `NoSuchKey`, `PreconditionFailed`, `InvalidArgument` for a range beyond the source
 * @throws RangeError when `partNumber` or `copySourceRange` is out of bounds
 * @example
 * ```ts
 * import { createClient, initiateMultipartUpload, putObject, uploadPartCopy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * const { uploadId } = await initiateMultipartUpload(client, { key: "b.txt" });
 * const copySource = { bucket: "photos", key: "a.txt" };
 * const part = { key: "b.txt", uploadId, partNumber: 1, copySource, copySourceRange: [1, 3] } as const;
 * console.log((await uploadPartCopy(client, part)).etag);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/uploadpartcopy
 */
export const uploadPartCopy: Operation<UploadPartCopyInput, UploadPartCopyResult> = /* @__PURE__ */ operation(() => ({
  name: "UploadPartCopy",
  method: "PUT",
  scope: "object",
  wire: {
    ...copyWire(),
    ...trafficWire(),
    partNumber: partNumberField,
    uploadId: "?uploadId",
    copySourceRange: [
      "x-oss-copy-source-range",
      ([first, last]) => {
        checkInteger("copySourceRange[0]", first, 0);
        checkInteger("copySourceRange[1]", last, first);
        return `bytes=${first}-${last}`;
      },
    ],
  },
  request: required("uploadId", "partNumber", "copySource"),
  result: xmlResult("CopyPartResult", {
    etag: named("ETag", text),
    lastModified: date,
    crc64: bigintHeader("x-oss-hash-crc64ecma"),
    copySourceVersionId: header("x-oss-copy-source-version-id"),
  }),
}));
