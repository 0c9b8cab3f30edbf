/**
 * Parts of Blobs as bytes. Loaded with the first one: Chromium is sent slices unread.
 * @module
 */
import { SourceChangedError } from "../errors.ts";
import type { Bytes } from "../types.ts";
import { type Buffers, createBuffers } from "./buffers.ts";
import { readBlob } from "./read_blob.ts";

/** Reads parts into memory that is used again. */
export interface BlobParts extends Pick<Buffers, "recycle"> {
  read(start: number, end: number): Promise<Bytes>;
}

/**
 * Makes what reads the parts of a Blob.
 * @param blob a Blob, or a File
 * @param lastModified its date when it was opened
 */
export function createParts(blob: Blob & Partial<File>, lastModified: number | undefined): BlobParts {
  const { take, recycle } = createBuffers();
  const read = async (start: number, end: number): Promise<Bytes> => {
    let cause: unknown;
    try {
      const part = take(end - start);
      let at = 0;
      await readBlob(blob.slice(start, end), (chunk) => {
        part.set(chunk, at);
        at += chunk.length;
      });
      // Firefox and WebKit answer with fewer or other bytes where Chromium throws; WebKit's dates are those of now.
      if (at === part.length && lastModified === blob.lastModified) return part;
    } catch (error) {
      cause = error;
    }
    throw new SourceChangedError(`Cannot read bytes ${start}-${end} of the file: it changed or is gone`, cause);
  };
  return { read, recycle };
}
