/**
 * The state of one in-process OSS, and the only code that changes it: counts pieces and notes changes in the store.
 * @module
 */
import { type Contents, createContents } from "./contents.ts";
import { emptyBucket, putVersion, replaceVersion, takeVersion } from "./history.ts";
import type { Order } from "./order.ts";
import { encodeRecord, encodeVersion } from "./persist.ts";
import {
  type Bucket,
  type BucketRecord,
  isMarker,
  type ObjectRecord,
  type PartRecord,
  type Upload,
  type UploadRecord,
  uploadName,
  type VersionRecord,
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
  /** Documents that accounts keep, by the account's id, then by the sub-resource that names them. */
  readonly accountDocuments: Map<string, Readonly<Record<string, string>>>;
  /** The last number that a version got. */
  sequence: number;
  /** Adds a bucket or replaces its facts. */
  putBucket(record: BucketRecord): Promise<Bucket>;
  removeBucket(name: string): Promise<void>;
  /** Keeps a document with an account, or drops it. */
  keepAccountDocument(account: string, subresource: string, document: string | undefined): Promise<void>;
  /** Makes this the newest version of its key; one with the same id, that is `null`, is replaced. */
  putObject(bucket: Bucket, record: VersionRecord): Promise<void>;
  /** Changes the facts of a version, which keeps its place; does nothing when it is gone. */
  updateObject(bucket: Bucket, record: ObjectRecord): Promise<void>;
  /** Removes a version for good, and gives it; none is the version `null`. */
  removeVersion(bucket: Bucket, key: string, versionId: string | undefined): Promise<VersionRecord | undefined>;
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
  const noteVersion = (bucket: Bucket, { key, versionId }: VersionRecord, value: unknown): Promise<void> =>
    note(["object", bucket.record.name, key, ...(versionId === undefined ? [] : [versionId])], value);
  const release = async (record: VersionRecord | undefined): Promise<void> => {
    if (record !== undefined && !isMarker(record)) await contents.release(record.content);
  };
  const state: State = {
    store,
    contents,
    order,
    buckets,
    accountDocuments: new Map(),
    sequence: 0,
    async putBucket(record) {
      const known = buckets.get(record.name);
      const bucket = known ?? emptyBucket(record, order);
      bucket.record = record;
      buckets.set(record.name, bucket);
      await note(["bucket", record.name], record);
      return bucket;
    },
    async removeBucket(name) {
      buckets.delete(name);
      await note(["bucket", name], null);
    },
    async keepAccountDocument(account, subresource, document) {
      const { [subresource]: _, ...others } = state.accountDocuments.get(account) ?? {};
      const documents = document === undefined ? others : { ...others, [subresource]: document };
      state.accountDocuments.set(account, documents);
      await note(["account", account], documents);
    },
    async putObject(bucket, record) {
      if (!isMarker(record)) contents.retain(record.content);
      const old = putVersion(bucket, record);
      await noteVersion(bucket, record, encodeVersion(record));
      await release(old);
    },
    async updateObject(bucket, record) {
      const old = replaceVersion(bucket, record);
      if (old === undefined) return;
      contents.retain(record.content);
      await noteVersion(bucket, record, encodeVersion(record));
      await release(old);
    },
    async removeVersion(bucket, key, versionId) {
      const old = takeVersion(bucket, key, versionId);
      if (old === undefined) return undefined;
      await noteVersion(bucket, old, null);
      await release(old);
      return old;
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
      for (const account of state.accountDocuments.keys()) await note(["account", account], {});
      state.accountDocuments.clear();
      for (const [name, bucket] of [...buckets.from(() => false)]) {
        for (const [, upload] of [...bucket.uploads.from(() => false)]) await state.removeUpload(bucket, upload);
        for (const [key, versions] of [...bucket.history.from(() => false)]) {
          for (const { versionId } of [...versions]) await state.removeVersion(bucket, key, versionId);
        }
        for (const [key, { versionId }] of [...bucket.objects.from(() => false)]) {
          await state.removeVersion(bucket, key, versionId);
        }
        await state.removeBucket(name);
      }
    },
  };
  return state;
}
