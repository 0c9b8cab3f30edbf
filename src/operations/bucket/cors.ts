/**
 * PutBucketCors, GetBucketCors, DeleteBucketCors, and OptionObject, the preflight that the rules answer.
 * @module
 */
import { boolean, list, named, number, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, type HeaderField, header, headerResult, numberHeader, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** What pages of some origins may do; the first rule that fits a request is the one. */
export interface CorsRule {
  /** `https://app.example.com`, each with one `*` at most. */
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly OpenEnum<"GET" | "PUT" | "POST" | "DELETE" | "HEAD">[];
  /** Request headers, each with one `*` at most. */
  readonly allowedHeaders?: readonly string[] | undefined;
  /** Answer headers that a script may read, by their full names: `*` is refused. */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** Seconds that a browser may remember a preflight. */
  readonly maxAgeSeconds?: number | undefined;
}

/** The CORS rules of a bucket. */
export interface CorsConfiguration {
  /** 1 to 20. */
  readonly rules: readonly CorsRule[];
  /** Whether every answer carries `Vary: Origin`. @default false */
  readonly responseVary?: boolean | undefined;
}

/** Input of PutBucketCors. */
export interface PutBucketCorsInput extends BaseInput, CorsConfiguration {}

/** Result of GetBucketCors. */
export interface GetBucketCorsResult extends Result, CorsConfiguration {}

const texts = (element: string) => named(element, list<string>(text));

const configuration = (): Shape<CorsConfiguration> => ({
  rules: named(
    "CORSRule",
    list<CorsRule>(
      object<CorsRule>({
        allowedOrigins: texts("AllowedOrigin"),
        allowedMethods: texts("AllowedMethod"),
        allowedHeaders: texts("AllowedHeader"),
        exposeHeaders: texts("ExposeHeader"),
        maxAgeSeconds: number,
      }),
    ),
  ),
  responseVary: boolean,
});

/**
 * Sets the CORS rules of a bucket, all anew.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketCors } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketCors(client, {
 *   rules: [
 *     {
 *       allowedOrigins: ["https://app.example.com"],
 *       allowedMethods: ["GET", "PUT", "POST", "DELETE", "HEAD"],
 *       allowedHeaders: ["*"],
 *       exposeHeaders: ["ETag", "x-oss-request-id", "x-oss-hash-crc64ecma"],
 *       maxAgeSeconds: 600,
 *     },
 *   ],
 * });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketcors
 */
export const putBucketCors: Operation<PutBucketCorsInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketCors",
  method: "PUT",
  subresource: "cors",
  wire: configuration(),
  body: xmlBody("CORSConfiguration", "rules"),
  result: emptyResult,
}));

/**
 * Reads the CORS rules of a bucket.
 * @throws ServiceError `NoSuchCORSConfiguration`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketCors } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const cors = { rules: [{ allowedOrigins: ["*"], allowedMethods: ["GET"] }] };
 * const oss = createTestOSS({ buckets: [{ name: "photos", cors }] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketCors(client, {})).rules[0]?.allowedOrigins);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketcors
 */
export const getBucketCors: Operation<BaseInput, GetBucketCorsResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketCors",
  method: "GET",
  subresource: "cors",
  result: treeResult("CORSConfiguration", configuration()),
}));

/**
 * Deletes the CORS rules of a bucket: no page of another origin may use it any more.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketCors } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketCors(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketcors
 */
export const deleteBucketCors: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketCors",
  method: "DELETE",
  subresource: "cors",
  result: emptyResult,
}));

/** Input of OptionObject: what a page of that origin wants to do. */
export interface OptionObjectInput extends ObjectInput {
  readonly origin: string;
  readonly requestMethod: OpenEnum<"GET" | "PUT" | "POST" | "DELETE" | "HEAD">;
  /** The headers that it wants to send. */
  readonly requestHeaders?: readonly string[] | undefined;
}

/** Result of OptionObject: what the page may do. */
export interface OptionObjectResult extends Result {
  /** The origin, or `*`. */
  readonly allowOrigin?: string;
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  /** Seconds that a browser may remember it. */
  readonly maxAge?: number;
}

const names = (name: string): HeaderField<readonly string[]> => ({
  header: name,
  read: (value) => value.split(/\s*,\s*/),
});

/**
 * Asks what the CORS rules of a bucket allow, as a browser does ahead of a call. Not for pages: their scripts cannot
 * set these headers.
 * @throws ServiceError `AccessForbidden` when no rule fits, `NoSuchBucket`
 * @example
 * ```ts
 * import { createClient, optionObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const cors = { rules: [{ allowedOrigins: ["*"], allowedMethods: ["GET"] }] };
 * const oss = createTestOSS({ buckets: [{ name: "photos", cors }] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const input = { key: "a.txt", origin: "https://app.example.com", requestMethod: "GET" };
 * console.log((await optionObject(client, input)).allowOrigin); // "*"
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/options
 */
export const optionObject: Operation<OptionObjectInput, OptionObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "OptionObject",
  method: "OPTIONS",
  scope: "object",
  wire: {
    origin: "origin",
    requestMethod: "access-control-request-method",
    requestHeaders: ["access-control-request-headers", String],
  },
  result: headerResult<OptionObjectResult>({
    allowOrigin: header("access-control-allow-origin"),
    allowMethods: names("access-control-allow-methods"),
    allowHeaders: names("access-control-allow-headers"),
    exposeHeaders: names("access-control-expose-headers"),
    maxAge: numberHeader("access-control-max-age"),
  }),
}));
