/**
 * WriteGetObjectResponse.
 * @module
 */
import { httpDate } from "../codec/time.ts";
import { type Operation, operation, type ServiceInput } from "../core/operation.ts";
import { emptyResult } from "../core/response.ts";
import type { Body, Result } from "../types.ts";
import { required } from "./required.ts";

/** Input of WriteGetObjectResponse. */
export interface WriteGetObjectResponseInput extends ServiceInput {
  /** Where the answer is awaited: the host, of the function's event. */
  readonly requestRoute: string;
  /** Which request it answers, of the function's event. */
  readonly requestToken: string;
  /** Status of the answer: 200. */
  readonly fwdStatus: number;
  readonly fwdHeaderAcceptRanges?: string | undefined;
  readonly fwdHeaderCacheControl?: string | undefined;
  readonly fwdHeaderContentDisposition?: string | undefined;
  readonly fwdHeaderContentEncoding?: string | undefined;
  readonly fwdHeaderContentLanguage?: string | undefined;
  readonly fwdHeaderContentRange?: string | undefined;
  readonly fwdHeaderContentType?: string | undefined;
  /** With its quotes. */
  readonly fwdHeaderEtag?: string | undefined;
  readonly fwdHeaderExpires?: Date | undefined;
  readonly fwdHeaderLastModified?: Date | undefined;
  /** What whoever reads the object gets. */
  readonly body?: Body | undefined;
  /** Bytes of a stream body, where they are known. */
  readonly contentLength?: number | undefined;
}

/**
 * Answers a GetObject that was sent to an access point for object processing: what a function calls that processes
 * objects. The client's `endpoint` is the `requestRoute` of the event.
 * @throws TypeError without route, token or status
 * @throws ServiceError `AccessDenied`, `InvalidArgument`
 * @example
 * ```ts
 * import { createClient, writeGetObjectResponse } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const answer = { fwdStatus: 200, fwdHeaderContentType: "text/plain", body: "hello" };
 * await writeGetObjectResponse(client, { requestRoute: "fc-01-1-opap", requestToken: "OSSV1#Zv", ...answer });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/write-get-object-response
 */
export const writeGetObjectResponse: Operation<WriteGetObjectResponseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "WriteGetObjectResponse",
  method: "POST",
  scope: "service",
  subresource: "x-oss-write-get-object-response",
  wire: {
    requestRoute: "x-oss-request-route",
    requestToken: "x-oss-request-token",
    fwdStatus: "x-oss-fwd-status",
    fwdHeaderAcceptRanges: "x-oss-fwd-header-accept-ranges",
    fwdHeaderCacheControl: "x-oss-fwd-header-cache-control",
    fwdHeaderContentDisposition: "x-oss-fwd-header-content-disposition",
    fwdHeaderContentEncoding: "x-oss-fwd-header-content-encoding",
    fwdHeaderContentLanguage: "x-oss-fwd-header-content-language",
    fwdHeaderContentRange: "x-oss-fwd-header-content-range",
    fwdHeaderContentType: "x-oss-fwd-header-content-type",
    fwdHeaderEtag: "x-oss-fwd-header-etag",
    fwdHeaderExpires: ["x-oss-fwd-header-expires", httpDate],
    fwdHeaderLastModified: ["x-oss-fwd-header-last-modified", httpDate],
    contentLength: "content-length",
  },
  request: required("requestRoute", "requestToken", "fwdStatus"),
  result: emptyResult,
}));
