/**
 * Opens bodies as sources. What can be read again is here; streams are loaded on demand.
 * @module
 */
import { SourceChangedError } from "../errors.ts";
import type { Bytes } from "../types.ts";
import { toBytes } from "./bytes.ts";
import type { Source, SourceBody } from "./source.ts";

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
