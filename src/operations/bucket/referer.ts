/**
 * PutBucketReferer and GetBucketReferer: hotlink protection.
 * @module
 */
import { boolean, list, named, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/**
 * Which pages may refer to objects. OSS looks at it where nobody signs in a header: anonymous calls and signed URLs.
 *
 * A pattern fits what begins like it; `*` is any text, `?` any character.
 */
export interface RefererConfiguration {
  /** Whether calls without a `Referer` are let in. */
  readonly allowEmptyReferer: boolean;
  /** Whether patterns are compared without the query of the `Referer`. @default false */
  readonly allowTruncateQueryString?: boolean | undefined;
  /** Whether patterns are compared without the path of the `Referer` and what follows. @default false */
  readonly truncatePath?: boolean | undefined;
  /** Who is let in; with an empty list everybody who is not on the other one. */
  readonly refererList: readonly string[];
  /** Who is not, whatever the other list says. */
  readonly refererBlacklist?: readonly string[] | undefined;
}

/** Input of PutBucketReferer. */
export interface PutBucketRefererInput extends BaseInput, RefererConfiguration {}

/** Result of GetBucketReferer. */
export interface GetBucketRefererResult extends Result, RefererConfiguration {}

const configuration = (): Shape<RefererConfiguration> => ({
  allowEmptyReferer: boolean,
  allowTruncateQueryString: boolean,
  truncatePath: boolean,
  refererList: named("RefererList/Referer", list<string>(text)),
  refererBlacklist: named("RefererBlacklist/Referer", list<string>(text)),
});

/**
 * Sets which pages may refer to objects of a bucket, all anew.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`, `InlineDataTooLarge`
 * @example
 * ```ts
 * import { createClient, putBucketReferer } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketReferer(client, { allowEmptyReferer: false, refererList: ["https://*.example.com"] });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketreferer
 */
export const putBucketReferer: Operation<PutBucketRefererInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketReferer",
  method: "PUT",
  subresource: "referer",
  wire: configuration(),
  body: xmlBody("RefererConfiguration", "allowEmptyReferer", "refererList"),
  result: emptyResult,
}));

/**
 * Reads which pages may refer to objects of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketReferer } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketReferer(client, {})).allowEmptyReferer); // true
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketreferer
 */
export const getBucketReferer: Operation<BaseInput, GetBucketRefererResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketReferer",
  method: "GET",
  subresource: "referer",
  result: treeResult("RefererConfiguration", configuration()),
}));
