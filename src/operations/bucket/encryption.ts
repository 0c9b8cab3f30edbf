/**
 * PutBucketEncryption, GetBucketEncryption and DeleteBucketEncryption.
 * @module
 */
import { named, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** How objects are encrypted that say nothing of it themselves. */
export interface ServerSideEncryptionRule {
  /** `AES256` with keys of OSS, `KMS` with keys of Key Management Service, `SM4`. */
  readonly sseAlgorithm: OpenEnum<"AES256" | "KMS" | "SM4">;
  /** The algorithm under KMS. @default AES256 */
  readonly kmsDataEncryption?: OpenEnum<"SM4"> | undefined;
  /** The KMS key's id. @default a key that the service manages */
  readonly kmsMasterKeyId?: string | undefined;
}

/** Input of PutBucketEncryption. */
export interface PutBucketEncryptionInput extends BaseInput, ServerSideEncryptionRule {}

/** Result of GetBucketEncryption. */
export interface GetBucketEncryptionResult extends Result, ServerSideEncryptionRule {}

const configuration = (): Shape<ServerSideEncryptionRule> => ({
  sseAlgorithm: named("ApplyServerSideEncryptionByDefault/SSEAlgorithm", text),
  kmsDataEncryption: named("ApplyServerSideEncryptionByDefault/KMSDataEncryption", text),
  kmsMasterKeyId: named("ApplyServerSideEncryptionByDefault/KMSMasterKeyID", text),
});

/**
 * Sets how new objects of a bucket are encrypted by default.
 * @throws ServiceError `InvalidEncryptionAlgorithmError`, `InvalidArgument`, `NoSuchBucket`
 * @example
 * ```ts
 * import { createClient, putBucketEncryption } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketEncryption(client, { sseAlgorithm: "KMS", kmsDataEncryption: "SM4" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketencryption
 */
export const putBucketEncryption: Operation<PutBucketEncryptionInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketEncryption",
  method: "PUT",
  subresource: "encryption",
  wire: configuration(),
  body: xmlBody("ServerSideEncryptionRule", "sseAlgorithm"),
  result: emptyResult,
}));

/**
 * Reads how new objects of a bucket are encrypted by default.
 * @throws ServiceError `NoSuchServerSideEncryptionRule`
 * @example
 * ```ts
 * import { createClient, getBucketEncryption, putBucketEncryption } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketEncryption(client, { sseAlgorithm: "AES256" });
 * console.log((await getBucketEncryption(client, {})).sseAlgorithm);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketencryption
 */
export const getBucketEncryption: Operation<BaseInput, GetBucketEncryptionResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketEncryption",
  method: "GET",
  subresource: "encryption",
  result: treeResult("ServerSideEncryptionRule", configuration()),
}));

/**
 * Deletes the default encryption of a bucket; objects stay as they are.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketEncryption } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketEncryption(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketencryption
 */
export const deleteBucketEncryption: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketEncryption",
  method: "DELETE",
  subresource: "encryption",
  result: emptyResult,
}));
