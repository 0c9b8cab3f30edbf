/**
 * AppendObject.
 * @module
 */
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { bigintHeader, header, headerResult, numberHeader } from "../../core/response.ts";
import { checkInteger } from "../../core/validate.ts";
import type { ObjectBody, Result } from "../../types.ts";
import {
  type EncryptionProperties,
  encryptionReading,
  inBody,
  type ObjectHeaders,
  objectWire,
  type TrafficLimit,
  trafficWire,
} from "../fields.ts";

/** Input of AppendObject; headers, metadata and `forbidOverwrite` count on the first append only. */
export interface AppendObjectInput extends ObjectInput, ObjectHeaders, TrafficLimit {
  /** Bytes that the object has so far; 0 begins one. */
  readonly position: number;
  readonly body: ObjectBody;
  /** Bytes of a stream body, where they are known. */
  readonly contentLength?: number | undefined;
  /** Base64 MD5 of the body, for the service to check. */
  readonly contentMd5?: string | undefined;
  /** CRC-64 of what the object holds so far, from the last append: with it the answer's CRC is checked. */
  readonly initialCrc64?: bigint | undefined;
}

/** Result of AppendObject. */
export interface AppendObjectResult extends Result, EncryptionProperties {
  /** Where the next append goes. Absent in a page whose bucket does not expose `x-oss-next-append-position`. */
  readonly nextPosition?: number;
  /** CRC-64 of the whole object. */
  readonly crc64?: bigint;
  readonly versionId?: string;
}

/**
 * Appends to an object at a position.
 *
 * It is sent once: after a lost answer a second append would find the position taken. On a NetworkError ask
 * `headObject` for `nextAppendPosition`.
 * @throws ServiceError `PositionNotEqualToLength`, `ObjectNotAppendable`
 * @throws RangeError when `position` is no whole number
 * @example
 * ```ts
 * import { appendObject, createClient } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { nextPosition = 0, crc64 } = await appendObject(client, { key: "log", position: 0, body: "one\n" });
 * await appendObject(client, { key: "log", position: nextPosition, body: "two\n", initialCrc64: crc64 });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/appendobject
 */
export const appendObject: Operation<AppendObjectInput, AppendObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "AppendObject",
  method: "POST",
  scope: "object",
  subresource: "append",
  wire: {
    ...objectWire(),
    ...trafficWire(),
    position: "?position",
    contentLength: "content-length",
    contentMd5: "content-md5",
    initialCrc64: inBody,
  },
  request: ({ position, initialCrc64 }) => {
    checkInteger("position", position, 0);
    const before = position === 0 ? 0n : initialCrc64;
    return before === undefined ? {} : { crc64: { before } };
  },
  result: headerResult({
    ...encryptionReading(),
    nextPosition: numberHeader("x-oss-next-append-position"),
    crc64: bigintHeader("x-oss-hash-crc64ecma"),
    versionId: header("x-oss-version-id"),
  }),
}));
