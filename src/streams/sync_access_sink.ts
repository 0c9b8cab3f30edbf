/**
 * A sink for files of the origin private file system that are open in a worker: the fastest way to a disk from a page.
 * @module
 */
import { kindOf } from "../codec/kind.ts";
import { createSink, type PartialTarget } from "./create_sink.ts";
import type { SyncAccessHandle } from "./file_system.ts";
import type { Sink } from "./sink.ts";

/**
 * Makes a sink of a `FileSystemSyncAccessHandle`, in a dedicated worker.
 *
 * It writes in place: the file is empty at the beginning, incomplete until `close`, and empty after an abort; with
 * `checkpoints` what was written stays. Where others look at the file meanwhile, or the page may be closed,
 * `directorySink` writes beside it. The handle stays the caller's, who closes it.
 *
 * @param handle the open file
 * @returns a sink for one object
 * @example
 * ```ts
 * import { type SyncAccessHandle, syncAccessSink } from "oss-fetch";
 * async function save(handle: SyncAccessHandle): Promise<void> {
 *   const sink = syncAccessSink(handle);
 *   await sink.write(new TextEncoder().encode("hello"), 0);
 *   await sink.close();
 *   handle.close();
 * }
 * ```
 */
export function syncAccessSink(handle: SyncAccessHandle): Sink {
  if (typeof (Object(handle) as Partial<SyncAccessHandle>).truncate !== "function")
    throw new TypeError(`handle must be a FileSystemSyncAccessHandle, got ${kindOf(handle)}`);
  const target: PartialTarget = {
    ...syncTarget(handle),
    publish: () => handle.flush(),
    discard() {
      handle.truncate(0);
      handle.flush();
    },
  };
  return createSink(
    () => {
      handle.truncate(0);
      return target;
    },
    // Whose file it is, its bytes must tell.
    {
      name: "an open file",
      ambiguous: true,
      begin: () => ({ ...target, left: handle.getSize() }),
      discard: () => handle.truncate(0),
    },
  );
}

/**
 * Writes to an open file.
 * @param handle the file
 */
export function syncTarget(handle: SyncAccessHandle): Omit<PartialTarget, "publish" | "discard"> {
  return {
    left: 0,
    resize: (size) => handle.truncate(size),
    write(chunk, position) {
      let done = 0;
      while (done < chunk.length) {
        const written = handle.write(chunk.subarray(done), { at: position + done });
        if (!(written > 0)) throw new Error(`Cannot write ${chunk.length} bytes at ${position}: only ${done} fit`);
        done += written;
      }
    },
    read(start, end) {
      const bytes = new Uint8Array(end - start);
      return bytes.subarray(0, handle.read(bytes, { at: start }));
    },
    sync: () => handle.flush(),
    keep: () => handle.flush(),
  };
}
