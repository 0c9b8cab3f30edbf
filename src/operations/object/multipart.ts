/**
 * Multipart uploads: begin, send parts, complete or abort.
 * @module
 */
import { key, named, text } from "../../codec/shape.ts";
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { bigintHeader, emptyResult, header, headerResult, xmlResult } from "../../core/response.ts";
import { checkInteger, need } from "../../core/validate.ts";
import type { ObjectAcl, ObjectBody, Result } from "../../types.ts";
import type { Callback } from "../callback.ts";
import { inBody, type ObjectHeaders, objectWire, partNumberField, type TrafficLimit, trafficWire } from "../fields.ts";

/** Input of InitiateMultipartUpload. */
export interface InitiateMultipartUploadInput extends ObjectInput, ObjectHeaders {
  /** Parts will be sent in order, and the object gets a Content-MD5. */
  readonly sequential?: true | undefined;
}

/** Result of InitiateMultipartUpload. */
export interface InitiateMultipartUploadResult extends Result {
  readonly uploadId: string;
  readonly bucket?: string;
  readonly key?: string;
}

/**
 * Begins a multipart upload; headers and metadata of the object are given here.
 * @example
 * ```ts
 * import { createClient, initiateMultipartUpload } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await initiateMultipartUpload(client, { key: "trip.mp4" })).uploadId);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/initiatemultipartupload
 */
export const initiateMultipartUpload: Operation<InitiateMultipartUploadInput, InitiateMultipartUploadResult> =
  /* @__PURE__ */ operation(() => ({
    name: "InitiateMultipartUpload",
    method: "POST",
    scope: "object",
    subresource: "uploads",
    query: { "encoding-type": "url" },
    wire: { ...objectWire(), sequential: ["?sequential", () => ""] },
    // A repeated call leaves an empty upload behind, which is cheaper than a failed transfer.
    request: () => ({ idempotent: true }),
    result: xmlResult("InitiateMultipartUploadResult", { uploadId: text, bucket: text, key }),
  }));

/** Input of UploadPart. */
export interface UploadPartInput extends ObjectInput, TrafficLimit {
  readonly uploadId: string;
  /** 1 to 10,000. */
  readonly partNumber: number;
  /** 100 KiB to 5 GiB; only the last part may be smaller. */
  readonly body: ObjectBody;
  /** Bytes of a stream body, where they are known. */
  readonly contentLength?: number | undefined;
  readonly contentMd5?: string | undefined;
}

/** Result of UploadPart. */
export interface UploadPartResult extends Result {
  /** Wanted by CompleteMultipartUpload. Absent in a page whose bucket does not expose `ETag`. */
  readonly etag?: string;
  /** CRC-64 of the part; it was compared with that of the body. */
  readonly crc64?: bigint;
}

/**
 * Uploads one part; sending the same number again replaces it.
 * @throws RangeError when `partNumber` is out of bounds
 * @throws ServiceError `NoSuchUpload`
 * @throws IntegrityError when the service stored other bytes
 * @example
 * ```ts
 * import { createClient, initiateMultipartUpload, uploadPart } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { uploadId } = await initiateMultipartUpload(client, { key: "trip.mp4" });
 * console.log((await uploadPart(client, { key: "trip.mp4", uploadId, partNumber: 1, body: "only part" })).etag);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/uploadpart
 */
export const uploadPart: Operation<UploadPartInput, UploadPartResult> = /* @__PURE__ */ operation(() => ({
  name: "UploadPart",
  method: "PUT",
  scope: "object",
  wire: {
    ...trafficWire(),
    partNumber: partNumberField,
    uploadId: "?uploadId",
    contentLength: "content-length",
    contentMd5: "content-md5",
  },
  request(input) {
    need(input, "uploadId", "partNumber");
    return { crc64: {} };
  },
  result: headerResult({ etag: header("etag"), crc64: bigintHeader("x-oss-hash-crc64ecma") }),
}));

/** A part to put into the object. */
export interface CompletedPart {
  readonly partNumber: number;
  readonly etag: string;
}

/** Input of CompleteMultipartUpload. */
export interface CompleteMultipartUploadInput extends ObjectInput {
  readonly uploadId: string;
  /** The parts, in ascending order of their numbers; left out only with `completeAll`. */
  readonly parts?: readonly CompletedPart[] | undefined;
  /** Take all parts that have arrived, by number, instead of naming them. */
  readonly completeAll?: true | undefined;
  readonly acl?: ObjectAcl | undefined;
  /** Refuse to replace an object of the same key (`FileAlreadyExists`). */
  readonly forbidOverwrite?: boolean | undefined;
  /** A server to tell once the object is stored: what `callback` made. */
  readonly callback?: Pick<Callback, "headers"> | undefined;
}

