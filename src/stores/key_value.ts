/**
 * Checkpoints in any key-value store: `oss-fetch/stores/key-value`.
 * @module
 */
import type { CheckpointStore } from "../checkpoints.ts";
import type { MaybePromise } from "../types.ts";
import { createNames, parseRecord } from "./names.ts";

export type { CheckpointStore, TransferChannel, TransferLock, TransferRecord } from "../checkpoints.ts";

/** One page of the list of Workers KV. */
export interface KeyPage {
  readonly keys: readonly { readonly name: string }[];
  /** Is this the last page? */
  readonly list_complete: boolean;
  /** Where the next page begins. */
  readonly cursor?: string | undefined;
}

/** A place for texts by name, as Workers KV, the storage of a Durable Object and many others are; `put` may be `set`. */
export interface KeyValue {
  /** Reads a text; `null` or nothing when there is none. */
  get(name: string): MaybePromise<unknown>;
  /** Writes a text. */
  put?(name: string, text: string): MaybePromise<unknown>;
  /** Writes a text, where there is no `put`. */
  set?(name: string, text: string): MaybePromise<unknown>;
  delete(name: string): MaybePromise<unknown>;
  /** Lists names that begin with a text: in pages, or all at once as the keys of a Map. */
  list(options: { prefix: string; cursor?: string }): MaybePromise<KeyPage | ReadonlyMap<string, unknown>>;
}

/** How checkpoints are kept in a key-value store. */
export interface KeyValueStoreOptions {
  /**
   * What the names begin with.
   * @default "oss-fetch/"
   */
  readonly prefix?: string | undefined;
}

/** The shortest limit of a name's length, that of Workers KV, in bytes. */
const LONGEST = 512;

/**
 * Keeps checkpoints in a key-value store. Such a store has no lock, so each transfer must be driven by one place alone: in
 * Workers a Durable Object is.
 *
 * Workers KV shows a change elsewhere up to a minute later and takes one change of a name a second, which does for
 * transfers that are resumed by hand; in a Durable Object changes are seen at once.
 * @param storage a binding of Workers KV, `ctx.storage` of a Durable Object, or your own four functions
 * @param options what names begin with
 * @returns the store
 * @throws TypeError when the storage has neither `put` nor `set`
 * @example Workers KV, here with a stand-in for the binding `env.CHECKPOINTS`
 * ```ts
 * import { keyValueStore } from "oss-fetch/stores/key-value";
 * const texts = new Map<string, string>();
 * const env = {
 *   CHECKPOINTS: {
 *     get: async (name: string) => texts.get(name) ?? null,
 *     put: async (name: string, text: string) => void texts.set(name, text),
 *     delete: async (name: string) => void texts.delete(name),
 *     list: async () => ({ keys: [...texts.keys()].map((name) => ({ name })), list_complete: true }),
 *   },
 * };
 * const checkpoints = keyValueStore(env.CHECKPOINTS); // for upload(client, input, { checkpoints })
 * console.log(await checkpoints.list());
 * ```
 * @example A Durable Object, here with a stand-in for `ctx.storage`
 * ```ts
 * import { keyValueStore } from "oss-fetch/stores/key-value";
 * const values = new Map<string, unknown>();
 * const ctx = {
 *   storage: {
 *     get: async (name: string) => values.get(name),
 *     put: async (name: string, value: unknown) => void values.set(name, value),
 *     delete: async (name: string) => values.delete(name),
 *     list: async () => new Map(values),
 *   },
 * };
 * const checkpoints = keyValueStore(ctx.storage); // for upload(client, input, { checkpoints })
 * console.log(await checkpoints.list());
 * ```
 */
export function keyValueStore(storage: KeyValue, options: KeyValueStoreOptions = {}): CheckpointStore {
  const { prefix = "oss-fetch/" } = options;
  const write = storage.put ?? storage.set;
  if (!write) throw new TypeError("storage must have put or set, got neither");
  const names = createNames(LONGEST - new TextEncoder().encode(prefix).length);
  const nameOf = async (id: string): Promise<string> => prefix + (await names.nameOf(id));
  const read = async (name: string): Promise<unknown> => {
    const value = await storage.get(name);
    return typeof value === "string" ? parseRecord(value) : (value ?? undefined);
  };
  return {
    get: async (id) => read(await nameOf(id)),
    async set(id, { handle: _, ...record }) {
      await write.call(storage, await nameOf(id), JSON.stringify(record));
    },
    async delete(id) {
      await storage.delete(await nameOf(id));
    },
    async list() {
      const ids: string[] = [];
      for (let cursor: string | undefined, isLast = false; !isLast; ) {
        const page = await storage.list({ prefix, ...(cursor && { cursor }) });
        const found = "list_complete" in page ? page.keys.map(({ name }) => name) : [...page.keys()];
        isLast = !("list_complete" in page) || page.list_complete;
        cursor = "list_complete" in page ? page.cursor : undefined;
        for (const name of found) {
          const id = await names.idOf(name.slice(prefix.length), () => read(name));
          if (id !== undefined && name.startsWith(prefix)) ids.push(id);
        }
      }
      return ids;
    },
  };
}
