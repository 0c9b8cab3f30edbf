/**
 * PutAccessPointPolicyForObjectProcess, GetAccessPointPolicyForObjectProcess and DeleteAccessPointPolicyForObjectProcess.
 * @module
 */
import { type Operation, operation } from "../../core/operation.ts";
import { emptyResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { type PolicyDocument, type PolicyResult, policyBody, policyResult, policyWire } from "../policy_document.ts";
import { needObjectProcess, type ObjectProcessInput, objectProcessWire } from "./object_process_name.ts";

/** Input of PutAccessPointPolicyForObjectProcess. */
export interface PutAccessPointPolicyForObjectProcessInput extends ObjectProcessInput, PolicyDocument {}

/**
 * Sets the access policy of an access point for object processing.
 * @throws TypeError without name or policy
 * @throws ServiceError `InvalidPolicyDocument`; status 404 when there is no such access point
 * @example
 * ```ts
 * import { createAccessPoint, createAccessPointForObjectProcess, createClient, putAccessPointPolicyForObjectProcess } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * const names = { accessPointForObjectProcessName: "fc-01", accessPointName: "ap-01" };
 * await createAccessPointForObjectProcess(client, names);
 * await putAccessPointPolicyForObjectProcess(client, { ...names, policy: '{"Version":"1","Statement":[]}' });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putaccesspointpolicyforobjectprocess
 */
export const putAccessPointPolicyForObjectProcess: Operation<PutAccessPointPolicyForObjectProcessInput, Result> =
  /* @__PURE__ */ operation(() => ({
    name: "PutAccessPointPolicyForObjectProcess",
    method: "PUT",
    subresource: "accessPointPolicyForObjectProcess",
    wire: { ...objectProcessWire(), ...policyWire() },
    request: needObjectProcess,
    body: policyBody,
    result: emptyResult,
  }));

/**
 * Reads the access policy of an access point for object processing.
 * @throws TypeError without a name
 * @throws ServiceError status 404 when there is no such access point, or policy
 * @example
 * ```ts
 * import { createAccessPoint, createAccessPointForObjectProcess, createClient, getAccessPointPolicyForObjectProcess, putAccessPointPolicyForObjectProcess } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * const names = { accessPointForObjectProcessName: "fc-01", accessPointName: "ap-01" };
 * await createAccessPointForObjectProcess(client, names);
 * await putAccessPointPolicyForObjectProcess(client, { ...names, policy: '{"Version":"1","Statement":[]}' });
 * console.log((await getAccessPointPolicyForObjectProcess(client, names)).policy);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getaccesspointpolicyforobjectprocess
 */
export const getAccessPointPolicyForObjectProcess: Operation<ObjectProcessInput, PolicyResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetAccessPointPolicyForObjectProcess",
    method: "GET",
    subresource: "accessPointPolicyForObjectProcess",
    wire: objectProcessWire(),
    request: needObjectProcess,
    result: policyResult,
  }));

/**
 * Deletes the access policy of an access point for object processing.
 * @throws TypeError without a name
 * @throws ServiceError status 404 when there is no such access point
 * @example
 * ```ts
 * import { createAccessPoint, createAccessPointForObjectProcess, createClient, deleteAccessPointPolicyForObjectProcess } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * const names = { accessPointForObjectProcessName: "fc-01", accessPointName: "ap-01" };
 * await createAccessPointForObjectProcess(client, names);
 * await deleteAccessPointPolicyForObjectProcess(client, names);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteaccesspointpolicyforobjectprocess
 */
export const deleteAccessPointPolicyForObjectProcess: Operation<ObjectProcessInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "DeleteAccessPointPolicyForObjectProcess",
    method: "DELETE",
    subresource: "accessPointPolicyForObjectProcess",
    wire: objectProcessWire(),
    request: needObjectProcess,
    result: emptyResult,
  }),
);
