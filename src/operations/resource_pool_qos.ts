/**
 * PutResourcePoolRequesterQoSInfo, GetResourcePoolRequesterQoSInfo and DeleteResourcePoolRequesterQoSInfo.
 * @module
 */
import { type Operation, operation } from "../core/operation.ts";
import { emptyResult, treeResult } from "../core/response.ts";
import type { Result } from "../types.ts";
import type { RequesterQosInfoResult } from "./bucket/requester_qos.ts";
import { xmlBody } from "./document_body.ts";
import { type QosConfiguration, qosShape, requesterQosShape } from "./qos_configuration.ts";
import { required } from "./required.ts";
import type { ResourcePoolInput } from "./resource_pool.ts";

/** Input of calls on one requester of a resource pool. */
export interface ResourcePoolRequesterInput extends ResourcePoolInput {
  /** The requester's account id. */
  readonly qosRequester: string;
}

/** Input of PutResourcePoolRequesterQoSInfo. */
export interface PutResourcePoolRequesterQosInfoInput extends ResourcePoolRequesterInput, QosConfiguration {}

const subresource = "requesterQosInfo";

const requesterWire = { qosRequester: "?qosRequester", resourcePool: "?resourcePool" } as const;

/**
 * Limits what one account may ask of a resource pool.
 * @throws ServiceError when there is no such pool, `InvalidArgument`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putResourcePoolRequesterQosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ resourcePools: { fast: ["photos"] } }).clientOptions);
 * await putResourcePoolRequesterQosInfo(client, { resourcePool: "fast", qosRequester: "2028359", totalQps: 100 });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putresourcepoolrequesterqosinfo
 */
export const putResourcePoolRequesterQosInfo: Operation<PutResourcePoolRequesterQosInfoInput, Result> =
  /* @__PURE__ */ operation(() => ({
    name: "PutResourcePoolRequesterQoSInfo",
    method: "PUT",
    scope: "service",
    subresource,
    wire: { ...qosShape(), ...requesterWire },
    body: xmlBody("QoSConfiguration", "qosRequester", "resourcePool"),
    result: emptyResult,
  }));

/**
 * Reads what one account may ask of a resource pool.
 * @throws ServiceError when there is no such pool or there are no limits, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getResourcePoolRequesterQosInfo, putResourcePoolRequesterQosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ resourcePools: { fast: ["photos"] } }).clientOptions);
 * const one = { resourcePool: "fast", qosRequester: "2028359" };
 * await putResourcePoolRequesterQosInfo(client, { ...one, totalQps: 100 });
 * console.log((await getResourcePoolRequesterQosInfo(client, one)).qosConfiguration.totalQps);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getresourcepoolrequesterqosinfo
 */
export const getResourcePoolRequesterQosInfo: Operation<ResourcePoolRequesterInput, RequesterQosInfoResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetResourcePoolRequesterQoSInfo",
    method: "GET",
    scope: "service",
    subresource,
    wire: requesterWire,
    request: required("qosRequester", "resourcePool"),
    result: treeResult("RequesterQoSInfo", requesterQosShape()),
  }));

/**
 * Drops the limits of one account on a resource pool.
 * @throws ServiceError when there is no such pool, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteResourcePoolRequesterQosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ resourcePools: { fast: ["photos"] } }).clientOptions);
 * await deleteResourcePoolRequesterQosInfo(client, { resourcePool: "fast", qosRequester: "2028359" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteresourcepoolrequesterqosinfo
 */
export const deleteResourcePoolRequesterQosInfo: Operation<ResourcePoolRequesterInput, Result> =
  /* @__PURE__ */ operation(() => ({
    name: "DeleteResourcePoolRequesterQoSInfo",
    method: "DELETE",
    scope: "service",
    subresource,
    wire: requesterWire,
    request: required("qosRequester", "resourcePool"),
    result: emptyResult,
  }));
