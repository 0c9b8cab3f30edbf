/**
 * Keeps the records of files that are done until their batch is: made again after a crash it finds their objects, and
 * sends nothing. Loaded on demand.
 * @module
 */
import type { CheckpointStore, TransferRecord } from "../../checkpoints.ts";
import { type GuardedStore, guardStore } from "./guarded_store.ts";
import { isDone } from "./read_record.ts";
import type { UploadRecord } from "./types.ts";

/** What a batch remembers of its files. */
export interface DoneKeeper {
  /**
   * Uploads one file.
   * @param work does it, with a store of its own
   */
  file<T>(work: (checkpoints: CheckpointStore) => Promise<T>): Promise<T>;
  /** All files are done: nothing is to be remembered any more. It never rejects. */
  forget(): Promise<void>;
}

/**
 * Makes what remembers the files of a batch.
 * @param store the caller's
 * @param warn is told when the store fails
 */
export function keepDone(store: CheckpointStore, warn: (message: string) => void): DoneKeeper {
  const guarded = guardStore(store, warn);
  const done = new Set<string>();
  return {
    async file(work) {
      const kept = new Set<string>();
      try {
        return await work(keeping(store, kept));
      } catch (error) {
        // Its object is there, and its callback has failed, for example.
        for (const id of kept) await forget(guarded, id);
        kept.clear();
        throw error;
      } finally {
        for (const id of kept) done.add(id);
      }
    },
    async forget() {
      for (const id of done) await forget(guarded, id);
    },
  };
}

/** By now another one may upload another file in its place. */
async function forget(guarded: GuardedStore, id: string): Promise<void> {
  if (isDone(await guarded.read(id))) await guarded.remove(id);
}

/** The same store, but that what is to be removed after its object was completed stays, and says so. */
function keeping(store: CheckpointStore, kept: Set<string>): CheckpointStore {
  const { lock, channel } = store;
  let last: TransferRecord | undefined;
  return {
    get: (id) => store.get(id),
    set(id, record) {
      last = record;
      return store.set(id, record);
    },
    async delete(id) {
      // One that was found to be done has not been written here.
      const record = (last?.id === id ? last : await store.get(id)) as UploadRecord | undefined;
      if (!record?.completing) return store.delete(id);
      kept.add(id);
      const finished: UploadRecord = { ...record, done: true };
      if (!isDone(record)) await store.set(id, finished);
    },
    list: () => store.list(),
    ...(lock && { lock: lock.bind(store) }),
    ...(channel && { channel: channel.bind(store) }),
  };
}
