/**
 * How much is in a bucket, by storage class.
 * @module
 */
import { type Bucket, isMarker } from "./records.ts";

/** What each storage class is called in the names of sums of objects, and of parts. */
const NAMES: Readonly<Record<string, readonly [objects: string, parts: string]>> = {
  Standard: ["Standard", "Standard"],
  IA: ["InfrequentAccess", "Infrequent"],
  Archive: ["Archive", "Archive"],
  ColdArchive: ["ColdArchive", "ColdArchive"],
  DeepColdArchive: ["DeepColdArchive", "DeepColdArchive"],
};

/** An object of other classes than Standard is billed as this many bytes at least. */
const LEAST_BILLED = 64 * 1024;

/**
 * Counts objects with all their versions, delete markers, uploads and parts.
 * @param bucket the bucket
 * @param now milliseconds
 * @returns sums by element name
 */
export function bucketStat(bucket: Bucket, now: number): Record<string, number> {
  const sums: Record<string, number> = { Storage: 0, ObjectCount: 0, MultipartUploadCount: bucket.uploads.size };
  const add = (name: string, amount: number): void => {
    sums[name] = (sums[name] ?? 0) + amount;
  };
  for (const name of ["MultipartPartCount", "MultipartPartStorage", "DeleteMarkerCount"]) add(name, 0);
  for (const [storageClass, [objects, parts]] of Object.entries(NAMES)) {
    const own = storageClass === "Standard" ? ["Storage", "ObjectCount"] : ["Storage", "RealStorage", "ObjectCount"];
    for (const name of own) add(objects + name, 0);
    for (const name of ["MultipartPartCount", "MultipartPartStorage"]) add(parts + name, 0);
  }
  const count = (storageClass: string, size: number): void => {
    const [name] = NAMES[storageClass] ?? ["Standard"];
    const standard = name === "Standard";
    add("Storage", size);
    add("ObjectCount", 1);
    add(`${name}ObjectCount`, 1);
    add(`${name}Storage`, standard ? size : Math.max(size, LEAST_BILLED));
    if (!standard) add(`${name}RealStorage`, size);
  };
  const all = () => false;
  for (const [, { storageClass, content }] of bucket.objects.from(all)) count(storageClass, content.size);
  for (const [, versions] of bucket.history.from(all)) {
    for (const version of versions) {
      if (isMarker(version)) add("DeleteMarkerCount", 1);
      else count(version.storageClass, version.content.size);
    }
  }
  for (const [, { record, parts }] of bucket.uploads.from(all)) {
    const [, name] = NAMES[record.storageClass] ?? ["Standard", "Standard"];
    for (const { content } of parts.values()) {
      for (const prefix of ["", name]) {
        add(`${prefix}MultipartPartCount`, 1);
        add(`${prefix}MultipartPartStorage`, content.size);
      }
    }
  }
  add("LiveChannelCount", Object.keys(bucket.record.channels ?? {}).length);
  add("LastModifiedTime", Math.floor(now / 1000));
  return sums;
}
