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
  /**
   * Gives up, after every write has settled, unless one has not for a second after the download had ended; never
   * rejects, and does nothing once `close` was called.
   */
  abort(reason?: unknown): Promise<void>;
  /** What it takes to go on with what an earlier run left; without it a download begins anew each time. */
  readonly partial?: SinkPartial | undefined;
}

/** How a sink goes on with what an earlier run, which was stopped or killed, has left of an object. */
export interface SinkPartial {
  /** Tells this place from others, and is the same in the next run: the path of a file. */
  readonly name: string;
  /**
   * May other places have this name, too? Handles tell no path. What another run downloads to such a name is not taken
   * for this place's. @default false
   */
  readonly ambiguous?: boolean | undefined;
  /**
   * Prepares like the sink's `open`, and in its stead, but with what is left. A `close` that rejects leaves it after that.
   * @param size bytes of the object
   * @param tag which of the objects that were on their way to this place: a few letters and digits
   * @returns how many bytes were there; 0 when nothing was left
   */
  open(size: number, tag: string): Promise<number>;
  /**
   * Reads back what is there, also what nobody has written.
   * @returns as many bytes
   */
  read(start: number, end: number): Promise<Bytes>;
  /** Waits until what was written by now outlives this process. */
  sync(): Promise<void>;
  /** Gives up as `abort` does, and in its stead, but leaves what was written. */
  keep(): Promise<void>;
  /** Removes what was left, if there is something; of a sink that was not opened. */
  discard(tag: string): Promise<void>;
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
