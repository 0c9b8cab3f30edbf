/**
 * ListResourcePoolRequesterQoSInfos.
 * @module
 */
import { list, named, object, text } from "../codec/shape.ts";
import { type ListOperation, listOperation } from "../core/pages.ts";
import { treeResult } from "../core/response.ts";
import type { Result } from "../types.ts";
import { type RequesterQosInfo, requesterQosShape } from "./qos_configuration.ts";
import { required } from "./required.ts";
import type { ResourcePoolInput } from "./resource_pool.ts";
import { nextByToken, type TokenPage, type TokenPageInput, tokenShape, tokenWire } from "./token_paging.ts";

const subresource = "requesterQosInfo";

/** Input of ListResourcePoolRequesterQoSInfos. */
export interface ListResourcePoolRequesterQosInfosInput extends ResourcePoolInput, TokenPageInput {}

/** Result of ListResourcePoolRequesterQoSInfos. */
export interface ListResourcePoolRequesterQosInfosResult extends Result, TokenPage {
  readonly resourcePool?: string;
  readonly continuationToken?: string;
  readonly requesters: readonly RequesterQosInfo[];
}

/**
 * Lists one page of the accounts that are limited on a resource pool.
 * @throws ServiceError when there is no such pool, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listResourcePoolRequesterQosInfos } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ resourcePools: { fast: ["photos"] } }).clientOptions);
 * for await (const { requester } of each(client, listResourcePoolRequesterQosInfos, { resourcePool: "fast" }))
 *   console.log(requester);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listresourcepoolrequesterqosinfos
 */
export const listResourcePoolRequesterQosInfos: ListOperation<
  ListResourcePoolRequesterQosInfosInput,
  ListResourcePoolRequesterQosInfosResult,
  RequesterQosInfo
> = /* @__PURE__ */ listOperation(
  () => ({
    name: "ListResourcePoolRequesterQoSInfos",
    method: "GET",
    scope: "service",
    subresource,
    wire: { ...tokenWire(), resourcePool: "?resourcePool" },
    request: required("resourcePool"),
    result: treeResult("ListResourcePoolRequesterQoSInfosResult", {
      ...tokenShape(),
      resourcePool: text,
      continuationToken: text,
      requesters: named("RequesterQoSInfo", list<RequesterQosInfo>(object<RequesterQosInfo>(requesterQosShape()))),
    }),
  }),
  { next: nextByToken, items: ({ requesters }) => requesters },
);
