/**
 * Sources: whatever can be uploaded, seen as bytes that are read part by part.
 * @module
 */
import { SourceChangedError } from "../errors.ts";
import type { Bytes } from "../types.ts";
import { toBytes } from "./bytes.ts";
import { createChunker } from "./chunker.ts";

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
export function openSource(body: SourceBody, contentLength?: number): Source {
  const source = open(body, contentLength);
  if (contentLength === undefined || source.size === contentLength) return source;
  source.close();
  throw new RangeError(`contentLength must be the body's ${source.size} bytes or left out, got ${contentLength}`);
}

function open(body: SourceBody, contentLength: number | undefined): Source {
  const bytes = toBytes(body);
  if (bytes) return ranges(bytes.length, undefined, async (start, end) => bytes.subarray(start, end));
  if (isBlob(body)) return ranges(body.size, body.type || undefined, (start, end) => readBlob(body, start, end));
  if (isResponse(body)) {
    if (body.bodyUsed) throw new TypeError("body must be an unread Response, got one that was read already");
    return body.body
      ? openStream(body.body, contentLength ?? lengthOf(body), body.headers.get("content-type"))
      : open("", contentLength);
  }
  if (isStream(body)) return openStream(body, contentLength);
  throw new TypeError(
    `body must be text, a buffer, a Blob, a stream or a Response, got ${Object.prototype.toString.call(body)}`,
  );
}

function openStream(stream: ReadableStream<Uint8Array>, size?: number, type?: string | null): Source {
  return { size, type: type ?? undefined, ...createChunker(stream, size) };
}

function ranges(size: number, type: string | undefined, read: (start: number, end: number) => Promise<Bytes>): Source {
  let position = 0;
  return {
    size,
    type,
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
  throw new SourceChangedError(
    `Cannot read bytes ${start}-${end} of the file: it changed or is gone since it was chosen`,
    cause,
  );
}

/** The length of a Response's body, where the header counts the bytes that will be read. */
function lengthOf({ type, headers }: Response): number | undefined {
  // A browser decompresses, and across origins it hides the Content-Encoding that would tell.
  if (type === "cors" || headers.has("content-encoding")) return undefined;
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
}

// Told by their shape: `instanceof` fails for what another realm or a polyfill made.
function has(body: unknown, ...names: string[]): boolean {
  return typeof body === "object" && body !== null && names.every((name) => name in body);
}
function isBlob(body: unknown): body is Blob {
  return has(body, "arrayBuffer", "slice", "size");
}
function isResponse(body: unknown): body is Response {
  return has(body, "arrayBuffer", "bodyUsed", "headers");
}
function isStream(body: unknown): body is ReadableStream<Uint8Array> {
  return has(body, "getReader");
}
