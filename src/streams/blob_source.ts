/**
 * Blobs and Files as sources: sliced, never read as a whole.
 * @module
 */
import { SourceChangedError } from "../errors.ts";
import type { Bytes } from "../types.ts";
import type { Source } from "./source.ts";

/**
 * A source of what can be read again, in any order.
 * @param size its length in bytes
 * @param type its media type
 * @param read reads a range
 */
export function readable(size: number, type: string | undefined, read: NonNullable<Source["read"]>): Source {
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

/**
 * Opens a Blob, or a File with its name and date.
 * @param blob of any realm
 */
export function openBlob(blob: Blob): Source {
  const { name, lastModified } = blob as Partial<File>;
  const read = async (start: number, end: number): Promise<Bytes> => {
    let cause: unknown;
    try {
      const buffer = await blob.slice(start, end).arrayBuffer();
      // Firefox and WebKit answer with fewer or other bytes where Chromium throws; WebKit's dates are those of now.
      if (buffer.byteLength === end - start && lastModified === (blob as Partial<File>).lastModified)
        return new Uint8Array(buffer);
    } catch (error) {
      cause = error;
    }
    throw changed(start, end, cause);
  };
  const slice = (start: number, end: number): Blob => {
    const part = blob.slice(start, end);
    if (part.size !== end - start) throw changed(start, end);
    return part;
  };
  // Blobs have a date in Bun.
  return { ...readable(blob.size, blob.type, read), slice, name, ...(name !== undefined && { lastModified }) };
}

function changed(start: number, end: number, cause?: unknown): SourceChangedError {
  return new SourceChangedError(`Cannot read bytes ${start}-${end} of the file: it changed or is gone`, cause);
}
