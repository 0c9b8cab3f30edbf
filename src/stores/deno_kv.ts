/**
 * Checkpoints in Deno KV: `oss-fetch/stores/deno-kv`.
 * @module
 */
import type { CheckpointStore } from "../checkpoints.ts";
import { lastingChannels } from "./lasting_channels.ts";
import { type LeaseOptions, leaseOf, type Swap, takeLease } from "./lease.ts";
import { createNames } from "./names.ts";

export type { CheckpointStore, TransferChannel, TransferLock, TransferRecord } from "../checkpoints.ts";
export type { LeaseOptions } from "./lease.ts";

/** One change of a Deno KV, made when nothing else was changed before. */
export interface DenoKVChange {
  check(seen: { key: readonly string[]; versionstamp: string | null }): DenoKVChange;
  set(key: readonly string[], value: unknown, options: { expireIn: number }): DenoKVChange;
  delete(key: readonly string[]): DenoKVChange;
  commit(): Promise<{ readonly ok: boolean }>;
}

/** What is used of `Deno.Kv`. */
export interface DenoKV {
  get(key: readonly string[]): Promise<{ readonly value: unknown; readonly versionstamp: string | null }>;
  set(key: readonly string[], value: unknown): Promise<unknown>;
  delete(key: readonly string[]): Promise<unknown>;
  list(prefix: { prefix: readonly string[] }): AsyncIterable<{
    readonly key: readonly unknown[];
    readonly value: unknown;
  }>;
  atomic(): DenoKVChange;
}

/** How checkpoints are kept in Deno KV. */
export interface DenoKVStoreOptions extends LeaseOptions {
  /**
   * What the keys begin with.
   * @default "oss-fetch"
   */
  readonly prefix?: string | undefined;
}

/** A key of Deno KV has up to 2,048 bytes. */
const LONGEST = 1024;
/** A lease that nobody took over is removed by the service, after so many of its lengths. */
const FORGOTTEN = 10;

/**
 * Keeps checkpoints in Deno KV, which processes and isolates may share: one of them drives a transfer, the others wait. A
 * record has up to 64 KiB there.
 * @param kv what `Deno.openKv()` resolves with
 * @param options what keys begin with, and how long a lock outlives an isolate that was killed
 * @returns the store
 * @throws RangeError for a lease that is too short
 * @example
 * ```ts
 * import { type DenoKV, denoKVStore } from "oss-fetch/stores/deno-kv";
 * declare const Deno: { openKv(path?: string): Promise<DenoKV> };
 * if ("Deno" in globalThis) {
 *   const checkpoints = denoKVStore(await Deno.openKv()); // for upload(client, input, { checkpoints })
 *   console.log(await checkpoints.list());
 * }
 * ```
 */
export function denoKVStore(kv: DenoKV, options: DenoKVStoreOptions = {}): CheckpointStore {
  const { prefix = "oss-fetch" } = options;
  const lease = leaseOf(options);
  const names = createNames(LONGEST);
  const keyOf = async (id: string): Promise<string[]> => [prefix, "records", await names.nameOf(id)];
  const swapOf =
    (key: readonly string[]): Swap =>
    async (expected, next) => {
      for (;;) {
        const { value, versionstamp } = await kv.get(key);
        if (value !== null && value !== expected) return String(value);
        const change = kv.atomic().check({ key, versionstamp });
        if (next === undefined) change.delete(key);
        else change.set(key, next, { expireIn: lease * FORGOTTEN });
        if ((await change.commit()).ok) return next;
      }
    };
  return {
    get: async (id) => (await kv.get(await keyOf(id))).value ?? undefined,
    async set(id, { handle: _, ...record }) {
      await kv.set(await keyOf(id), record);
    },
    async delete(id) {
      await kv.delete(await keyOf(id));
    },
    async list() {
      const ids: string[] = [];
      for await (const { key, value } of kv.list({ prefix: [prefix, "records"] })) {
        const id = await names.idOf(String(key[2]), async () => value);
        if (id !== undefined) ids.push(id);
      }
      return ids;
    },
    lock: async (id, signal, onHeld) =>
      takeLease(swapOf([prefix, "leases", await names.nameOf(id)]), lease, { signal, onHeld }),
    ...lastingChannels(prefix),
  };
}
