/**
 * PutBucketAcl and GetBucketAcl.
 * @module
 */
import { named, object, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, xmlResult } from "../../core/response.ts";
import type { BucketAcl, OpenEnum, Result } from "../../types.ts";
import { type Owner, ownerShape } from "../owner.ts";
import { required } from "../required.ts";

/** Input of PutBucketAcl. */
export interface PutBucketAclInput extends BaseInput {
  readonly acl: BucketAcl;
}

/**
 * Sets who may read and write a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putBucketAcl } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketAcl(client, { acl: "public-read" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketacl
 */
export const putBucketAcl: Operation<PutBucketAclInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketAcl",
  method: "PUT",
  subresource: "acl",
  wire: { acl: "x-oss-acl" },
  request: required("acl"),
  result: emptyResult,
}));

/** Result of GetBucketAcl. */
export interface GetBucketAclResult extends Result {
  readonly acl: OpenEnum<BucketAcl>;
  readonly owner?: Owner;
}

/**
 * Reads who may read and write a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketAcl } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketAcl(client, {})).acl);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketacl
 */
export const getBucketAcl: Operation<BaseInput, GetBucketAclResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketAcl",
  method: "GET",
  subresource: "acl",
  result: xmlResult("AccessControlPolicy", {
    acl: named("AccessControlList/Grant", text),
    owner: object<Owner>(ownerShape()),
  }),
}));
