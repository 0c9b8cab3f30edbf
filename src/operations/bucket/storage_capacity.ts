/**
 * PutBucketStorageCapacity and GetBucketStorageCapacity.
 * @module
 */
import { number } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** How much a bucket may hold. */
export interface StorageCapacity {
  /** GB; -1 is without limit. */
  readonly storageCapacity: number;
}

/** Input of PutBucketStorageCapacity. */
export interface PutBucketStorageCapacityInput extends BaseInput, StorageCapacity {}

/** Result of GetBucketStorageCapacity. */
export interface GetBucketStorageCapacityResult extends Result, StorageCapacity {}

/**
 * Limits how much a bucket may hold.
 * @throws ServiceError `InvalidArgument`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putBucketStorageCapacity } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketStorageCapacity(client, { storageCapacity: 100 });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/list-of-operations-by-function
 */
export const putBucketStorageCapacity: Operation<PutBucketStorageCapacityInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "PutBucketStorageCapacity",
    method: "PUT",
    subresource: "qos",
    wire: { storageCapacity: number },
    body: xmlBody("BucketUserQos", "storageCapacity"),
    result: emptyResult,
  }),
);

/**
 * Reads how much a bucket may hold.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketStorageCapacity } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketStorageCapacity(client, {})).storageCapacity);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/list-of-operations-by-function
 */
export const getBucketStorageCapacity: Operation<BaseInput, GetBucketStorageCapacityResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetBucketStorageCapacity",
    method: "GET",
    subresource: "qos",
    result: treeResult("BucketUserQos", { storageCapacity: number }),
  }),
);
