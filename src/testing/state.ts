/**
 * The state of one in-process OSS, and the only code that changes it: counts pieces and notes changes in the store.
 * @module
 */
import { type Contents, createContents } from "./contents.ts";
import type { Order } from "./order.ts";
import { encodeRecord } from "./persist.ts";
import {
  type Bucket,
  type BucketRecord,
  type ObjectRecord,
  type PartRecord,
  type Upload,
  type UploadRecord,
  uploadName,
} from "./records.ts";
import { SortedMap } from "./sorted_map.ts";
import type { Store } from "./store.ts";

/** Everything that is stored, with the operations that change it. */
export interface State {
  readonly store: Store;
  readonly contents: Contents;
  /** How names are sorted. */
  readonly order: Order;
  /** By name, in order. */
  readonly buckets: SortedMap<Bucket>;
  /** Adds a bucket or replaces its facts. */
  putBucket(record: BucketRecord): Promise<Bucket>;
  removeBucket(name: string): Promise<void>;
  putObject(bucket: Bucket, record: ObjectRecord): Promise<void>;
  /** False when there was none. */
  removeObject(bucket: Bucket, key: string): Promise<boolean>;
  putUpload(bucket: Bucket, record: UploadRecord): Promise<Upload>;
  putPart(bucket: Bucket, upload: Upload, part: PartRecord): Promise<void>;
  /** Drops an upload and its parts. */
  removeUpload(bucket: Bucket, upload: Upload): Promise<void>;
  /** Drops everything. */
  clear(): Promise<void>;
}

/**
 * Makes an empty state.
 * @param store where bytes and changes go
 * @param order how keys are sorted
 */
export function createState(store: Store, order: Order): State {
  const contents = createContents();
  const buckets = new SortedMap<Bucket>(order);
  const note = async (path: readonly string[], value: unknown): Promise<void> => {
    await store.note?.({ path, value });
  };
  const state: State = {
    store,
    contents,
    order,
    buckets,
    async putBucket(record) {
      const known = buckets.get(record.name);
      const bucket = known ?? { record, objects: new SortedMap(order), uploads: new SortedMap(order) };
      bucket.record = record;
      buckets.set(record.name, bucket);
      await note(["bucket", record.name], record);
      return bucket;
    },
    async removeBucket(name) {
      buckets.delete(name);
      await note(["bucket", name], null);
    },
    async putObject(bucket, record) {
      const old = bucket.objects.get(record.key);
      contents.retain(record.content);
      bucket.objects.set(record.key, record);
      await note(["object", bucket.record.name, record.key], encodeRecord(record));
      if (old !== undefined) await contents.release(old.content);
    },
    async removeObject(bucket, key) {
      const old = bucket.objects.get(key);
      if (old === undefined) return false;
      bucket.objects.delete(key);
      await note(["object", bucket.record.name, key], null);
      await contents.release(old.content);
      return true;
    },
    async putUpload(bucket, record) {
      const upload = { record, parts: new Map<number, PartRecord>() };
      bucket.uploads.set(uploadName(record.key, record.id), upload);
      await note(["upload", bucket.record.name, record.key, record.id], record);
      return upload;
    },
    async putPart(bucket, upload, part) {
      const old = upload.parts.get(part.number);
      contents.retain(part.content);
      upload.parts.set(part.number, part);
      await note(
        ["part", bucket.record.name, upload.record.key, upload.record.id, String(part.number)],
        encodeRecord(part),
      );
      if (old !== undefined) await contents.release(old.content);
    },
    async removeUpload(bucket, upload) {
      const { key, id } = upload.record;
      bucket.uploads.delete(uploadName(key, id));
      const parts = [...upload.parts.values()];
      upload.parts.clear();
      await note(["upload", bucket.record.name, key, id], null);
      for (const part of parts) await contents.release(part.content);
    },
    async clear() {
      for (const [name, bucket] of [...buckets.from(() => false)]) {
        for (const [, upload] of [...bucket.uploads.from(() => false)]) await state.removeUpload(bucket, upload);
        for (const [key] of [...bucket.objects.from(() => false)]) await state.removeObject(bucket, key);
        await state.removeBucket(name);
      }
    },
  };
  return state;
}
