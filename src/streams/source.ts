/**
 * Sources: whatever can be uploaded, seen as bytes that are read part by part.
 * @module
 */
import { SourceChangedError } from "../errors.ts";
import type { Bytes } from "../types.ts";
import { toBytes } from "./bytes.ts";

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

/**
 * Opens a body for reading. Nothing is read yet, and nothing is ever read as a whole.
 * @param body text, buffer, Blob or File (of any realm), stream, or Response
 * @param contentLength the length in bytes, for streams that do not tell it
 * @throws TypeError when the body is none of these, or was read already
 * @throws RangeError when `contentLength` contradicts the body
 */
export async function openSource(body: SourceBody, contentLength?: number): Promise<Source> {
  const bytes = toBytes(body);
  const source = bytes
    ? readable(bytes.length, undefined, async (start, end) => bytes.subarray(start, end))
    : isBlob(body)
      ? readable(body.size, body.type, (start, end) => readBlob(body, start, end))
      : ((await import("./stream_source.ts")).openStream(body, contentLength) ?? (await openSource("")));
  if (contentLength !== undefined && source.size !== contentLength) {
    throw new RangeError(`contentLength must be the body's ${source.size} bytes or left out, got ${contentLength}`);
  }
  return source;
}

/** What can be read again, in any order. */
function readable(size: number, type: string | undefined, read: NonNullable<Source["read"]>): Source {
  let position = 0;
  return {
    size,
    type: type || undefined,
    read,
    next(length) {
      const start = position;
      position = Math.min(size, start + length);
      return read(start, position);
    },
    close() {},
  };
}

async function readBlob(blob: Blob, start: number, end: number): Promise<Bytes> {
  let cause: unknown;
  try {
    const buffer = await blob.slice(start, end).arrayBuffer();
    // Firefox and WebKit answer with fewer or other bytes where Chromium throws.
    if (buffer.byteLength === end - start) return new Uint8Array(buffer);
  } catch (error) {
    cause = error;
  }
  throw new SourceChangedError(`Cannot read bytes ${start}-${end} of the file: it changed or is gone`, cause);
}

/** Told by its shape: `instanceof` fails for what another realm or a polyfill made. */
function isBlob(body: unknown): body is Blob {
  return typeof body === "object" && body !== null && "arrayBuffer" in body && "slice" in body && "size" in body;
}
