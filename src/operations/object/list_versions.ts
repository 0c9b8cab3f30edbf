/**
 * ListObjectVersions.
 * @module
 */
import { boolean, date, key, list, named, number, object, text } from "../../codec/shape.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { documentResult, scanXml } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { compareKeys } from "../byte_order.ts";
import { pageSizeWire } from "../fields.ts";
import { type Owner, ownerShape } from "../owner.ts";
import type { ListedObject, ListInput } from "./list.ts";

/** What lists tell of every version. */
interface VersionFacts {
  readonly versionId: string;
  /** Whether it is the newest version of its key. */
  readonly isLatest: boolean;
}

/** A version of an object. */
export interface ListedVersion extends ListedObject, VersionFacts {}

/** A delete marker: what a delete without a version leaves. */
export interface ListedDeleteMarker extends VersionFacts {
  readonly key: string;
  readonly lastModified: Date;
  readonly owner?: Owner;
}

/** A version or a delete marker. */
export type VersionEntry =
  | ({ readonly isDeleteMarker: false } & ListedVersion)
  | ({ readonly isDeleteMarker: true } & ListedDeleteMarker);

/** What `each` yields: a version, a delete marker or, with a delimiter, what several keys begin with. */
export type VersionItem =
  | ({ readonly isPrefix: false } & VersionEntry)
  | { readonly isPrefix: true; readonly isDeleteMarker: false; readonly key: string };

/** Input of ListObjectVersions; `maxKeys` counts versions, delete markers and prefixes. */
export interface ListObjectVersionsInput extends ListInput {
  /** Only keys after it or, with `versionIdMarker`, also this key's older versions. */
  readonly keyMarker?: string | undefined;
  /** Needs `keyMarker`. */
  readonly versionIdMarker?: string | undefined;
}

interface Paged extends Result {
  readonly commonPrefixes: readonly { readonly prefix: string }[];
  readonly isTruncated: boolean;
  readonly nextKeyMarker?: string;
  readonly nextVersionIdMarker?: string;
  readonly keyMarker?: string;
  readonly versionIdMarker?: string;
  readonly maxKeys?: number;
  readonly name?: string;
  readonly prefix?: string;
  readonly delimiter?: string;
}

/** Result of ListObjectVersions. */
export interface ListObjectVersionsResult extends Paged {
  /** Versions and delete markers in one order: by key, then newest first. */
  readonly entries: readonly VersionEntry[];
  readonly versions: readonly ListedVersion[];
  readonly deleteMarkers: readonly ListedDeleteMarker[];
}

/** An entry as it is read. */
interface Entry extends ListedVersion {
  readonly isDeleteMarker?: boolean;
}

/**
 * Lists one page of all versions and delete markers, by key and newest first; `pages` and `each` walk them all.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `InvalidArgument` for a `versionIdMarker` without `keyMarker`
 * @example
 * ```ts
 * import { createClient, each, listObjectVersions } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for await (const item of each(client, listObjectVersions, { prefix: "2025/" })) console.log(item.key, item.isDeleteMarker);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listobjectversions
 */
export const listObjectVersions: ListOperation<ListObjectVersionsInput, ListObjectVersionsResult, VersionItem> =
  /* @__PURE__ */ listOperation(
    () => {
      const page = documentResult<Paged & { readonly all: readonly Entry[] }>(
        // Delete markers stand among the versions: under one name, the list keeps their order. No text holds a "<".
        (xml, root, shape) =>
          scanXml(
            xml
              .replace(/<\/DeleteMarker\b/g, "<IsDeleteMarker>true</IsDeleteMarker></Version")
              .replace(/<DeleteMarker\b/g, "<Version"),
            root,
            shape,
          ),
        "ListVersionsResult",
        {
          all: named(
            "Version",
            list<Entry>(
              object<Entry>({
                isDeleteMarker: boolean,
                key,
                versionId: text,
                isLatest: boolean,
                size: number,
                etag: named("ETag", text),
                lastModified: date,
                type: text,
                storageClass: text,
                owner: object<Owner>(ownerShape()),
                restoreInfo: text,
                transitionTime: date,
              }),
            ),
          ),
          commonPrefixes: named(
            "CommonPrefixes",
            list<{ readonly prefix: string }>(object<{ readonly prefix: string }>({ prefix: key })),
          ),
          isTruncated: boolean,
          nextKeyMarker: key,
          nextVersionIdMarker: text,
          keyMarker: key,
          versionIdMarker: text,
          maxKeys: number,
          name: text,
          prefix: key,
          delimiter: key,
        },
      );
      return {
        name: "ListObjectVersions",
        method: "GET",
        subresource: "versions",
        query: { "encoding-type": "url" },
        wire: {
          prefix: "?prefix",
          delimiter: "?delimiter",
          maxKeys: pageSizeWire("maxKeys", "?max-keys"),
          keyMarker: "?key-marker",
          versionIdMarker: "?version-id-marker",
        },
        async result(...answer) {
          const { all, ...rest } = await page(...answer);
          const entries = all.map((entry) => ({ ...entry, isDeleteMarker: !!entry.isDeleteMarker }) as VersionEntry);
          return {
            ...rest,
            entries,
            versions: entries.filter((entry) => !entry.isDeleteMarker),
            deleteMarkers: entries.filter((entry) => entry.isDeleteMarker),
          };
        },
      };
    },
    {
      next: ({ isTruncated, nextKeyMarker, nextVersionIdMarker }) =>
        isTruncated ? { keyMarker: nextKeyMarker, versionIdMarker: nextVersionIdMarker || undefined } : undefined,
      items({ entries, commonPrefixes }) {
        const items: VersionItem[] = entries.map((entry) => ({ isPrefix: false, ...entry }));
        for (const { prefix } of commonPrefixes) items.push({ isPrefix: true, isDeleteMarker: false, key: prefix });
        // Stable: the versions of a key stay as the service has them.
        return items.sort((left, right) => compareKeys(left.key, right.key));
      },
    },
  );
