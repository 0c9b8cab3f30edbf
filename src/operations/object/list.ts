/**
 * ListObjects, version 1 and version 2.
 * @module
 */
import { boolean, date, key, list, named, number, object, type Shape, text } from "../../codec/shape.ts";
import type { BaseInput } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { xmlResult } from "../../core/response.ts";
import type { OpenEnum, Result, StorageClass } from "../../types.ts";
import { compareKeys } from "../byte_order.ts";
import { pageSizeWire } from "../fields.ts";
import { type Owner, ownerShape } from "../owner.ts";

/** An object as lists show it. */
export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date;
  readonly type?: OpenEnum<"Normal" | "Multipart" | "Appendable" | "Symlink">;
  readonly storageClass?: OpenEnum<StorageClass>;
  /** With ListObjects, or with `fetchOwner`. */
  readonly owner?: Owner;
  readonly restoreInfo?: string;
  readonly transitionTime?: Date;
}

/** What `each` yields of a list: an object, or, with a delimiter, what several keys begin with. */
export type ListItem =
  | ({ readonly isPrefix: false } & ListedObject)
  | { readonly isPrefix: true; readonly key: string };

interface CommonPrefix {
  readonly prefix: string;
}

const listedObject = (): Shape<ListedObject> => ({
  key,
  size: number,
  etag: named("ETag", text),
  lastModified: date,
  type: text,
  storageClass: text,
  owner: object<Owner>(ownerShape()),
  restoreInfo: text,
  transitionTime: date,
});

const objects = () => named("Contents", list<ListedObject>(object<ListedObject>(listedObject())));
const prefixes = () => named("CommonPrefixes", list<CommonPrefix>(object<CommonPrefix>({ prefix: key })));

/** Objects and prefixes of one page in one order, that of the service. */
function merge(page: {
  readonly objects: readonly ListedObject[];
  readonly commonPrefixes: readonly CommonPrefix[];
}): ListItem[] {
  const items: ListItem[] = page.objects.map((found) => ({ isPrefix: false, ...found }));
  if (page.commonPrefixes.length === 0) return items;
  for (const { prefix } of page.commonPrefixes) items.push({ isPrefix: true, key: prefix });
  return items.sort((left, right) => compareKeys(left.key, right.key));
}

/** Input that both versions share. */
export interface ListInput extends BaseInput {
  /** Only keys that begin with it. */
  readonly prefix?: string | undefined;
  /** Folds keys that share what comes before it, after the prefix, into one common prefix; mostly `/`. */
  readonly delimiter?: string | undefined;
  /** Keys and prefixes a page, 1 to 1,000. @default 100, the service's */
  readonly maxKeys?: number | undefined;
}

/** Input of ListObjectsV2. */
export interface ListObjectsV2Input extends ListInput {
  /** Only keys after it, in byte order. */
  readonly startAfter?: string | undefined;
  /** `nextContinuationToken` of the page before. */
  readonly continuationToken?: string | undefined;
  /** Tell each object's owner. @default false */
  readonly fetchOwner?: boolean | undefined;
}

/** Result of ListObjectsV2. */
export interface ListObjectsV2Result extends Result {
  readonly objects: readonly ListedObject[];
  readonly commonPrefixes: readonly { readonly prefix: string }[];
  readonly isTruncated: boolean;
  readonly nextContinuationToken?: string;
  readonly keyCount?: number;
  readonly maxKeys?: number;
  readonly name?: string;
  readonly prefix?: string;
  readonly delimiter?: string;
  readonly startAfter?: string;
  readonly continuationToken?: string;
}

/**
 * Lists one page of objects, in byte order; `pages` and `each` walk them all.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listObjectsV2 } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for await (const item of each(client, listObjectsV2, { prefix: "2025/" })) console.log(item.key);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listobjectsv2
 */
export const listObjectsV2: ListOperation<ListObjectsV2Input, ListObjectsV2Result, ListItem> =
  /* @__PURE__ */ listOperation(
    () => ({
      name: "ListObjectsV2",
      method: "GET",
      query: { "list-type": 2, "encoding-type": "url" },
      wire: {
        prefix: "?prefix",
        delimiter: "?delimiter",
        maxKeys: pageSizeWire("maxKeys", "?max-keys"),
        startAfter: "?start-after",
        continuationToken: "?continuation-token",
        fetchOwner: "?fetch-owner",
      },
      result: xmlResult("ListBucketResult", {
        objects: objects(),
        commonPrefixes: prefixes(),
        isTruncated: boolean,
        nextContinuationToken: key,
        keyCount: number,
        maxKeys: number,
        name: text,
        prefix: key,
        delimiter: key,
        startAfter: key,
        continuationToken: key,
      }),
    }),
    {
      next: ({ isTruncated, nextContinuationToken }) =>
        isTruncated ? { continuationToken: nextContinuationToken, startAfter: undefined } : undefined,
      items: merge,
    },
  );

/** Input of ListObjects. */
export interface ListObjectsInput extends ListInput {
  /** Only keys after it, in byte order. */
  readonly marker?: string | undefined;
}

/** Result of ListObjects. */
export interface ListObjectsResult extends Result {
  readonly objects: readonly ListedObject[];
  readonly commonPrefixes: readonly { readonly prefix: string }[];
  readonly isTruncated: boolean;
  readonly nextMarker?: string;
  readonly maxKeys?: number;
  readonly name?: string;
  readonly prefix?: string;
  readonly marker?: string;
  readonly delimiter?: string;
}

/**
 * Lists one page of objects with owners, in byte order; ListObjectsV2 is the newer call.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, listObjects } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await listObjects(client, { maxKeys: 10 })).objects.length);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listobjects
 */
export const listObjects: ListOperation<ListObjectsInput, ListObjectsResult, ListItem> = /* @__PURE__ */ listOperation(
  () => ({
    name: "ListObjects",
    method: "GET",
    query: { "encoding-type": "url" },
    wire: {
      prefix: "?prefix",
      delimiter: "?delimiter",
      maxKeys: pageSizeWire("maxKeys", "?max-keys"),
      marker: "?marker",
    },
    result: xmlResult("ListBucketResult", {
      objects: objects(),
      commonPrefixes: prefixes(),
      isTruncated: boolean,
      nextMarker: key,
      maxKeys: number,
      name: text,
      prefix: key,
      marker: key,
      delimiter: key,
    }),
  }),
  {
    next({ isTruncated, nextMarker, objects, commonPrefixes }) {
      if (!isTruncated) return undefined;
      // Some services name no marker: the last thing that was seen is one.
      const last = [objects.at(-1)?.key ?? "", commonPrefixes.at(-1)?.prefix ?? ""].sort(compareKeys)[1];
      return { marker: nextMarker ?? last };
    },
    items: merge,
  },
);
