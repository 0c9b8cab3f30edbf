/**
 * GetObject: a real Response whose bytes are checked while they are read.
 * @module
 */

import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { readHeaders, resultOf } from "../../core/response.ts";
import { checkInteger, show } from "../../core/validate.ts";
import type { Result } from "../../types.ts";
import {
  conditionWire,
  type ObjectProperties,
  objectReading,
  type ReadConditions,
  type TrafficLimit,
  trafficWire,
  type VersionInput,
} from "../fields.ts";
import type { Process } from "../process/chain.ts";

/** A range of bytes: first and last (both included), from the first to the end, or `[-n]` for the last n. */
export type ByteRange = readonly [first: number, last?: number | undefined];

/** Input of GetObject. */
export interface GetObjectInput extends ObjectInput, VersionInput, ReadConditions, TrafficLimit {
  readonly range?: ByteRange | undefined;
  /** Image, video or document processing (`x-oss-process`); its result is not checked by CRC-64. */
  readonly process?: Process | undefined;
  /** Headers that the answer shall have instead of the stored ones. */
  readonly responseContentType?: string | undefined;
  readonly responseContentDisposition?: string | undefined;
  readonly responseContentEncoding?: string | undefined;
  readonly responseContentLanguage?: string | undefined;
  readonly responseCacheControl?: string | undefined;
  readonly responseExpires?: string | undefined;
}

/** A Response with the object's properties; status 304 when a condition says that nothing changed. */
export type GetObjectResult = Response & ObjectProperties & Result;

function rangeHeaders(range: ByteRange): Record<string, string> {
  if (!Array.isArray(range)) throw new TypeError(`range must be [first, last], got ${show(range)}`);
  const [first, last] = range as ByteRange;
  if (first < 0 || Object.is(first, -0)) checkInteger("range", last === undefined ? -first : Number.NaN, 1);
  else {
    checkInteger("range[0]", first, 0);
    if (last !== undefined) checkInteger("range[1]", last, first);
  }
  // Without it the service answers a range that it dislikes with the whole object.
  return { range: `bytes=${first < 0 ? first : `${first}-${last ?? ""}`}`, "x-oss-range-behavior": "standard" };
}

/** Several ranges would come as one multipart answer, whose bytes are not the object's. */
function checkedRequest({ headers = {} }: GetObjectInput): { accept: number[] } {
  for (const [name, value] of Object.entries(headers)) {
    if (/^range$/i.test(name) && value?.includes(",")) throw new TypeError(`range must be one range, got ${value}`);
  }
  return { accept: [304] };
}

/**
 * Reads an object, or a range of it, as a `Response`.
 *
 * The body is a stream: a length or CRC-64 that differs makes the last read fail with an IntegrityError, so do not
 * trust what was read before the end came. Stored gzip is decoded by `fetch` and then cannot be checked.
 * @throws ServiceError `NoSuchKey`, `InvalidRange`, `PreconditionFailed`
 * @throws DecodeError when the answer is for another range
 * @throws IntegrityError from the body, at its end
 * @example
 * ```ts
 * import { createClient, getObject, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * console.log(await (await getObject(client, { key: "a.txt", range: [0, 3] })).text());
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobject
 */
export const getObject: Operation<GetObjectInput, GetObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "GetObject",
  method: "GET",
  scope: "object",
  wire: {
    ...conditionWire(),
    ...trafficWire(),
    versionId: "?versionId",
    range: rangeHeaders,
    process: "?x-oss-process",
    responseContentType: "?response-content-type",
    responseContentDisposition: "?response-content-disposition",
    responseContentEncoding: "?response-content-encoding",
    responseContentLanguage: "?response-content-language",
    responseCacheControl: "?response-cache-control",
    responseExpires: "?response-expires",
  },
  request: checkedRequest,
  async result(answer, request, watch) {
    const { guard } = await import("../../core/guard.ts");
    const response = guard(answer, watch, request.headers?.["range"]);
    const { requestId } = resultOf(response);
    const properties = readHeaders<ObjectProperties>(response.headers, objectReading());
    return Object.assign(response, properties, requestId !== undefined && { requestId }) as GetObjectResult;
  },
}));
