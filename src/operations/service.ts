/**
 * Calls on the service itself: ListBuckets, DescribeRegions and ListCloudBoxes.
 * @module
 */
import { boolean, date, list, named, number, object, type Shape, text } from "../codec/shape.ts";
import { type Operation, operation, type ServiceInput } from "../core/operation.ts";
import { type ListOperation, listOperation } from "../core/pages.ts";
import { treeResult, xmlResult } from "../core/response.ts";
import type { OpenEnum, Result, StorageClass } from "../types.ts";
import { pageSizeWire } from "./fields.ts";
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
  /** Only buckets with all these tags. */
  readonly tagging?: Readonly<Record<string, string>> | undefined;
  /** Only buckets of this group; `rg-default-id` is the default one. */
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

const pageWire = () => ({ prefix: "?prefix", marker: "?marker", maxKeys: pageSizeWire("maxKeys", "?max-keys") });

const pageShape = (): Shape<Omit<ListBucketsResult, "buckets" | keyof Result>> => ({
  owner: object<Owner>(ownerShape()),
  isTruncated: boolean,
  nextMarker: text,
  prefix: text,
  marker: text,
  maxKeys: number,
});

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
        ...pageWire(),
        tagKey: "?tag-key",
        tagValue: "?tag-value",
        // As OSS wants it, "k1":"v1","k2":"v2".
        tagging: ["?tagging", (tags) => JSON.stringify(tags).slice(1, -1)],
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
        ...pageShape(),
      }),
    }),
    {
      next: ({ isTruncated, nextMarker }) => (isTruncated ? { marker: nextMarker } : undefined),
      items: ({ buckets }) => buckets,
    },
  );

/** A region and its endpoints. */
export interface RegionInfo {
  /** With `oss-`: `oss-cn-hangzhou`. */
  readonly region: string;
  readonly internetEndpoint?: string;
  readonly internalEndpoint?: string;
  readonly accelerateEndpoint?: string;
}

/** Input of DescribeRegions. */
export interface DescribeRegionsInput extends ServiceInput {
  /** Only this one: `oss-cn-hangzhou`. @default all */
  readonly regions?: string | undefined;
}

/** Result of DescribeRegions. */
export interface DescribeRegionsResult extends Result {
  readonly regions: readonly RegionInfo[];
}

/**
 * Reads the endpoints of all regions, or of one.
 * @throws ServiceError `NoSuchRegion`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, describeRegions } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS();
 * const client = createClient(oss.clientOptions);
 * const { regions } = await describeRegions(client, { regions: "oss-cn-hangzhou" });
 * console.log(regions[0]?.internetEndpoint); // "oss-cn-hangzhou.aliyuncs.com"
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/describeregions
 */
export const describeRegions: Operation<DescribeRegionsInput, DescribeRegionsResult> = /* @__PURE__ */ operation(
  () => ({
    name: "DescribeRegions",
    method: "GET",
    scope: "service",
    subresource: "regions",
    wire: { regions: "?regions" },
    result: treeResult("RegionInfoList", {
      regions: named(
        "RegionInfo",
        list<RegionInfo>(
          object<RegionInfo>({
            region: text,
            internetEndpoint: text,
            internalEndpoint: text,
            accelerateEndpoint: text,
          }),
        ),
      ),
    }),
  }),
);

/** A CloudBox: OSS in a data centre of one's own. */
export interface CloudBox {
  readonly id: string;
  readonly name?: string;
  readonly alias?: string;
  readonly region?: string;
  readonly controlEndpoint?: string;
  readonly dataEndpoint?: string;
}

/** Input of ListCloudBoxes. */
export interface ListCloudBoxesInput extends ServiceInput, Pick<ListBucketsInput, "prefix" | "marker" | "maxKeys"> {}

/** Result of ListCloudBoxes. */
export interface ListCloudBoxesResult extends Omit<ListBucketsResult, "buckets"> {
  readonly cloudBoxes: readonly CloudBox[];
}

/**
 * Lists one page of the account's CloudBoxes.
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listCloudBoxes } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS();
 * const client = createClient(oss.clientOptions);
 * for await (const box of each(client, listCloudBoxes, {})) console.log(box.id, box.dataEndpoint);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/list-cloud-boxes
 */
export const listCloudBoxes: ListOperation<ListCloudBoxesInput, ListCloudBoxesResult, CloudBox> =
  /* @__PURE__ */ listOperation(
    () => ({
      name: "ListCloudBoxes",
      method: "GET",
      scope: "service",
      subresource: "cloudboxes",
      wire: pageWire(),
      result: treeResult("ListCloudBoxResult", {
        cloudBoxes: named(
          "CloudBoxes/CloudBox",
          list<CloudBox>(
            object<CloudBox>({
              id: named("ID", text),
              name: text,
              alias: text,
              region: text,
              controlEndpoint: text,
              dataEndpoint: text,
            }),
          ),
        ),
        ...pageShape(),
      }),
    }),
    {
      next: ({ isTruncated, nextMarker }) => (isTruncated ? { marker: nextMarker } : undefined),
      items: ({ cloudBoxes }) => cloudBoxes,
    },
  );
