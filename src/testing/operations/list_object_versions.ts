/**
 * ListObjectVersions: every version and delete marker, by key, newest first.
 * @module
 */
import { restoreInfo } from "../archive.ts";
import { ownerFacts } from "../bucket_facts.ts";
import { type BucketCall, invalidArgument } from "../call.ts";
import { newestVersion } from "../history.ts";
import { encodingOf, orderOf, pageSize } from "../list_options.ts";
import type { Order } from "../order.ts";
import { type Entries, listPage } from "../page.ts";
import { type Bucket, isMarker, type VersionRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { sequenceOf, versionName } from "../versions.ts";
import type { RouteAnswer } from "../wire.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

/** Where a list goes on: with the versions of this key whose number is lower. */
interface Marker {
  readonly key: string;
  readonly sequence: number;
}

/** The versions of a key, newest first; of the marker's key only those after it. */
function* versionsOf(bucket: Bucket, key: string, marker: Marker | undefined): Generator<VersionRecord> {
  const current = bucket.objects.get(key);
  const older = bucket.history.get(key) ?? [];
  const limit = key === marker?.key ? marker.sequence : Number.POSITIVE_INFINITY;
  if (current !== undefined && (current.sequence ?? 0) < limit) yield current;
  for (let i = older.length - 1; i >= 0; i--) {
    const version = older[i];
    if (version !== undefined && (version.sequence ?? 0) < limit) yield version;
  }
}

/** All versions of a bucket, in order: its current objects and its history, walked side by side. */
function versionEntries(bucket: Bucket, order: Order, marker: Marker | undefined): Entries<VersionRecord> {
  return {
    *from(before) {
      const walks = [bucket.objects.from(before), bucket.history.from(before)] as const;
      const heads = walks.map((walk) => walk.next().value?.[0]);
      for (;;) {
        const [object, past] = heads;
        const key = object === undefined || (past !== undefined && order(past, object) < 0) ? past : object;
        if (key === undefined) return;
        for (const version of versionsOf(bucket, key, marker)) yield [key, version];
        for (const [i, walk] of walks.entries()) if (heads[i] === key) heads[i] = walk.next().value?.[0];
      }
    },
  };
}

function describe({ bucket, now }: BucketCall, version: VersionRecord, encode: (text: string) => string): XmlValue {
  const common = {
    Key: encode(version.key),
    VersionId: versionName(version),
    IsLatest: newestVersion(bucket, version.key) === version,
    LastModified: new Date(version.modified).toISOString(),
  };
  const Owner = ownerFacts(bucket.record.owner);
  if (isMarker(version)) return { DeleteMarker: { ...common, Owner } };
  const { etag: ETag, type: Type, storageClass: StorageClass, content } = version;
  const RestoreInfo = restoreInfo(version, now);
  return { Version: { ...common, ETag, Type, Size: content.size, StorageClass, RestoreInfo, Owner } };
}

function listObjectVersions(call: BucketCall): RouteAnswer {
  const { query, bucket } = call;
  const value = (name: string): string => query.get(name) ?? "";
  const [prefix, delimiter] = [value("prefix"), value("delimiter")];
  const [keyMarker, idMarker] = [value("key-marker"), value("version-id-marker")];
  if (idMarker !== "" && keyMarker === "") {
    throw invalidArgument(
      "version-id-marker",
      idMarker,
      "A version-id-marker cannot be specified without a key-marker.",
    );
  }
  const max = pageSize(call, "max-keys", 100, "0015-00000402");
  const { encode, encodingType } = encodingOf(call);
  const order = orderOf(call.service.settings);
  const resume = idMarker !== "";
  const marker = resume ? { key: keyMarker, sequence: sequenceOf(bucket, keyMarker, idMarker) } : undefined;
  const { items, prefixes, next } = listPage({
    entries: versionEntries(bucket, order, marker),
    ...{ order, prefix, delimiter, max, resume },
    after: keyMarker === "" ? undefined : keyMarker,
  });
  const last = items.at(-1);
  const document = xmlDocument("ListVersionsResult", {
    Name: bucket.record.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: idMarker,
    MaxKeys: max,
    Delimiter: encode(delimiter),
    EncodingType: encodingType,
    IsTruncated: next !== undefined,
    NextKeyMarker: next === undefined ? undefined : encode(next),
    NextVersionIdMarker: next !== undefined && last?.key === next ? versionName(last) : undefined,
    "": items.map((version) => describe(call, version, encode)),
    CommonPrefixes: prefixes.map((common) => ({ Prefix: encode(common) })),
  });
  return { body: document };
}

/** The row of the list of versions. */
export const listObjectVersionsRoutes: readonly Route[] = [
  {
    operation: "ListObjectVersions",
    method: "GET",
    scope: "bucket",
    query: ["versions"],
    access: "read",
    cors: true,
    run: listObjectVersions,
  },
];
