/**
 * The files of a folder that somebody chose, and of those in it.
 * @module
 */
import { isUnfinished } from "../streams/safe_path.ts";
import {
  type PickedFile,
  type ReadableDirectoryHandle,
  type ReadableFileHandle,
  report,
  type WalkOptions,
} from "./picked_file.ts";

/**
 * Walks through a `FileSystemDirectoryHandle`, of `showDirectoryPicker` or of the origin private file system.
 * What a download has not finished (`.oss-fetch-part`) is left out.
 * @param directory the folder
 * @param options what becomes of files that cannot be read
 * @returns the files, with paths in that folder, in the order of the browser, as they are found
 * @example
 * ```ts
 * import { createClient, upload } from "oss-fetch";
 * import { type ReadableDirectoryHandle, walkDirectory } from "oss-fetch/page";
 * async function store(directory: ReadableDirectoryHandle): Promise<void> {
 *   const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });
 *   for await (const { path, file } of walkDirectory(directory)) await upload(client, { key: path, body: file });
 * }
 * ```
 */
export async function* walkDirectory(
  directory: ReadableDirectoryHandle,
  options: WalkOptions = {},
): AsyncGenerator<PickedFile, void, undefined> {
  yield* walkHandles(directory, "", options);
}

/** The files in a folder; their paths begin with `prefix`. */
async function* walkHandles(
  directory: ReadableDirectoryHandle,
  prefix: string,
  options: WalkOptions,
): AsyncGenerator<PickedFile, void, undefined> {
  const entries = directory.values();
  for (;;) {
    let next: IteratorResult<ReadableFileHandle | ReadableDirectoryHandle>;
    try {
      next = await entries.next();
    } catch (error) {
      return report(options, error, prefix.slice(0, -1));
    }
    if (next.done) return;
    const { kind, name } = next.value;
    if (kind === "directory" || !isUnfinished(name)) yield* walkHandle(next.value, prefix, options);
  }
}

/**
 * A file, or the files in a folder.
 * @param entry either
 * @param prefix what their paths begin with: empty, or ending with `/`
 * @param options what becomes of files that cannot be read
 */
export async function* walkHandle(
  entry: ReadableFileHandle | ReadableDirectoryHandle,
  prefix: string,
  options: WalkOptions,
): AsyncGenerator<PickedFile, void, undefined> {
  const path = prefix + entry.name;
  if (entry.kind === "directory") return yield* walkHandles(entry, `${path}/`, options);
  let file: File;
  try {
    file = await entry.getFile();
  } catch (error) {
    return report(options, error, path);
  }
  yield { path, file, handle: entry };
}
