/**
 * PutBucketCallbackPolicy, GetBucketCallbackPolicy and DeleteBucketCallbackPolicy.
 * @module
 */
import { list, named, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** A callback that uploads ask for by name. */
export interface CallbackPolicy {
  readonly policyName: string;
  /** Base64 of JSON: `headers["x-oss-callback"]` of what `callback` makes. */
  readonly callback: string;
  /** Base64 of JSON: `headers["x-oss-callback-var"]` of what `callback` makes. */
  readonly callbackVar?: string | undefined;
}

/** The callbacks of a bucket that have names. */
export interface CallbackPolicies {
  readonly policies: readonly CallbackPolicy[];
}

/** Input of PutBucketCallbackPolicy. */
export interface PutBucketCallbackPolicyInput extends BaseInput, CallbackPolicies {}

/** Result of GetBucketCallbackPolicy. */
export interface GetBucketCallbackPolicyResult extends Result, CallbackPolicies {}

const ROOT = "BucketCallbackPolicy";
const configuration = (): Shape<CallbackPolicies> => ({
  policies: named(
    "PolicyItem",
    list<CallbackPolicy>(object<CallbackPolicy>({ policyName: text, callback: text, callbackVar: text })),
  ),
});

/**
 * Sets the callbacks of a bucket that uploads ask for by name, in the place of those before.
 * @throws ServiceError `MalformedXML`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { callback, createClient, putBucketCallbackPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { headers } = callback({ url: "https://app.example.com/uploaded", body: "key=${object}" });
 * const policies = [{ policyName: "uploaded", callback: headers["x-oss-callback"] ?? "" }];
 * await putBucketCallbackPolicy(client, { policies });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export const putBucketCallbackPolicy: Operation<PutBucketCallbackPolicyInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "PutBucketCallbackPolicy",
    method: "PUT",
    subresource: "policy",
    query: { comp: "callback" },
    wire: configuration(),
    body: xmlBody(ROOT, "policies"),
    result: emptyResult,
  }),
);

/**
 * Reads the callbacks of a bucket that have names.
 * @throws ServiceError `BucketCallbackPolicyNotExist`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketCallbackPolicy, putBucketCallbackPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketCallbackPolicy(client, { policies: [{ policyName: "none", callback: btoa("{}") }] });
 * for (const { policyName } of (await getBucketCallbackPolicy(client, {})).policies) console.log(policyName);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export const getBucketCallbackPolicy: Operation<BaseInput, GetBucketCallbackPolicyResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetBucketCallbackPolicy",
    method: "GET",
    subresource: "policy",
    query: { comp: "callback" },
    result: treeResult(ROOT, configuration()),
  }),
);

/**
 * Deletes the callbacks of a bucket that have names.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketCallbackPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketCallbackPolicy(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export const deleteBucketCallbackPolicy: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketCallbackPolicy",
  method: "DELETE",
  subresource: "policy",
  query: { comp: "callback" },
  result: emptyResult,
}));
