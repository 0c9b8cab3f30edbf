/**
 * PutBucketRequestPayment and GetBucketRequestPayment.
 * @module
 */
import { type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** Who pays for requests and traffic of a bucket. */
export interface RequestPaymentConfiguration {
  /** `Requester`: requests of others are served only with `requestPayer: "requester"`. */
  readonly payer: OpenEnum<"BucketOwner" | "Requester">;
}

/** Input of PutBucketRequestPayment. */
export interface PutBucketRequestPaymentInput extends BaseInput, RequestPaymentConfiguration {}

/** Result of GetBucketRequestPayment. */
export interface GetBucketRequestPaymentResult extends Result, RequestPaymentConfiguration {}

const configuration = (): Shape<RequestPaymentConfiguration> => ({ payer: text });

/**
 * Sets who pays for requests on a bucket: its owner, or whoever asks.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketRequestPayment } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketRequestPayment(client, { payer: "Requester" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketrequestpayment
 */
export const putBucketRequestPayment: Operation<PutBucketRequestPaymentInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "PutBucketRequestPayment",
    method: "PUT",
    subresource: "requestPayment",
    wire: configuration(),
    body: xmlBody("RequestPaymentConfiguration", "payer"),
    result: emptyResult,
  }),
);

/**
 * Reads who pays for requests on a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketRequestPayment } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketRequestPayment(client, {})).payer);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketrequestpayment
 */
export const getBucketRequestPayment: Operation<BaseInput, GetBucketRequestPaymentResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetBucketRequestPayment",
    method: "GET",
    subresource: "requestPayment",
    result: treeResult("RequestPaymentConfiguration", configuration()),
  }),
);
