/**
 * Blobs and Files as sources: sliced, never read as a whole.
 * @module
 */
import type { Bytes } from "../types.ts";
import type { BlobParts } from "./blob_parts.ts";
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
  let parts: Promise<BlobParts> | undefined;
  const load = (): Promise<BlobParts> =>
    (parts ??= import("./blob_parts.ts").then((code) => code.createParts(blob, lastModified)));
  const read = (start: number, end: number): Promise<Bytes> => load().then((own) => own.read(start, end));
  const slice = (start: number, end: number): Blob | undefined => {
    const part = blob.slice(start, end);
    return part.size === end - start ? part : undefined;
  };
  // Only what was read comes back: by then its owner is loaded.
  const recycle = (part: Bytes): void => void load().then((own) => own.recycle(part));
  // Blobs have a date in Bun.
  const date = name !== undefined && { lastModified };
  return { ...readable(blob.size, blob.type, read), slice, recycle, name, ...date };
}
