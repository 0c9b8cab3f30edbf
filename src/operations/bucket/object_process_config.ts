/**
 * PutAccessPointConfigForObjectProcess and GetAccessPointConfigForObjectProcess.
 * @module
 */
import { boolean, named, type Shape } from "../../codec/shape.ts";
import { type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import {
  needObjectProcess,
  type ObjectProcessConfiguration,
  type ObjectProcessInput,
  objectProcessWire,
  processConfiguration,
} from "./object_process_name.ts";

/** How objects are processed, and whether public access is blocked. */
export interface AccessPointConfigForObjectProcess extends ObjectProcessConfiguration {
  readonly blockPublicAccess?: boolean | undefined;
}

/** Input of PutAccessPointConfigForObjectProcess. */
export interface PutAccessPointConfigForObjectProcessInput
  extends ObjectProcessInput,
    AccessPointConfigForObjectProcess {}

/** Result of GetAccessPointConfigForObjectProcess. */
export interface GetAccessPointConfigForObjectProcessResult extends Result, AccessPointConfigForObjectProcess {}

const configuration = (): Shape<AccessPointConfigForObjectProcess> => ({
  ...processConfiguration(),
  blockPublicAccess: named("PublicAccessBlockConfiguration/BlockPublicAccess", boolean),
});

/**
 * Sets how an access point processes objects.
 * @throws TypeError without a name
 * @throws ServiceError status 404 when there is no such access point
 * @example
 * ```ts
 * import { createAccessPoint, createAccessPointForObjectProcess, createClient, putAccessPointConfigForObjectProcess } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * const names = { accessPointForObjectProcessName: "fc-01", accessPointName: "ap-01" };
 * await createAccessPointForObjectProcess(client, names);
 * await putAccessPointConfigForObjectProcess(client, { ...names, allowedFeatures: ["GetObject-Range"] });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putaccesspointconfigforobjectprocess
 */
export const putAccessPointConfigForObjectProcess: Operation<PutAccessPointConfigForObjectProcessInput, Result> =
  /* @__PURE__ */ operation(() => ({
    name: "PutAccessPointConfigForObjectProcess",
    method: "PUT",
    subresource: "accessPointConfigForObjectProcess",
    wire: { ...objectProcessWire(), ...configuration() },
    request: needObjectProcess,
    body: xmlBody("PutAccessPointConfigForObjectProcessConfiguration"),
    result: emptyResult,
  }));

/**
 * Reads how an access point processes objects.
 * @throws TypeError without a name
 * @throws ServiceError status 404 when there is no such access point
 * @example
 * ```ts
 * import { createAccessPoint, createAccessPointForObjectProcess, createClient, getAccessPointConfigForObjectProcess } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * const names = { accessPointForObjectProcessName: "fc-01", accessPointName: "ap-01" };
 * await createAccessPointForObjectProcess(client, names);
 * console.log((await getAccessPointConfigForObjectProcess(client, names)).allowedFeatures);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getaccesspointconfigforobjectprocess
 */
export const getAccessPointConfigForObjectProcess: Operation<
  ObjectProcessInput,
  GetAccessPointConfigForObjectProcessResult
> = /* @__PURE__ */ operation(() => ({
  name: "GetAccessPointConfigForObjectProcess",
  method: "GET",
  subresource: "accessPointConfigForObjectProcess",
  wire: objectProcessWire(),
  request: needObjectProcess,
  result: treeResult("GetAccessPointConfigForObjectProcessResult", configuration()),
}));
