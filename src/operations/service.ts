/**
 * Calls on the service itself: ListBuckets.
 * @module
 */
import { boolean, date, list, named, number, object, text } from "../codec/shape.ts";
import type { ServiceInput } from "../core/operation.ts";
import { type ListOperation, listOperation } from "../core/pages.ts";
import { xmlResult } from "../core/response.ts";
import type { OpenEnum, Result, StorageClass } from "../types.ts";
import { type Owner, ownerShape } from "./owner.ts";

/** A bucket as lists show it. */
export interface ListedBucket {
  readonly name: string;
  readonly region?: string;
  /** With `oss-`: `oss-cn-hangzhou`. */
  readonly location?: string;
  readonly storageClass?: OpenEnum<StorageClass>;
  readonly creationDate?: Date;
  readonly extranetEndpoint?: string;
  readonly intranetEndpoint?: string;
  readonly resourceGroupId?: string;
}

/** Input of ListBuckets. */
export interface ListBucketsInput extends ServiceInput {
  /** Only names that begin with it. */
  readonly prefix?: string | undefined;
  /** Only names after it. */
  readonly marker?: string | undefined;
  /** Buckets a page, 1 to 1,000. @default 100, the service's */
  readonly maxKeys?: number | undefined;
  /** Only buckets with this tag key. */
  readonly tagKey?: string | undefined;
  /** Only buckets with this value of `tagKey`. */
  readonly tagValue?: string | undefined;
  /** Only buckets with all these tags, as OSS writes them: `"k1":"v1","k2":"v2"`. */
  readonly tagging?: string | undefined;
  readonly resourceGroupId?: string | undefined;
}

/** Result of ListBuckets. */
export interface ListBucketsResult extends Result {
  readonly buckets: readonly ListedBucket[];
  readonly owner?: Owner;
  readonly isTruncated?: boolean;
  readonly nextMarker?: string;
  readonly prefix?: string;
  readonly marker?: string;
  readonly maxKeys?: number;
}

/**
 * Lists one page of the account's buckets in all regions, by name.
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listBuckets } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient(oss.clientOptions);
 * for await (const bucket of each(client, listBuckets, {})) console.log(bucket.name);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listbuckets
 */
export const listBuckets: ListOperation<ListBucketsInput, ListBucketsResult, ListedBucket> =
  /* @__PURE__ */ listOperation(
    () => ({
      name: "ListBuckets",
      method: "GET",
      scope: "service",
      wire: {
        prefix: "?prefix",
        marker: "?marker",
        maxKeys: "?max-keys",
        tagKey: "?tag-key",
        tagValue: "?tag-value",
        tagging: "?tagging",
        resourceGroupId: "x-oss-resource-group-id",
      },
      result: xmlResult("ListAllMyBucketsResult", {
        buckets: named(
          "Buckets/Bucket",
          list<ListedBucket>(
            object<ListedBucket>({
              name: text,
              region: text,
              location: text,
              storageClass: text,
              creationDate: date,
              extranetEndpoint: text,
              intranetEndpoint: text,
              resourceGroupId: text,
            }),
          ),
        ),
        owner: object<Owner>(ownerShape()),
        isTruncated: boolean,
        nextMarker: text,
        prefix: text,
        marker: text,
        maxKeys: number,
      }),
    }),
    {
      next: ({ isTruncated, nextMarker }) => (isTruncated ? { marker: nextMarker } : undefined),
      items: ({ buckets }) => buckets,
    },
  );
