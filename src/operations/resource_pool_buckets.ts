/**
 * ListResourcePoolBuckets.
 * @module
 */
import { date, list, named, object, text } from "../codec/shape.ts";
import { type ListOperation, listOperation } from "../core/pages.ts";
import { treeResult } from "../core/response.ts";
import type { Result } from "../types.ts";
import { required } from "./required.ts";
import type { ResourcePoolInput } from "./resource_pool.ts";
import { nextByToken, type TokenPage, type TokenPageInput, tokenShape, tokenWire } from "./token_paging.ts";

/** A bucket of a resource pool. */
export interface ResourcePoolBucket {
  readonly name: string;
  /** The bucket group. */
  readonly group?: string;
  readonly joinTime?: Date;
}

/** Input of ListResourcePoolBuckets. */
export interface ListResourcePoolBucketsInput extends ResourcePoolInput, TokenPageInput {}

/** Result of ListResourcePoolBuckets. */
export interface ListResourcePoolBucketsResult extends Result, TokenPage {
  readonly resourcePool?: string;
  readonly continuationToken?: string;
  readonly buckets: readonly ResourcePoolBucket[];
}

/**
 * Lists one page of the buckets in a resource pool.
 * @throws ServiceError when there is no such pool, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listResourcePoolBuckets } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ resourcePools: { fast: ["photos"] } }).clientOptions);
 * for await (const { name } of each(client, listResourcePoolBuckets, { resourcePool: "fast" })) console.log(name);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listresourcepoolbuckets
 */
export const listResourcePoolBuckets: ListOperation<
  ListResourcePoolBucketsInput,
  ListResourcePoolBucketsResult,
  ResourcePoolBucket
> = /* @__PURE__ */ listOperation(
  () => ({
    name: "ListResourcePoolBuckets",
    method: "GET",
    scope: "service",
    subresource: "resourcePoolBuckets",
    wire: { ...tokenWire(), resourcePool: "?resourcePool" },
    request: required("resourcePool"),
    result: treeResult("ListResourcePoolBucketsResult", {
      ...tokenShape(),
      resourcePool: text,
      continuationToken: text,
      buckets: named(
        "ResourcePoolBucket",
        list<ResourcePoolBucket>(object<ResourcePoolBucket>({ name: text, group: text, joinTime: date })),
      ),
    }),
  }),
  { next: nextByToken, items: ({ buckets }) => buckets },
);
