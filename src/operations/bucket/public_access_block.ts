/**
 * Block Public Access of buckets: PutBucketPublicAccessBlock, GetBucketPublicAccessBlock, DeleteBucketPublicAccessBlock.
 * @module
 */
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import {
  BLOCK,
  type PublicAccessBlock,
  type PublicAccessBlockResult,
  publicAccessBlock,
} from "../public_access_block.ts";

/** Input of PutBucketPublicAccessBlock. */
export interface PutBucketPublicAccessBlockInput extends BaseInput, PublicAccessBlock {}

/**
 * Sets whether public access to a bucket is blocked.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketPublicAccessBlock } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketPublicAccessBlock(client, { blockPublicAccess: true });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketpublicaccessblock
 */
export const putBucketPublicAccessBlock: Operation<PutBucketPublicAccessBlockInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "PutBucketPublicAccessBlock",
    method: "PUT",
    subresource: "publicAccessBlock",
    wire: publicAccessBlock(),
    body: xmlBody(BLOCK, "blockPublicAccess"),
    result: emptyResult,
  }),
);

/**
 * Reads whether public access to a bucket is blocked by the bucket itself.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketPublicAccessBlock } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketPublicAccessBlock(client, {})).blockPublicAccess);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketpublicaccessblock
 */
export const getBucketPublicAccessBlock: Operation<BaseInput, PublicAccessBlockResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetBucketPublicAccessBlock",
    method: "GET",
    subresource: "publicAccessBlock",
    result: treeResult(BLOCK, publicAccessBlock()),
  }),
);

/**
 * Deletes the bucket's setting: public access is no longer blocked by it.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketPublicAccessBlock } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketPublicAccessBlock(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketpublicaccessblock
 */
export const deleteBucketPublicAccessBlock: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketPublicAccessBlock",
  method: "DELETE",
  subresource: "publicAccessBlock",
  result: emptyResult,
}));
