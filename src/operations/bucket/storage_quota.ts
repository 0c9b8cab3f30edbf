/**
 * PutBucketStorageQuota, GetBucketStorageQuota and DeleteBucketStorageQuota.
 * @module
 */
import { number, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** How many bytes a bucket may hold, and what becomes of more. */
export interface StorageQuota {
  /** Bytes, at least 1. */
  readonly storageQuota: number;
  /** `Strict`: writes beyond it are refused; `Warning`: they are served. */
  readonly mode: OpenEnum<"Strict" | "Warning">;
}

/** Input of PutBucketStorageQuota. */
export interface PutBucketStorageQuotaInput extends BaseInput, StorageQuota {}

/** Result of GetBucketStorageQuota. */
export interface GetBucketStorageQuotaResult extends Result, StorageQuota {
  /** Bytes that the bucket held when it was last measured. */
  readonly currentUsage?: number;
}

const ROOT = "QuotaConfiguration";
const configuration = (): Shape<StorageQuota> => ({ storageQuota: number, mode: text });

/**
 * Sets how many bytes a bucket may hold.
 * @throws ServiceError `InvalidArgument`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putBucketStorageQuota } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketStorageQuota(client, { storageQuota: 10 * 2 ** 30, mode: "Strict" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/list-of-operations-by-function
 */
export const putBucketStorageQuota: Operation<PutBucketStorageQuotaInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketStorageQuota",
  method: "PUT",
  subresource: "quota",
  wire: configuration(),
  body: xmlBody(ROOT, "storageQuota", "mode"),
  result: emptyResult,
}));

/**
 * Reads how many bytes a bucket may hold.
 * @throws ServiceError with status 404 where there is no quota; `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketStorageQuota, putBucketStorageQuota } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketStorageQuota(client, { storageQuota: 10 * 2 ** 30, mode: "Warning" });
 * console.log((await getBucketStorageQuota(client, {})).storageQuota);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/list-of-operations-by-function
 */
export const getBucketStorageQuota: Operation<BaseInput, GetBucketStorageQuotaResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetBucketStorageQuota",
    method: "GET",
    subresource: "quota",
    result: treeResult(ROOT, { ...configuration(), currentUsage: number }),
  }),
);

/**
 * Lets a bucket hold any number of bytes again; it is no error when there is no quota.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketStorageQuota } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketStorageQuota(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/list-of-operations-by-function
 */
export const deleteBucketStorageQuota: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketStorageQuota",
  method: "DELETE",
  subresource: "quota",
  result: emptyResult,
}));
