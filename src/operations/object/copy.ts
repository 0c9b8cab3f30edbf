/**
 * CopyObject.
 * @module
 */
import { date, named, text } from "../../codec/shape.ts";
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { bigintHeader, header, xmlResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { type CopyConditions, type CopySource, copyWire } from "../copy_source.ts";
import {
  type EncryptionProperties,
  encryptionReading,
  type ObjectHeaders,
  objectWire,
  type TrafficLimit,
  trafficWire,
} from "../fields.ts";
import { required } from "../required.ts";

/** Input of CopyObject. */
export interface CopyObjectInput extends ObjectInput, ObjectHeaders, CopyConditions, TrafficLimit {
  readonly copySource: CopySource;
  /** `REPLACE` takes metadata and headers from this input. @default "COPY" */
  readonly metadataDirective?: "COPY" | "REPLACE" | undefined;
  /** `Replace` takes the tags from this input. @default "Copy" */
  readonly taggingDirective?: "Copy" | "Replace" | undefined;
}

/** Result of CopyObject. */
export interface CopyObjectResult extends Result, EncryptionProperties {
  readonly etag?: string;
  readonly lastModified?: Date;
  /** CRC-64 of the copy; the service may leave it out. */
  readonly crc64?: bigint;
  readonly versionId?: string;
  readonly copySourceVersionId?: string;
}

/**
 * Copies an object within a region in one request, up to 1 GB.
 * @throws ServiceError `NoSuchKey`, `PreconditionFailed`, `AccessDenied` across regions
 * @example
 * ```ts
 * import { copyObject, createClient, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * console.log((await copyObject(client, { key: "b.txt", copySource: { bucket: "photos", key: "a.txt" } })).etag);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/copyobject
 */
export const copyObject: Operation<CopyObjectInput, CopyObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "CopyObject",
  method: "PUT",
  scope: "object",
  wire: {
    ...objectWire(),
    ...copyWire(),
    ...trafficWire(),
    metadataDirective: "x-oss-metadata-directive",
    taggingDirective: "x-oss-tagging-directive",
  },
  request: required("copySource"),
  result: xmlResult("CopyObjectResult", {
    ...encryptionReading(),
    etag: named("ETag", text),
    lastModified: date,
    crc64: bigintHeader("x-oss-hash-crc64ecma"),
    versionId: header("x-oss-version-id"),
    copySourceVersionId: header("x-oss-copy-source-version-id"),
  }),
}));
