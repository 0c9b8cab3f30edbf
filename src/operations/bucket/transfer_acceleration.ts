/**
 * PutBucketTransferAcceleration and GetBucketTransferAcceleration.
 * @module
 */
import { boolean, type Shape } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** Whether a bucket answers on the accelerated endpoints. */
export interface TransferAccelerationConfiguration {
  readonly enabled: boolean;
}

/** Input of PutBucketTransferAcceleration. */
export interface PutBucketTransferAccelerationInput extends BaseInput, TransferAccelerationConfiguration {}

/** Result of GetBucketTransferAcceleration. */
export interface GetBucketTransferAccelerationResult extends Result, TransferAccelerationConfiguration {}

const configuration = (): Shape<TransferAccelerationConfiguration> => ({ enabled: boolean });

/**
 * Sets whether a bucket answers on the accelerated endpoints; it takes effect within 30 minutes.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketTransferAcceleration } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketTransferAcceleration(client, { enabled: true });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbuckettransferacceleration
 */
export const putBucketTransferAcceleration: Operation<PutBucketTransferAccelerationInput, Result> =
  /* @__PURE__ */ operation(() => ({
    name: "PutBucketTransferAcceleration",
    method: "PUT",
    subresource: "transferAcceleration",
    wire: configuration(),
    body: xmlBody("TransferAccelerationConfiguration", "enabled"),
    result: emptyResult,
  }));

/**
 * Reads whether a bucket answers on the accelerated endpoints.
 * @throws ServiceError `NoSuchTransferAccelerationConfiguration` when that was never set, `NoSuchBucket`
 * @example
 * ```ts
 * import { createClient, getBucketTransferAcceleration, putBucketTransferAcceleration } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketTransferAcceleration(client, { enabled: true });
 * console.log((await getBucketTransferAcceleration(client, {})).enabled);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbuckettransferacceleration
 */
export const getBucketTransferAcceleration: Operation<BaseInput, GetBucketTransferAccelerationResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetBucketTransferAcceleration",
    method: "GET",
    subresource: "transferAcceleration",
    result: treeResult("TransferAccelerationConfiguration", configuration()),
  }));
