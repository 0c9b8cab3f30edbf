/**
 * PutBucketRequesterQoSInfo, GetBucketRequesterQoSInfo and DeleteBucketRequesterQoSInfo.
 * @module
 */
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { type QosConfiguration, qosShape, type RequesterQosInfo, requesterQosShape } from "../qos_configuration.ts";
import { required } from "../required.ts";

/** Input of calls on one requester of a bucket. */
export interface BucketRequesterInput extends BaseInput {
  /** The requester's account id. */
  readonly qosRequester: string;
}

/** Input of PutBucketRequesterQoSInfo. */
export interface PutBucketRequesterQosInfoInput extends BucketRequesterInput, QosConfiguration {}

/** Result of GetBucketRequesterQoSInfo and GetResourcePoolRequesterQoSInfo. */
export interface RequesterQosInfoResult extends Result, RequesterQosInfo {}

const subresource = "requesterQosInfo";

/**
 * Limits what one account may ask of a bucket.
 * @throws ServiceError `InvalidArgument`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putBucketRequesterQosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketRequesterQosInfo(client, { qosRequester: "202835923910178019", totalQps: 100 });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketrequesterqosinfo
 */
export const putBucketRequesterQosInfo: Operation<PutBucketRequesterQosInfoInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "PutBucketRequesterQoSInfo",
    method: "PUT",
    subresource,
    wire: { ...qosShape(), qosRequester: "?qosRequester" },
    body: xmlBody("QoSConfiguration", "qosRequester"),
    result: emptyResult,
  }),
);

/**
 * Reads what one account may ask of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, and when there are no limits
 * @example
 * ```ts
 * import { createClient, getBucketRequesterQosInfo, putBucketRequesterQosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const qosRequester = "202835923910178019";
 * await putBucketRequesterQosInfo(client, { qosRequester, totalQps: 100 });
 * console.log((await getBucketRequesterQosInfo(client, { qosRequester })).qosConfiguration.totalQps);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketrequesterqosinfo
 */
export const getBucketRequesterQosInfo: Operation<BucketRequesterInput, RequesterQosInfoResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetBucketRequesterQoSInfo",
    method: "GET",
    subresource,
    wire: { qosRequester: "?qosRequester" },
    request: required("qosRequester"),
    result: treeResult("RequesterQoSInfo", requesterQosShape()),
  }));

/**
 * Drops the limits of one account on a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketRequesterQosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketRequesterQosInfo(client, { qosRequester: "202835923910178019" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketrequesterqosinfo
 */
export const deleteBucketRequesterQosInfo: Operation<BucketRequesterInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketRequesterQoSInfo",
  method: "DELETE",
  subresource,
  wire: { qosRequester: "?qosRequester" },
  request: required("qosRequester"),
  result: emptyResult,
}));
