/**
 * IndexedDB as other tabs use it, and one that does as it is told.
 * @module
 */
import type { TestOptions } from "../../harness.ts";

const servers = "no IndexedDB outside browsers";

/** Where there is no IndexedDB. */
export const BROWSERS: TestOptions = { skip: { node: servers, deno: servers, bun: servers, workerd: servers } };

/** A name that no database has. */
export function freeName(): string {
  return `test-${Math.random().toString(36).slice(2)}`;
}

/** Opens a database that lets go of nothing. */
export function openRaw(name: string, version: number): Promise<IDBDatabase> {
  return settled(indexedDB.open(name, version));
}

/** Deletes a database; it waits until it is let go. */
export function deleteDatabase(name: string): Promise<unknown> {
  return settled(indexedDB.deleteDatabase(name));
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** What the runtime's IndexedDB does instead. */
export interface FakeRequest {
  result?: unknown;
  error?: unknown;
  onsuccess?: () => void;
  onerror?: () => void;
  onblocked?: () => void;
  onupgradeneeded?: (event: { oldVersion: number }) => void;
}

/** Puts another IndexedDB in the place of the runtime's own, while a test runs. */
export async function withIndexedDB(
  open: ((name: string, version: number) => FakeRequest) | undefined,
  run: () => Promise<void>,
): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(globalThis, "indexedDB");
  const value = open && { open };
  Object.defineProperty(globalThis, "indexedDB", { value, configurable: true, writable: true });
  try {
    await run();
  } finally {
    if (own) Object.defineProperty(globalThis, "indexedDB", own);
    else Reflect.deleteProperty(globalThis, "indexedDB");
  }
}

/** A database whose every transaction ends with an error. */
export function brokenDatabase(error: unknown): { request: FakeRequest; closed(): number } {
  let closed = 0;
  const connection = {
    transaction() {
      const transaction: { error: unknown; onabort?: () => void; objectStore(): object } = {
        error,
        objectStore: () => ({ put: () => ({}), get: () => ({}), getAllKeys: () => ({}), delete: () => ({}) }),
      };
      queueMicrotask(() => transaction.onabort?.());
      return transaction;
    },
    close() {
      closed += 1;
    },
  };
  return { request: { result: connection }, closed: () => closed };
}
