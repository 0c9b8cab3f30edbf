/**
 * Files that a page was given a handle of: `FileSystemFileHandle`, picked, dropped or from the origin's own storage.
 * @module
 */
import { SourceChangedError } from "../errors.ts";
import type { Bytes, FileHandle } from "../types.ts";
import { openBlob } from "./blob_source.ts";
import type { Source } from "./source.ts";

/**
 * Opens the file behind a handle. Browsers tell differently, or not at all, that a file changed under a `File`: so the
 * handle is asked for it again after each read.
 * @param handle the handle
 * @throws what the browser throws when the file is gone or may not be read
 */
export async function openHandle(handle: FileHandle): Promise<Source> {
  const file = (await handle.getFile()) as File;
  // Not its slices: who else reads them does not ask the handle.
  const { read, next, slice: _, ...source } = openBlob(file);
  const checked = async (part: Promise<Bytes>): Promise<Bytes> => {
    const bytes = await part;
    const now = (await handle.getFile().catch(gone)) as File;
    if (now.size === file.size && now.lastModified === file.lastModified) return bytes;
    throw new SourceChangedError(`The file "${file.name}" changed while it was read: pick it again`);
  };
  return {
    ...source,
    read: read && ((start, end) => checked(read(start, end))),
    next: (length) => checked(next(length)),
  };
}

function gone(cause: unknown): never {
  throw new SourceChangedError("The file went away, or may not be read any more: pick it again", cause);
}
