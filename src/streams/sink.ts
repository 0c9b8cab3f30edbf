/**
 * The sink port: where a download goes, written at any position.
 * @module
 */
import type { Bytes, MaybePromise } from "../types.ts";

/**
 * Where a download goes. Writes may overlap in time, never in place. Nothing looks finished before `close` has resolved;
 * after `abort` nothing is left that could be taken for the object.
 */
export interface Sink {
  /**
   * Prepares for an object; called once, before the first write. What it throws leaves nothing behind.
   * @param size its bytes; absent when only its end will tell
   */
  open?(size: number | undefined): MaybePromise<void>;
  /**
   * Writes all of a chunk, or rejects.
   * @param chunk the bytes; not changed by anyone until this resolves
   * @param position where the first of them belongs
   */
  write(chunk: Bytes, position: number): Promise<void>;
  /** Finishes, after every write has resolved. When it rejects, nothing is left either, and `abort` does nothing. */
  close(): Promise<void>;
  /** Gives up, after every write has settled; never rejects, and does nothing once `close` was called. */
  abort(reason?: unknown): Promise<void>;
}

/** A folder that many downloads go to. */
export interface SinkFolder {
  /**
   * The sink of one file in it; nothing is made before its `open` or first `write`.
   * @param path relative, with `/`
   * @throws TypeError when it would leave the folder, or is no name on some system
   */
  file(path: string): Sink;
}
