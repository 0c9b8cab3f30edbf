/**
 * PutBucketLifecycle, GetBucketLifecycle and DeleteBucketLifecycle.
 * @module
 */
import { list, named, object, type Shape } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { type LifecycleRule, lifecycleRule } from "./lifecycle_rule.ts";

export type {
  LifecycleDeadline,
  LifecycleExclusion,
  LifecycleExpiration,
  LifecycleFilter,
  LifecycleRule,
  LifecycleTarget,
  LifecycleTime,
  LifecycleTransition,
  NoncurrentTime,
  NoncurrentTransition,
} from "./lifecycle_rule.ts";

/** The lifecycle rules of a bucket. */
export interface LifecycleConfiguration {
  /** 1 to 1,000. */
  readonly rules: readonly LifecycleRule[];
}

/** Input of PutBucketLifecycle. */
export interface PutBucketLifecycleInput extends BaseInput, LifecycleConfiguration {
  /** Allow rules with one action whose prefixes overlap. @default false */
  readonly allowSameActionOverlap?: boolean | undefined;
}

/** Result of GetBucketLifecycle. */
export interface GetBucketLifecycleResult extends Result, LifecycleConfiguration {}

const configuration = (): Shape<LifecycleConfiguration> => ({
  rules: named("Rule", list<LifecycleRule>(object<LifecycleRule>(lifecycleRule()))),
});

/**
 * Sets the lifecycle rules of a bucket, all anew: read the rules first to add one.
 * @throws ServiceError `InvalidRequest`, `InvalidArgument`, `MalformedXML`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putBucketLifecycle } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketLifecycle(client, {
 *   rules: [
 *     { id: "logs", prefix: "logs/", status: "Enabled", expiration: { days: 30 } },
 *     { id: "parts", status: "Enabled", abortMultipartUpload: { days: 7 } },
 *   ],
 * });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketlifecycle
 */
export const putBucketLifecycle: Operation<PutBucketLifecycleInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketLifecycle",
  method: "PUT",
  subresource: "lifecycle",
  wire: { ...configuration(), allowSameActionOverlap: ["x-oss-allow-same-action-overlap", String] },
  body: xmlBody("LifecycleConfiguration", "rules"),
  result: emptyResult,
}));

/**
 * Reads the lifecycle rules of a bucket.
 * @throws ServiceError `NoSuchLifecycle`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketLifecycle, putBucketLifecycle } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketLifecycle(client, { rules: [{ status: "Enabled", abortMultipartUpload: { days: 7 } }] });
 * console.log((await getBucketLifecycle(client, {})).rules[0]?.abortMultipartUpload?.days); // 7
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketlifecycle
 */
export const getBucketLifecycle: Operation<BaseInput, GetBucketLifecycleResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketLifecycle",
  method: "GET",
  subresource: "lifecycle",
  result: treeResult("LifecycleConfiguration", configuration()),
}));

/**
 * Deletes the lifecycle rules of a bucket: nothing in it is deleted or turned by itself any more.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketLifecycle } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketLifecycle(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketlifecycle
 */
export const deleteBucketLifecycle: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketLifecycle",
  method: "DELETE",
  subresource: "lifecycle",
  result: emptyResult,
}));
