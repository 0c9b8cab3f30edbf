/**
 * Checkpoints in the browser's own database: `oss-fetch/stores/indexed-db`.
 * @module
 */
import type { CheckpointStore } from "../checkpoints.ts";
import { openDatabase } from "./database.ts";
import { channelsOf, takeWebLock, webLocks } from "./lock.ts";

export type { CheckpointStore, TransferChannel, TransferLock, TransferRecord } from "../checkpoints.ts";

/**
 * Keeps checkpoints in IndexedDB, in pages and workers: transfers survive reloads, crashes and kills, and where the
 * browser has file handles nobody has to pick the file again. Tabs and workers of an origin share it: one of them drives
 * a transfer, the others look on and take over when it dies.
 *
 * Where the browser keeps nothing (full, private, blocked) its calls reject, which fails no transfer.
 * @param name of the database
 * @returns the store; nothing is opened before it is used
 * @example
 * ```ts
 * import { indexedDBStore } from "oss-fetch/stores/indexed-db";
 * const checkpoints = indexedDBStore(); // for upload(client, input, { checkpoints })
 * console.log(checkpoints.lock !== undefined);
 * ```
 */
export function indexedDBStore(name: string = "oss-fetch"): CheckpointStore {
  const transact = openDatabase(name);
  return {
    get: (id) => transact("readonly", "records", (records) => records.get(id)),
    async set(id, record) {
      await transact("readwrite", "records", (records) => {
        try {
          return records.put(record, id);
        } catch {
          // WebKit clones no handles.
          const { handle: _, ...rest } = record;
          return records.put(rest, id);
        }
      });
    },
    async delete(id) {
      await transact("readwrite", "records", (records) => records.delete(id));
    },
    // The keys of this list are texts.
    list: () => transact("readonly", "records", (records) => records.getAllKeys()) as Promise<string[]>,
    async lock(id, ...wait) {
      const locks = webLocks();
      // WebKit takes 1,024 characters. Of longer ids the end tells more; who shares a lock only waits.
      if (locks) return takeWebLock(locks, `oss-fetch ${`${name} ${id}`.slice(-1000)}`, wait[0]);
      const { leaseInDatabase } = await import("./database_lease.ts");
      return leaseInDatabase(transact, id, wait);
    },
    ...channelsOf(name),
  };
}
