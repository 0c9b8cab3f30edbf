/**
 * An IndexedDB database with two lists: records, and leases.
 * @module
 */
import { createTimer } from "../timer.ts";

/** What is used of IndexedDB; its types are not everywhere. */
interface Request {
  readonly result: unknown;
  readonly error: unknown;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
}

/** One of the lists, within a transaction. */
export interface ObjectStore {
  get(id: string): Request;
  getAllKeys(): Request;
  put(value: unknown, id: string): Request;
  delete(id: string): Request;
}

interface Transaction {
  readonly error: unknown;
  oncomplete: (() => void) | null;
  onabort: (() => void) | null;
  objectStore(list: List): ObjectStore;
}

interface Connection {
  onversionchange: (() => void) | null;
  onclose: (() => void) | null;
  transaction(list: List, mode: Mode, options: { readonly durability: "relaxed" }): Transaction;
  createObjectStore(list: List): unknown;
  close(): void;
}

interface OpenRequest extends Request {
  readonly result: Connection;
  onupgradeneeded: ((event: { readonly oldVersion: number }) => void) | null;
  onblocked: (() => void) | null;
}

type List = "records" | "leases";
type Mode = "readonly" | "readwrite";

/**
 * Makes one transaction.
 * @param act asks for what it does, at once
 * @returns what the request resulted in, once all is written
 * @throws Error that says what to do; the browser's own is its cause
 */
export type Transact = (mode: Mode, list: List, act: (store: ObjectStore) => Request) => Promise<unknown>;

/** Of the schema; with another one the steps from each older version go into `onupgradeneeded`. */
const VERSION = 1;
/** Milliseconds: a request that stands behind the upgrade of another tab is told nothing. */
const PATIENCE = 5000;

/**
 * Uses a database, which is opened when it is needed and let go when another tab wants to change it.
 * @param name of the database
 */
export function openDatabase(name: string): Transact {
  let opened: Promise<Connection> | undefined;
  const connect = (): Promise<Connection> =>
    new Promise((resolve, reject) => {
      // What this throws at once rejects as well.
      const request = (
        globalThis as unknown as { indexedDB: { open(...args: unknown[]): OpenRequest } }
      ).indexedDB.open(name, VERSION);
      let isWaiting = true;
      const refuse = (cause?: unknown): void => {
        patience.stop();
        isWaiting = false;
        reject(cause);
      };
      const block = (): void => refuse();
      const patience = createTimer(block);
      patience.start(PATIENCE);
      request.onblocked = block;
      request.onerror = () => refuse(request.error);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("records");
        request.result.createObjectStore("leases");
      };
      request.onsuccess = () => {
        const { result } = request;
        const close = (): void => {
          opened = undefined;
          result.close();
        };
        if (!isWaiting) return result.close();
        patience.stop();
        result.onversionchange = close;
        result.onclose = close;
        resolve(result);
      };
    });
  return async (mode, list, act) => {
    let isOpen = false;
    opened ??= connect();
    const opening = opened;
    try {
      const connection = await opening;
      isOpen = true;
      return await new Promise((resolve, reject) => {
        // A killed browser loses nothing of what it has told complete (58 kills); waiting for the disk takes 2 to 15 times as long.
        const transaction = connection.transaction(list, mode, { durability: "relaxed" });
        const request = act(transaction.objectStore(list));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error);
      });
    } catch (cause) {
      // The next one tries again.
      if (!isOpen && opened === opening) opened = undefined;
      throw (await import("./database_fault.ts")).databaseFault(name, isOpen, cause);
    }
  };
}
