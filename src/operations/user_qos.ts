/**
 * GetUserQoSInfo.
 * @module
 */
import { text } from "../codec/shape.ts";
import { type Operation, operation, type ServiceInput } from "../core/operation.ts";
import { treeResult } from "../core/response.ts";
import type { Result } from "../types.ts";
import { type QosConfiguration, qosShape } from "./qos_configuration.ts";

/** Result of GetUserQoSInfo. */
export interface GetUserQosInfoResult extends Result, QosConfiguration {
  /** The region that the limits hold in. */
  readonly region?: string;
}

/**
 * Reads the limits of the account in the region.
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getUserQosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS().clientOptions);
 * console.log((await getUserQosInfo(client, {})).totalUploadBandwidth);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/list-of-operations-by-function
 */
export const getUserQosInfo: Operation<ServiceInput, GetUserQosInfoResult> = /* @__PURE__ */ operation(() => ({
  name: "GetUserQoSInfo",
  method: "GET",
  scope: "service",
  subresource: "qosInfo",
  result: treeResult("QoSConfiguration", { ...qosShape(), region: text }),
}));
