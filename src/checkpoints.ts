/**
 * The port of checkpoint stores: where a transfer writes down what it takes to go on after a crash.
 * @module
 */
import type { FileHandle } from "./types.ts";

/**
 * What is written down of one transfer: plain JSON, but for `handle`. Credentials, tokens, signatures and signed URLs
 * are never part of it.
 */
export interface TransferRecord {
  /** Of this format. */
  readonly version: 1;
  /** Its name in the store; the same call, made again, has the same. */
  readonly id: string;
  readonly kind: "upload" | "download" | "copy";
  /** A transfer that was killed is `running` for ever: who holds its lock knows better. */
  readonly state: "running" | "paused" | "stopped" | "failed";
  /** The host, and its port, that answers for the object: buckets of one name may be in several places. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  /** Milliseconds since 1970, by the clock of the machine, as far as the service did not correct it. */
  readonly created: number;
  /** As `created`; from here on it grows old. */
  readonly updated: number;
  /** The file, where the page has a `FileSystemFileHandle` of it and the store can keep one. */
  readonly handle?: FileHandle;
}

/**
 * A place for records, one small record a transfer. Each call is one whole change: after a crash a record is the old one
 * or the new one.
 */
export interface CheckpointStore {
  /**
   * Reads a record.
   * @returns what was set, which may be anything by now: it is checked by whoever reads it; nothing when there is none
   */
  get(id: string): Promise<unknown>;
  /** Writes a record. Of a `handle` that it cannot keep, it keeps the rest. */
  set(id: string, record: TransferRecord): Promise<void>;
  /** Removes a record, if there is one. */
  delete(id: string): Promise<void>;
  /** The names of all records, in any order. */
  list(): Promise<readonly string[]>;
  /**
   * Waits until nobody else drives this transfer. Without it, nobody may share the store.
   * @param id of the record
   * @param signal ends the wait
   * @param onHeld for a store that cannot tell at once whether who holds it lives: called with false when it begins to find
   *   out, which ends with the lock, a failure, or a call with true. Never called, holders count as living
   */
  lock?(id: string, signal?: AbortSignal, onHeld?: (lives: boolean) => void): Promise<TransferLock>;
  /**
   * Joins those who look at this transfer, in other tabs and workers.
   * @param id of the record
   * @param receive is called with what others send: structured clones, never one's own
   */
  channel?(id: string, receive: (message: unknown) => void): TransferChannel;
}

/** The right to drive a transfer. */
export interface TransferLock {
  /** Aborted when another one may have taken over, after a sleep for example: then nothing more may be sent. */
  readonly lost: AbortSignal;
  /** Lets go; never rejects. */
  release(): Promise<void>;
}

/** A line to those who look at the same transfer. */
export interface TransferChannel {
  send(message: unknown): void;
  close(): void;
}
