/**
 * PutAccessPointPolicy, GetAccessPointPolicy and DeleteAccessPointPolicy.
 * @module
 */
import { type Operation, operation } from "../../core/operation.ts";
import { emptyResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { type PolicyDocument, type PolicyResult, policyBody, policyResult, policyWire } from "../policy_document.ts";
import { type AccessPointInput, accessPointWire, needAccessPoint } from "./access_point_name.ts";

/** Input of PutAccessPointPolicy. */
export interface PutAccessPointPolicyInput extends AccessPointInput, PolicyDocument {}

/**
 * Sets the access policy of an access point.
 * @throws TypeError without name or policy
 * @throws ServiceError `NoSuchAccessPoint`, `InvalidPolicyDocument`
 * @example
 * ```ts
 * import { createAccessPoint, createClient, putAccessPointPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * await putAccessPointPolicy(client, { accessPointName: "ap-01", policy: '{"Version":"1","Statement":[]}' });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putaccesspointpolicy
 */
export const putAccessPointPolicy: Operation<PutAccessPointPolicyInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutAccessPointPolicy",
  method: "PUT",
  subresource: "accessPointPolicy",
  wire: { ...accessPointWire(), ...policyWire() },
  request: needAccessPoint,
  body: policyBody,
  result: emptyResult,
}));

/**
 * Reads the access policy of an access point.
 * @throws TypeError without a name
 * @throws ServiceError `NoSuchAccessPoint`, `NoSuchAccessPointPolicy`
 * @example
 * ```ts
 * import { createAccessPoint, createClient, getAccessPointPolicy, putAccessPointPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * await putAccessPointPolicy(client, { accessPointName: "ap-01", policy: '{"Version":"1","Statement":[]}' });
 * console.log((await getAccessPointPolicy(client, { accessPointName: "ap-01" })).policy);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getaccesspointpolicy
 */
export const getAccessPointPolicy: Operation<AccessPointInput, PolicyResult> = /* @__PURE__ */ operation(() => ({
  name: "GetAccessPointPolicy",
  method: "GET",
  subresource: "accessPointPolicy",
  wire: accessPointWire(),
  request: needAccessPoint,
  result: policyResult,
}));

/**
 * Deletes the access policy of an access point.
 * @throws TypeError without a name
 * @throws ServiceError `NoSuchAccessPoint`
 * @example
 * ```ts
 * import { createAccessPoint, createClient, deleteAccessPointPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * await deleteAccessPointPolicy(client, { accessPointName: "ap-01" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteaccesspointpolicy
 */
export const deleteAccessPointPolicy: Operation<AccessPointInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteAccessPointPolicy",
  method: "DELETE",
  subresource: "accessPointPolicy",
  wire: accessPointWire(),
  request: needAccessPoint,
  result: emptyResult,
}));
