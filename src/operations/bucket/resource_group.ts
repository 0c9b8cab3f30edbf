/**
 * PutBucketResourceGroup and GetBucketResourceGroup.
 * @module
 */
import { type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** The resource group of a bucket. */
export interface BucketResourceGroup {
  /** Its id: `rg-...`. */
  readonly resourceGroupId: string;
}

/** Input of PutBucketResourceGroup. */
export interface PutBucketResourceGroupInput extends BaseInput, BucketResourceGroup {}

/** Result of GetBucketResourceGroup. */
export interface GetBucketResourceGroupResult extends Result, BucketResourceGroup {}

const configuration = (): Shape<BucketResourceGroup> => ({ resourceGroupId: text });

/**
 * Moves a bucket to a resource group.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putBucketResourceGroup } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketResourceGroup(client, { resourceGroupId: "rg-aekz2w6d2xl4xuq" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketresourcegroup
 */
export const putBucketResourceGroup: Operation<PutBucketResourceGroupInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketResourceGroup",
  method: "PUT",
  subresource: "resourceGroup",
  wire: configuration(),
  body: xmlBody("BucketResourceGroupConfiguration", "resourceGroupId"),
  result: emptyResult,
}));

/**
 * Reads the resource group of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketResourceGroup } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketResourceGroup(client, {})).resourceGroupId);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketresourcegroup
 */
export const getBucketResourceGroup: Operation<BaseInput, GetBucketResourceGroupResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetBucketResourceGroup",
    method: "GET",
    subresource: "resourceGroup",
    result: treeResult("BucketResourceGroupConfiguration", configuration()),
  }),
);
