/**
 * The versions of keys, as a bucket keeps them: the current object for itself, so that buckets without versioning cost
 * what they cost without it.
 * @module
 */
import type { Order } from "./order.ts";
import { type Bucket, type BucketRecord, isMarker, type ObjectRecord, type VersionRecord } from "./records.ts";
import { SortedMap } from "./sorted_map.ts";

/** Makes an empty bucket. */
export function emptyBucket(record: BucketRecord, order: Order): Bucket {
  return { record, objects: new SortedMap(order), history: new SortedMap(order), uploads: new SortedMap(order) };
}

/** The newest version of a key, a delete marker or an object. */
export function newestVersion(bucket: Bucket, key: string): VersionRecord | undefined {
  return bucket.objects.get(key) ?? bucket.history.get(key)?.at(-1);
}

/**
 * The version of a key with this id.
 * @param versionId none is `null`
 */
export function findVersion(bucket: Bucket, key: string, versionId: string | undefined): VersionRecord | undefined {
  const current = bucket.objects.get(key);
  if (current !== undefined && current.versionId === versionId) return current;
  return bucket.history.get(key)?.find((version) => version.versionId === versionId);
}

/** Puts a version on top of those of its key; none of these may have its id. */
export function addVersion(bucket: Bucket, record: VersionRecord): void {
  const { objects, history } = bucket;
  const { key } = record;
  const current = objects.get(key);
  const older = history.get(key) ?? [];
  if (current !== undefined) older.push(current);
  if (isMarker(record)) {
    older.push(record);
    objects.delete(key);
  } else {
    objects.set(key, record);
  }
  if (older.length > 0) history.set(key, older);
}

/**
 * Makes a version the newest of its key.
 * @returns the version with the same id that it replaces, if there was one
 */
export function putVersion(bucket: Bucket, record: VersionRecord): VersionRecord | undefined {
  const { key, versionId } = record;
  const current = bucket.objects.get(key);
  // The common cases first: nothing below the object is touched, or there is no history at all.
  const alone = current === undefined ? bucket.history.size === 0 : current.versionId === versionId;
  if (alone && !isMarker(record)) {
    bucket.objects.set(key, record);
    return current;
  }
  const old = takeVersion(bucket, key, versionId);
  addVersion(bucket, record);
  return old;
}

/**
 * Takes a version out; the one below it may become the current one.
 * @returns the version, if there was one
 */
export function takeVersion(bucket: Bucket, key: string, versionId: string | undefined): VersionRecord | undefined {
  const { objects, history } = bucket;
  const older = history.get(key) ?? [];
  let taken: VersionRecord | undefined = objects.get(key);
  if (taken !== undefined && taken.versionId === versionId) {
    objects.delete(key);
  } else {
    const index = older.findIndex((version) => version.versionId === versionId);
    taken = index < 0 ? undefined : older.splice(index, 1)[0];
  }
  const next = older.at(-1);
  if (next !== undefined && !isMarker(next) && objects.get(key) === undefined) {
    older.pop();
    objects.set(key, next);
  }
  if (older.length === 0) history.delete(key);
  return taken;
}

/** Puts a version in the place of the one with its id; gives that one, if there was one. */
export function replaceVersion(bucket: Bucket, record: ObjectRecord): VersionRecord | undefined {
  const { key, versionId } = record;
  const current = bucket.objects.get(key);
  if (current !== undefined && current.versionId === versionId) {
    bucket.objects.set(key, record);
    return current;
  }
  const older = bucket.history.get(key) ?? [];
  const index = older.findIndex((version) => version.versionId === versionId);
  const old = older[index];
  if (old !== undefined) older[index] = record;
  return old;
}
