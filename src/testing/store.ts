/**
 * The store port: where the bytes of objects and parts are kept, and what survives a restart.
 * @module
 */
import type { Bytes, MaybePromise } from "../types.ts";

/** Bytes that were received in one go: the body of a put, an append or a part. They never change. */
export interface Piece {
  /** Names the piece in its store. */
  readonly id: string;
  /** Length in bytes. */
  readonly size: number;
  /** Up to `length` bytes from `position`, as a copy that the caller may keep; empty only at the end. */
  read(position: number, length: number): MaybePromise<Bytes>;
  /** Forgets the bytes: nothing refers to the piece any more. */
  remove(): MaybePromise<void>;
}

/** Takes in the bytes of one piece. */
export interface PieceWriter {
  /** Adds bytes; the chunk may be reused by the caller afterwards. */
  write(chunk: Uint8Array): MaybePromise<void>;
  /** Ends the piece. */
  commit(): MaybePromise<Piece>;
  /** Drops what was written. */
  abort(): MaybePromise<void>;
}

/** What happened to a bucket, an object, an upload or a part: plain JSON, `null` when it is gone. */
export interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Keeps the bytes of one in-process OSS, and its changes where they shall outlive the process. */
export interface Store {
  /** Begins a piece. */
  create(): MaybePromise<PieceWriter>;
  /** Opens a piece of an earlier run. */
  open?(id: string, size: number): Piece;
  /** The changes of earlier runs, in order. */
  load?(): MaybePromise<readonly Change[]>;
  /** Notes a change. */
  note?(change: Change): MaybePromise<void>;
}
