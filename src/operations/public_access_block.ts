/**
 * Block Public Access of an account: PutPublicAccessBlock, GetPublicAccessBlock and DeletePublicAccessBlock.
 * @module
 */
import { boolean, type Shape } from "../codec/shape.ts";
import { type Operation, operation, type ServiceInput } from "../core/operation.ts";
import { emptyResult, treeResult } from "../core/response.ts";
import type { Result } from "../types.ts";
import { xmlBody } from "./document_body.ts";

/** Whether public access is blocked. */
export interface PublicAccessBlock {
  /** `true`: public ACLs and policies grant nothing, and no new ones are taken. */
  readonly blockPublicAccess: boolean;
}

/** Name of the document. */
export const BLOCK = "PublicAccessBlockConfiguration";

/** Where {@link PublicAccessBlock} stands. */
export const publicAccessBlock = (): Shape<PublicAccessBlock> => ({ blockPublicAccess: boolean });

/** Result of GetPublicAccessBlock, GetBucketPublicAccessBlock and GetAccessPointPublicAccessBlock. */
export interface PublicAccessBlockResult extends Result, PublicAccessBlock {}

/** Input of PutPublicAccessBlock. */
export interface PutPublicAccessBlockInput extends ServiceInput, PublicAccessBlock {}

/**
 * Sets whether public access is blocked in all buckets of the account.
 * @throws ServiceError `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putPublicAccessBlock } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putPublicAccessBlock(client, { blockPublicAccess: true });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putpublicaccessblock
 */
export const putPublicAccessBlock: Operation<PutPublicAccessBlockInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutPublicAccessBlock",
  method: "PUT",
  scope: "service",
  subresource: "publicAccessBlock",
  wire: publicAccessBlock(),
  body: xmlBody(BLOCK, "blockPublicAccess"),
  result: emptyResult,
}));

/**
 * Reads whether public access is blocked in all buckets of the account.
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getPublicAccessBlock } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getPublicAccessBlock(client, {})).blockPublicAccess);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getpublicaccessblock
 */
export const getPublicAccessBlock: Operation<ServiceInput, PublicAccessBlockResult> = /* @__PURE__ */ operation(() => ({
  name: "GetPublicAccessBlock",
  method: "GET",
  scope: "service",
  subresource: "publicAccessBlock",
  result: treeResult(BLOCK, publicAccessBlock()),
}));

/**
 * Deletes the account's setting: buckets decide for themselves.
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deletePublicAccessBlock } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deletePublicAccessBlock(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletepublicaccessblock
 */
export const deletePublicAccessBlock: Operation<ServiceInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeletePublicAccessBlock",
  method: "DELETE",
  scope: "service",
  subresource: "publicAccessBlock",
  result: emptyResult,
}));
