/**
 * Checkpoints in memory: `oss-fetch/stores/memory`.
 * @module
 */
import type { CheckpointStore, TransferRecord } from "../checkpoints.ts";
import { type LeaseOptions, leaseOf, type Swap, takeLease } from "./lease.ts";

export type { CheckpointStore, TransferChannel, TransferLock, TransferRecord } from "../checkpoints.ts";
export type { LeaseOptions } from "./lease.ts";

type Receive = (message: unknown) => void;

/**
 * Keeps checkpoints in memory: transfers go on after a failure or a stop, as long as the page or process lives. Nobody
 * else sees them.
 * @param options how long a lock outlives a holder that was stopped, as requests of Workers are
 * @returns a store of its own
 * @throws RangeError for a lease that is too short
 * @example
 * ```ts
 * import { memoryStore } from "oss-fetch/stores/memory";
 * const checkpoints = memoryStore(); // for upload(client, input, { checkpoints })
 * console.log(await checkpoints.list());
 * ```
 */
export function memoryStore(options?: LeaseOptions): CheckpointStore {
  const lease = leaseOf(options);
  const records = new Map<string, TransferRecord>();
  const leases = new Map<string, string>();
  const channels = new Map<string, Set<Receive>>();
  const swapOf =
    (id: string): Swap =>
    async (expected, next) => {
      const found = leases.get(id);
      if (found !== undefined && found !== expected) return found;
      if (next === undefined) leases.delete(id);
      else leases.set(id, next);
      return next;
    };
  return {
    async get(id) {
      const record = records.get(id);
      return record && copy(record);
    },
    async set(id, record) {
      records.set(id, copy(record));
    },
    async delete(id) {
      records.delete(id);
    },
    async list() {
      return [...records.keys()];
    },
    lock: (id, signal, onHeld) => takeLease(swapOf(id), lease, { signal, onHeld }),
    channel(id, receive) {
      const members = channels.get(id) ?? new Set();
      channels.set(id, members);
      // One may join twice with the same function.
      const own: Receive = (message) => receive(message);
      members.add(own);
      return {
        send(message) {
          if (!members.has(own)) return;
          for (const member of members) {
            if (member === own) continue;
            const sent = structuredClone(message);
            queueMicrotask(() => members.has(member) && member(sent));
          }
        },
        close() {
          members.delete(own);
          if (members.size === 0 && channels.get(id) === members) channels.delete(id);
        },
      };
    },
  };
}

/** A copy; of the handle there is only one. */
function copy(record: TransferRecord): TransferRecord {
  const { handle, ...rest } = record;
  return { ...structuredClone(rest), ...(handle && { handle }) };
}
