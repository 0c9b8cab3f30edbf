/**
 * Block Public Access of access points: PutAccessPointPublicAccessBlock, GetAccessPointPublicAccessBlock,
 * DeleteAccessPointPublicAccessBlock.
 * @module
 */
import { type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import {
  BLOCK,
  type PublicAccessBlock,
  type PublicAccessBlockResult,
  publicAccessBlock,
} from "../public_access_block.ts";
import { type AccessPointInput, needAccessPoint } from "./access_point_name.ts";

/** Here the name stands in the query: without it the bucket itself would be meant. */
const queryWire = (): { readonly accessPointName: string } => ({ accessPointName: "?x-oss-access-point-name" });

/** Input of PutAccessPointPublicAccessBlock. */
export interface PutAccessPointPublicAccessBlockInput extends AccessPointInput, PublicAccessBlock {}

/**
 * Sets whether public access through an access point is blocked.
 * @throws TypeError without a name
 * @throws ServiceError `NoSuchAccessPoint`, `MalformedXML`
 * @example
 * ```ts
 * import { createAccessPoint, createClient, putAccessPointPublicAccessBlock } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * await putAccessPointPublicAccessBlock(client, { accessPointName: "ap-01", blockPublicAccess: true });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putaccesspointpublicaccessblock
 */
export const putAccessPointPublicAccessBlock: Operation<PutAccessPointPublicAccessBlockInput, Result> =
  /* @__PURE__ */ operation(() => ({
    name: "PutAccessPointPublicAccessBlock",
    method: "PUT",
    subresource: "publicAccessBlock",
    wire: { ...queryWire(), ...publicAccessBlock() },
    request: needAccessPoint,
    body: xmlBody(BLOCK, "blockPublicAccess"),
    result: emptyResult,
  }));

/**
 * Reads whether public access through an access point is blocked.
 * @throws TypeError without a name
 * @throws ServiceError `NoSuchAccessPoint`
 * @example
 * ```ts
 * import { createAccessPoint, createClient, getAccessPointPublicAccessBlock } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * console.log((await getAccessPointPublicAccessBlock(client, { accessPointName: "ap-01" })).blockPublicAccess);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getaccesspointpublicaccessblock
 */
export const getAccessPointPublicAccessBlock: Operation<AccessPointInput, PublicAccessBlockResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetAccessPointPublicAccessBlock",
    method: "GET",
    subresource: "publicAccessBlock",
    wire: queryWire(),
    request: needAccessPoint,
    result: treeResult(BLOCK, publicAccessBlock()),
  }));

/**
 * Deletes the setting of an access point: public access is no longer blocked by it.
 * @throws TypeError without a name
 * @throws ServiceError `NoSuchAccessPoint`
 * @example
 * ```ts
 * import { createAccessPoint, createClient, deleteAccessPointPublicAccessBlock } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * await deleteAccessPointPublicAccessBlock(client, { accessPointName: "ap-01" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteaccesspointpublicaccessblock
 */
export const deleteAccessPointPublicAccessBlock: Operation<AccessPointInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "DeleteAccessPointPublicAccessBlock",
    method: "DELETE",
    subresource: "publicAccessBlock",
    wire: queryWire(),
    request: needAccessPoint,
    result: emptyResult,
  }),
);
