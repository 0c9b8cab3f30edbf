/**
 * ListResourcePools and GetResourcePoolInfo.
 * @module
 */
import { date, list, named, object, text } from "../codec/shape.ts";
import { type Operation, operation, type ServiceInput } from "../core/operation.ts";
import { type ListOperation, listOperation } from "../core/pages.ts";
import { treeResult } from "../core/response.ts";
import type { Result } from "../types.ts";
import { type QosConfiguration, qosShape } from "./qos_configuration.ts";
import { required } from "./required.ts";
import { nextByToken, type TokenPage, type TokenPageInput, tokenShape, tokenWire } from "./token_paging.ts";

/** Input of calls on one resource pool. */
export interface ResourcePoolInput extends ServiceInput {
  /** The pool's name. */
  readonly resourcePool: string;
}

/** A resource pool as lists show it. */
export interface ListedResourcePool {
  readonly name: string;
  readonly createTime?: Date;
}

/** Input of ListResourcePools. */
export interface ListResourcePoolsInput extends ServiceInput, TokenPageInput {}

/** Result of ListResourcePools. */
export interface ListResourcePoolsResult extends Result, TokenPage {
  readonly region?: string;
  /** The account's id. */
  readonly owner?: string;
  readonly continuationToken?: string;
  readonly resourcePools: readonly ListedResourcePool[];
}

/** Result of GetResourcePoolInfo. */
export interface GetResourcePoolInfoResult extends Result, ListedResourcePool {
  readonly region?: string;
  /** The account's id. */
  readonly owner?: string;
  readonly qosConfiguration?: QosConfiguration;
}

/**
 * Lists one page of the account's resource pools in the region.
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listResourcePools } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ resourcePools: { fast: ["photos"] } }).clientOptions);
 * for await (const pool of each(client, listResourcePools, {})) console.log(pool.name);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listresourcepools
 */
export const listResourcePools: ListOperation<ListResourcePoolsInput, ListResourcePoolsResult, ListedResourcePool> =
  /* @__PURE__ */ listOperation(
    () => ({
      name: "ListResourcePools",
      method: "GET",
      scope: "service",
      subresource: "resourcePool",
      wire: tokenWire(),
      result: treeResult("ListResourcePoolsResult", {
        ...tokenShape(),
        region: text,
        owner: text,
        continuationToken: text,
        resourcePools: named(
          "ResourcePool",
          list<ListedResourcePool>(object<ListedResourcePool>({ name: text, createTime: date })),
        ),
      }),
    }),
    { next: nextByToken, items: ({ resourcePools }) => resourcePools },
  );

/**
 * Reads what a resource pool is, and its limits.
 * @throws ServiceError when there is no such pool, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getResourcePoolInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ resourcePools: { fast: ["photos"] } }).clientOptions);
 * console.log((await getResourcePoolInfo(client, { resourcePool: "fast" })).qosConfiguration);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getresourcepoolinfo
 */
export const getResourcePoolInfo: Operation<ResourcePoolInput, GetResourcePoolInfoResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetResourcePoolInfo",
    method: "GET",
    scope: "service",
    subresource: "resourcePoolInfo",
    wire: { resourcePool: "?resourcePool" },
    request: required("resourcePool"),
    result: treeResult("GetResourcePoolInfoResponse", {
      name: text,
      createTime: date,
      region: text,
      owner: text,
      qosConfiguration: named("QoSConfiguration", object<QosConfiguration>(qosShape())),
    }),
  }),
);
