/**
 * Leases in IndexedDB, for pages on plain http: they have no locks.
 * @module
 */
import type { TransferLock } from "../checkpoints.ts";
import type { Transact } from "./database.ts";
import { LEASE, type OnHeld, takeLease } from "./lease.ts";

/**
 * Takes a lease in a database.
 * @param transact makes a transaction in it
 * @param id of the record
 * @param wait what ends the wait, and who is told that somebody holds it
 */
export function leaseInDatabase(
  transact: Transact,
  id: string,
  [signal, onHeld]: readonly [signal?: AbortSignal | undefined, onHeld?: OnHeld | undefined],
): Promise<TransferLock> {
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
    { signal, onHeld },
  );
}