/** Written by hand: uploads need no other document, and the general writer would double what they cost. */
function completeDocument({ parts, completeAll }: CompleteMultipartUploadInput): string | undefined {
  if (!parts === !completeAll) throw new TypeError("parts or completeAll must be given");
  if (!parts) return;
  checkInteger("parts.length", parts.length, 1, 10_000);
  const items = parts.map(({ partNumber, etag }) => {
    checkInteger("partNumber", partNumber, 1, 10_000);
    // ETags are opaque, but they came in a header: printable ASCII.
    const text = etag.replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);
    return `<Part><PartNumber>${partNumber}</PartNumber><ETag>${text}</ETag></Part>`;
  });
  return `<CompleteMultipartUpload>${items.join("")}</CompleteMultipartUpload>`;
}

/** Result of CompleteMultipartUpload. */
export interface CompleteMultipartUploadResult extends Result {
  /** Opaque: not an MD5 of the object. */
  readonly etag?: string;
  readonly location?: string;
  readonly bucket?: string;
  readonly key?: string;
  /** CRC-64 of the whole object. */
  readonly crc64?: bigint;
  readonly versionId?: string;
  /** What the server that `callback` names answered: JSON. The document, and what only it tells, is not there then. */
  readonly callbackResult?: string;
}

/**
 * Makes an object of the uploaded parts.
 *
 * It is sent once: after a lost answer ask `listParts`, since `NoSuchUpload` may then mean success.
 * @throws ServiceError `InvalidPart`, `InvalidPartOrder`, `EntityTooSmall`, `NoSuchUpload`, `FileAlreadyExists`
 * @throws RangeError when there are no parts
 * @throws CallbackError when the object is stored, but its callback failed
 * @example
 * ```ts
 * import { completeMultipartUpload, createClient, initiateMultipartUpload, uploadPart } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { uploadId } = await initiateMultipartUpload(client, { key: "trip.mp4" });
 * const { etag = "" } = await uploadPart(client, { key: "trip.mp4", uploadId, partNumber: 1, body: "only part" });
 * await completeMultipartUpload(client, { key: "trip.mp4", uploadId, parts: [{ partNumber: 1, etag }] });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/completemultipartupload
 */
export const completeMultipartUpload: Operation<CompleteMultipartUploadInput, CompleteMultipartUploadResult> =
  /* @__PURE__ */ operation(() => ({
    name: "CompleteMultipartUpload",
    method: "POST",
    scope: "object",
    query: { "encoding-type": "url" },
    wire: {
      uploadId: "?uploadId",
      parts: inBody,
      completeAll: ["x-oss-complete-all", () => "yes"],
      // Taken apart: one that `callback` did not make has none, and must not be passed over in silence.
      callback: ({ headers: { ...headers } }) => headers,
      acl: "x-oss-object-acl",
      forbidOverwrite: "x-oss-forbid-overwrite",
    },
    body: completeDocument,
    request(input) {
      need(input, "uploadId");
      return {};
    },
    result: xmlResult("CompleteMultipartUploadResult", {
      etag: named("ETag", text),
      location: text,
      bucket: text,
      key,
      crc64: bigintHeader("x-oss-hash-crc64ecma"),
      versionId: header("x-oss-version-id"),
    }),
  }));

/** Input of AbortMultipartUpload. */
export interface AbortMultipartUploadInput extends ObjectInput {
  readonly uploadId: string;
}

/**
 * Gives a multipart upload up and deletes its parts.
 * @throws ServiceError `NoSuchUpload`
 * @example
 * ```ts
 * import { abortMultipartUpload, createClient, initiateMultipartUpload } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { uploadId } = await initiateMultipartUpload(client, { key: "trip.mp4" });
 * await abortMultipartUpload(client, { key: "trip.mp4", uploadId });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/abortmultipartupload
 */
export const abortMultipartUpload: Operation<AbortMultipartUploadInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "AbortMultipartUpload",
  method: "DELETE",
  scope: "object",
  wire: { uploadId: "?uploadId" },
  request(input) {
    need(input, "uploadId");
    return {};
  },
  result: emptyResult,
}));
