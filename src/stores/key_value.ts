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
  const isOurs = (name: unknown): name is string => typeof name === "string" && name.startsWith(prefix);
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
      const cursors = new Set<string>();
      for (let cursor: string | undefined; ; ) {
        const page = pageOf(await storage.list({ prefix, ...(cursor && { cursor }) }));
        for (const name of page.names) {
          const id = isOurs(name) && (await names.idOf(name.slice(prefix.length), () => read(name)));
          if (typeof id === "string") ids.push(id);
        }
        if (page.isLast) return ids;
        const { next } = page;
        // The same page would be asked for again and again.
        if (typeof next !== "string" || next === "" || cursors.has(next))
          throw new TypeError(`storage.list must give a new cursor until list_complete is true, got ${brief(next)}`);
        cursors.add(next);
        cursor = next;
      }
    },
  };
}

/** What was listed at once. */
interface Listed {
  readonly names: Iterable<unknown>;
  readonly isLast: boolean;
  readonly next?: unknown;
}

/** Reads an answer, which may be anything. */
function pageOf(answer: unknown): Listed {
  const { keys, list_complete, cursor } = Object(answer) as Partial<Record<keyof KeyPage, unknown>>;
  if (typeof keys === "function" && !Array.isArray(answer))
    return { names: (answer as ReadonlyMap<string, unknown>).keys(), isLast: true };
  if (!Array.isArray(keys) || typeof list_complete !== "boolean")
    throw new TypeError(`storage.list must give a Map, or a page with keys and list_complete, got ${brief(answer)}`);
  return { names: keys.map((key: unknown) => Object(key).name), isLast: list_complete, next: cursor };
}

/** For a message: of an object not what it holds. */
function brief(value: unknown): string {
  if (Object(value) === value) return Array.isArray(value) ? "an array" : "an object";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 64)) : String(value);
}
