/**
 * PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy and GetBucketPolicyStatus.
 * @module
 */
import { boolean } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { type PolicyDocument, type PolicyResult, policyBody, policyResult, policyWire } from "../policy_document.ts";

/** Input of PutBucketPolicy. */
export interface PutBucketPolicyInput extends BaseInput, PolicyDocument {}

/**
 * Sets the access policy of a bucket.
 * @throws TypeError without a policy
 * @throws ServiceError `InvalidPolicyDocument`; `AccessDenied` for a public one under Block Public Access
 * @example
 * ```ts
 * import { createClient, putBucketPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const statement = { Effect: "Allow", Principal: ["*"], Action: ["oss:GetObject"], Resource: ["acs:oss:*:*:photos/*"] };
 * await putBucketPolicy(client, { policy: JSON.stringify({ Version: "1", Statement: [statement] }) });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketpolicy
 */
export const putBucketPolicy: Operation<PutBucketPolicyInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketPolicy",
  method: "PUT",
  subresource: "policy",
  wire: policyWire(),
  body: policyBody,
  result: emptyResult,
}));

/**
 * Reads the access policy of a bucket.
 * @throws ServiceError `NoSuchBucketPolicy`
 * @example
 * ```ts
 * import { createClient, getBucketPolicy, putBucketPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketPolicy(client, { policy: '{"Version":"1","Statement":[]}' });
 * console.log(JSON.parse((await getBucketPolicy(client, {})).policy).Version);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketpolicy
 */
export const getBucketPolicy: Operation<BaseInput, PolicyResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketPolicy",
  method: "GET",
  subresource: "policy",
  result: policyResult,
}));

/**
 * Deletes the access policy of a bucket; it is no error when there is none.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketPolicy(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketpolicy
 */
export const deleteBucketPolicy: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketPolicy",
  method: "DELETE",
  subresource: "policy",
  result: emptyResult,
}));

/** Result of GetBucketPolicyStatus. */
export interface GetBucketPolicyStatusResult extends Result {
  /** Whether the policy lets everybody in. */
  readonly isPublic: boolean;
}

/**
 * Tells whether the access policy of a bucket lets everybody in.
 * @throws ServiceError `NoSuchBucketPolicy`
 * @example
 * ```ts
 * import { createClient, getBucketPolicyStatus, putBucketPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketPolicy(client, { policy: '{"Version":"1","Statement":[]}' });
 * console.log((await getBucketPolicyStatus(client, {})).isPublic);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketpolicystatus
 */
export const getBucketPolicyStatus: Operation<BaseInput, GetBucketPolicyStatusResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetBucketPolicyStatus",
    method: "GET",
    subresource: "policyStatus",
    result: treeResult("PolicyStatus", { isPublic: boolean }),
  }),
);
