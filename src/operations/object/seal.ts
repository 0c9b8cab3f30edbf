/**
 * SealAppendObject.
 * @module
 */
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { dateHeader, headerResult } from "../../core/response.ts";
import { checkInteger } from "../../core/validate.ts";
import type { Result } from "../../types.ts";

/** Input of SealAppendObject. */
export interface SealAppendObjectInput extends ObjectInput {
  /** Bytes that the object has: it is only sealed if that is so. */
  readonly position: number;
}

/** Result of SealAppendObject. */
export interface SealAppendObjectResult extends Result {
  /** When the object was sealed first. */
  readonly sealedTime?: Date;
}

/**
 * Ends an appendable object: nothing can be appended any more, and lifecycle rules may archive it.
 * @throws ServiceError `PositionNotEqualToLength`, `ObjectNotAppendable`, `NoSuchKey`, or `OperationNotSupported`
 * where the feature was not opened
 * @throws RangeError when `position` is no whole number
 * @example
 * ```ts
 * import { appendObject, createClient, sealAppendObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { nextPosition = 0 } = await appendObject(client, { key: "log", position: 0, body: "one\n" });
 * console.log((await sealAppendObject(client, { key: "log", position: nextPosition })).sealedTime);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/sealappendobject
 */
export const sealAppendObject: Operation<SealAppendObjectInput, SealAppendObjectResult> = /* @__PURE__ */ operation(
  () => ({
    name: "SealAppendObject",
    method: "POST",
    scope: "object",
    subresource: "seal",
    wire: { position: "?position" },
    request({ position }) {
      checkInteger("position", position, 0);
      // Sealed twice is sealed: the second answer tells the time of the first.
      return { idempotent: true };
    },
    result: headerResult({ sealedTime: dateHeader("x-oss-sealed-time") }),
  }),
);
