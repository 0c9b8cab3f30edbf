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
 * @throws SourceChangedError when the file is gone or may not be read: what the browser threw is its cause
 */
export async function openHandle(handle: FileHandle): Promise<Source> {
  const gone = (cause: unknown): never => {
    throw unreadable(handle, cause);
  };
  const file = (await handle.getFile().catch(gone)) as File;
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

/** By the name of what the browser threw. */
const REASONS: Readonly<Record<string, string>> = {
  NotAllowedError:
    "may not be read by this page: ask for it in a click (askToRead of oss-fetch/page), or pick it again",
  NotFoundError: "is gone, since it was deleted, moved or renamed: pick it again",
};

function unreadable(handle: FileHandle, cause: unknown): SourceChangedError {
  const { name } = handle as { name?: string };
  const reason = REASONS[(Object(cause) as Partial<Error>).name ?? ""] ?? "cannot be read: pick it again";
  return new SourceChangedError(`The file${name === undefined ? "" : ` "${name}"`} ${reason}`, cause);
}
