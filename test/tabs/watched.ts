/**
 * How far a tab has come with its store: where one falls silent, this tells the browser's faults from ours.
 * @module
 */
import type { CheckpointStore } from "../../src/checkpoints.ts";

/**
 * Watches a store.
 * @param store does the work
 * @param told what is asked of it, and what it has answered
 */
export function watched(store: CheckpointStore, told: (stage: string) => void): CheckpointStore {
  return {
    ...store,
    async get(id) {
      told("record asked");
      const record = await store.get(id);
      told("record read");
      return record;
    },
    async set(id, record) {
      told("record set");
      await store.set(id, record);
      told("record kept");
    },
    async delete(id) {
      told("record removed");
      await store.delete(id);
      told("record gone");
    },
    async lock(id, signal) {
      told("lock asked");
      const lock = await store.lock?.(id, signal);
      if (!lock) throw new Error("The store of a page has locks");
      told("lock held");
      return lock;
    },
  };
}
