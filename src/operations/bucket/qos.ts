/**
 * PutBucketQoSInfo, GetBucketQoSInfo and DeleteBucketQoSInfo.
 * @module
 */
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { type QosConfiguration, qosShape } from "../qos_configuration.ts";

/** Input of PutBucketQoSInfo. */
export interface PutBucketQosInfoInput extends BaseInput, QosConfiguration {}

/** Result of GetBucketQoSInfo. */
export interface GetBucketQosInfoResult extends Result, QosConfiguration {}

/**
 * Limits bandwidth and requests of a bucket; what is not given has no limit of its own.
 * @throws ServiceError `InvalidArgument`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putBucketQosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketQosInfo(client, { totalDownloadBandwidth: 5, extranetDownloadBandwidth: 1 });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketqosinfo
 */
export const putBucketQosInfo: Operation<PutBucketQosInfoInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketQoSInfo",
  method: "PUT",
  subresource: "qosInfo",
  wire: qosShape(),
  body: xmlBody("QoSConfiguration"),
  result: emptyResult,
}));

/**
 * Reads the limits of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, and when there are none
 * @example
 * ```ts
 * import { createClient, getBucketQosInfo, putBucketQosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketQosInfo(client, { totalQps: 1000 });
 * console.log((await getBucketQosInfo(client, {})).totalQps);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketqosinfo
 */
export const getBucketQosInfo: Operation<BaseInput, GetBucketQosInfoResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketQoSInfo",
  method: "GET",
  subresource: "qosInfo",
  result: treeResult("QoSConfiguration", qosShape()),
}));

/**
 * Drops the limits of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketQosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketQosInfo(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/api-delete-bucket-qos-info
 */
export const deleteBucketQosInfo: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketQoSInfo",
  method: "DELETE",
  subresource: "qosInfo",
  result: emptyResult,
}));
