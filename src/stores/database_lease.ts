/**
 * Leases in IndexedDB, for pages on plain http: they have no locks.
 * @module
 */
import type { TransferLock } from "../checkpoints.ts";
import type { Transact } from "./database.ts";
import { LEASE, takeLease } from "./lease.ts";

/**
 * Takes a lease in a database.
 * @param transact makes a transaction in it
 * @param id of the record
 * @param signal ends the wait
 */
export function leaseInDatabase(transact: Transact, id: string, signal?: AbortSignal): Promise<TransferLock> {
  return takeLease(
    async (expected, next) => {
      let result: string | undefined;
      await transact("readwrite", "leases", (leases) => {
        const request = leases.get(id);
        request.onsuccess = () => {
          result = request.result as string | undefined;
          if (result !== undefined && result !== expected) return;
          result = next;
          if (next === undefined) leases.delete(id);
          else leases.put(next, id);
        };
        return request;
      });
      return result;
    },
    LEASE,
    signal,
  );
}
