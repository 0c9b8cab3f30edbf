/**
 * PutObject, HeadObject, GetObjectMeta and DeleteObject.
 * @module
 */
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { bigintHeader, booleanHeader, dateHeader, header, headerResult, numberHeader } from "../../core/response.ts";
import type { ObjectBody, Result } from "../../types.ts";
import type { Callback } from "../callback.ts";
import {
  conditionWire,
  type ObjectHeaders,
  type ObjectProperties,
  objectReading,
  objectWire,
  type ReadConditions,
  type TrafficLimit,
  trafficWire,
  type VersionInput,
} from "../fields.ts";

/** Input of PutObject. */
export interface PutObjectInput extends ObjectInput, ObjectHeaders, TrafficLimit {
  readonly body: ObjectBody;
  /** Bytes of a stream body, where they are known: Workers need it to send a stream. */
  readonly contentLength?: number | undefined;
  /** Base64 MD5 of the body, for the service to check. CRC-64 is checked anyway. */
  readonly contentMd5?: string | undefined;
  /** A server to tell once the object is stored: what `callback` made. */
  readonly callback?: Pick<Callback, "headers"> | undefined;
}

/** Result of PutObject. */
export interface PutObjectResult extends Result {
  /** With its quotes. Absent in a page whose bucket does not expose `ETag`. */
  readonly etag?: string;
  /** CRC-64 of what was stored; it was compared with that of the body. */
  readonly crc64?: bigint;
  readonly versionId?: string;
  /** What the server that `callback` names answered: JSON. */
  readonly callbackResult?: string;
}

/**
 * Stores an object in one request.
 *
 * Strings, bytes, Blobs and files are repeated when the network fails. Streams and iterables are streamed in Node,
 * Deno, Bun and (with `contentLength`) Workers; elsewhere up to `maxBuffer` bytes are kept in memory, and beyond that
 * a RangeError names `upload`. A buffer must not change before the call has resolved.
 *
 * With `forbidOverwrite`, too, it is sent again when an answer is lost, if its CRC-64 is checked. An object that is then
 * in its way counts as its own when it has the same bytes and metadata and is not older than the call: who takes an
 * object for a lock gives it a text that nobody else has.
 * @throws TypeError or RangeError on bad input, before any request
 * @throws ServiceError `FileAlreadyExists` with `forbidOverwrite`, `AccessDenied`, ...
 * @throws IntegrityError when the service stored other bytes
 * @throws CallbackError when the object is stored, but its callback failed
 * @throws NetworkError | TimeoutError when no answer came
 * @example
 * ```ts
 * import { createClient, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { etag } = await putObject(client, { key: "a.txt", body: "hello", metadata: { from: "readme" } });
 * console.log(etag);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 */
export const putObject: Operation<PutObjectInput, PutObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "PutObject",
  method: "PUT",
  scope: "object",
  wire: {
    ...objectWire(),
    ...trafficWire(),
    contentLength: "content-length",
    contentMd5: "content-md5",
    // Taken apart: one that `callback` did not make has none, and must not be passed over in silence.
    callback: ({ headers: { ...headers } }) => headers,
  },
  request: () => ({ crc64: {} }),
  result: headerResult({
    etag: header("etag"),
    crc64: bigintHeader("x-oss-hash-crc64ecma"),
    versionId: header("x-oss-version-id"),
  }),
}));

/** Input of HeadObject. */
export interface HeadObjectInput extends ObjectInput, VersionInput, ReadConditions {}

/** Result of HeadObject; status 304 when a condition says that nothing changed. */
export interface HeadObjectResult extends Result, ObjectProperties {}

/**
 * Reads an object's properties and metadata.
 * @throws ServiceError `NoSuchKey`; in a page whose bucket does not expose `x-oss-err` the code is `NotFound`
 * @example
 * ```ts
 * import { createClient, headObject, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * console.log((await headObject(client, { key: "a.txt" })).contentLength);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/headobject
 */
export const headObject: Operation<HeadObjectInput, HeadObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "HeadObject",
  method: "HEAD",
  scope: "object",
  wire: { ...conditionWire(), versionId: "?versionId" },
  request: () => ({ accept: [304] }),
  result: headerResult(objectReading()),
}));

/** Input of GetObjectMeta. */
export interface GetObjectMetaInput extends ObjectInput, VersionInput {}

/** Result of GetObjectMeta. */
export interface GetObjectMetaResult extends Result {
  /** Bytes. */
  readonly contentLength?: number;
  readonly etag?: string;
  readonly lastModified?: Date;
  readonly crc64?: bigint;
  readonly versionId?: string;
  readonly lastAccessTime?: Date;
  readonly transitionTime?: Date;
}

/**
 * Reads an object's size, ETag and dates, without its metadata.
 * @throws ServiceError `NoSuchKey`
 * @example
 * ```ts
 * import { createClient, getObjectMeta, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * console.log((await getObjectMeta(client, { key: "a.txt" })).etag);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobjectmeta
 */
export const getObjectMeta: Operation<GetObjectMetaInput, GetObjectMetaResult> = /* @__PURE__ */ operation(() => ({
  name: "GetObjectMeta",
  method: "HEAD",
  scope: "object",
  subresource: "objectMeta",
  wire: { versionId: "?versionId" },
  result: headerResult({
    contentLength: numberHeader("content-length"),
    etag: header("etag"),
    lastModified: dateHeader("last-modified"),
    crc64: bigintHeader("x-oss-hash-crc64ecma"),
    versionId: header("x-oss-version-id"),
    lastAccessTime: dateHeader("x-oss-last-access-time"),
    transitionTime: dateHeader("x-oss-transition-time"),
  }),
}));

/** Input of DeleteObject. */
export interface DeleteObjectInput extends ObjectInput, VersionInput {}

/** Result of DeleteObject. */
export interface DeleteObjectResult extends Result {
  /** The version that was deleted, or the delete marker that was made. */
  readonly versionId?: string;
  readonly deleteMarker?: boolean;
}

/**
 * Deletes an object; it is no error when there is none. Deleting `dir/` leaves what is listed below it.
 *
 * In a bucket with versioning it only puts a delete marker on top of the versions; `versionId` deletes that version, or
 * that marker, for good.
 * @example
 * ```ts
 * import { createClient, deleteObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await deleteObject(client, { key: "a.txt" })).status);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteobject
 */
export const deleteObject: Operation<DeleteObjectInput, DeleteObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "DeleteObject",
  method: "DELETE",
  scope: "object",
  wire: { versionId: "?versionId" },
  result: headerResult({ versionId: header("x-oss-version-id"), deleteMarker: booleanHeader("x-oss-delete-marker") }),
}));
