/**
 * The source port: whatever can be uploaded, seen as bytes that are read part by part.
 * @module
 */
import type { Bytes } from "../types.ts";

/** What can be read in parts. A `File` is a `Blob`; a `Response` is read like its body. */
export type SourceBody = string | ArrayBuffer | ArrayBufferView | Blob | ReadableStream<Uint8Array> | Response;

/** Bytes to be sent, read from front to back in parts of any length. */
export interface Source {
  /** Length in bytes; `undefined` when only the end will tell. */
  readonly size: number | undefined;
  /** The media type that the body itself names. */
  readonly type: string | undefined;
  /** Reads any range, as often as wanted; only sources that can be read again have it. */
  readonly read?: (start: number, end: number) => Promise<Bytes>;
  /**
   * Reads the next bytes; calls may overlap, each gets what follows the one before.
   * @param length how many
   * @returns that many bytes, fewer only at the end, none after it
   * @throws SourceChangedError when the source is no longer what it was, or not as long as announced
   */
  next(length: number): Promise<Bytes>;
  /** Stops reading and releases what is held; safe to call at any time. */
  close(reason?: unknown): void;
}
