/**
 * A sink for files of the File System API, which is atomic by itself.
 * @module
 */
import { kindOf } from "../codec/kind.ts";
import { type BlobTarget, createSink } from "./create_sink.ts";
import type { WritableFileHandle } from "./file_system.ts";
import { piecesOf } from "./pieces.ts";
import type { Sink } from "./sink.ts";

/**
 * Makes a sink of a `FileSystemFileHandle`: of a picker or of the origin private file system (OPFS).
 *
 * The browser writes beside the file and puts it in its place when all is there, so the file is the old or the whole
 * new one. A file that a picker has just made is empty until then, and stays so after an abort.
 *
 * With `checkpoints` the object is kept as pieces in the OPFS until all is there, where a browser has one: that takes the
 * room twice for a moment.
 *
 * @param handle the file; what it holds is replaced
 * @returns a sink for one object
 * @throws TypeError when the handle cannot be written: Safari before 26 does so in workers alone (`syncAccessSink`)
 * @example
 * ```ts
 * import { fileHandleSink, type WritableFileHandle } from "oss-fetch";
 * async function save(handle: WritableFileHandle): Promise<void> {
 *   const sink = fileHandleSink(handle);
 *   await sink.write(new TextEncoder().encode("hello"), 0);
 *   await sink.close();
 * }
 * ```
 */
export function fileHandleSink(handle: WritableFileHandle): Sink {
  if (typeof (Object(handle) as Partial<WritableFileHandle>).createWritable !== "function")
    throw new TypeError(`handle must be a FileSystemFileHandle with createWritable, got ${kindOf(handle)}`);
  const open = (): Promise<BlobTarget> => openWritable(handle);
  return createSink(open, piecesOf(handle.name ?? "", open));
}

/**
 * Opens a file; what it held is not copied, and stays until `publish`.
 * @param handle the file
 */
export async function openWritable(handle: WritableFileHandle): Promise<BlobTarget> {
  const file = await handle.createWritable({ keepExistingData: false });
  return {
    resize: (size) => file.truncate(size),
    write: (data, position) => file.write({ type: "write", position, data }),
    publish: () => file.close(),
    discard: (reason) => file.abort(reason),
  };
}
