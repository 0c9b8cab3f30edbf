/**
 * A folder of the File System API as the place of many downloads.
 * @module
 */
import { kindOf } from "../codec/kind.ts";
import { anew, type BlobTarget, createSink, type PartialTarget } from "./create_sink.ts";
import { openWritable } from "./file_handle_sink.ts";
import type { SyncAccessHandle, WritableDirectoryHandle, WritableFileHandle } from "./file_system.ts";
import { piecesOf } from "./pieces.ts";
import { splitPath, UNFINISHED, unfinishedName } from "./safe_path.ts";
import type { SinkFolder } from "./sink.ts";
import { syncTarget } from "./sync_access_sink.ts";

/** A file of the OPFS in a worker: it can be opened for synchronous writing, and be renamed. */
interface MovableHandle extends WritableFileHandle {
  createSyncAccessHandle(): Promise<SyncAccessHandle>;
  move(name: string): Promise<void>;
}

/**
 * Makes a folder of sinks of a `FileSystemDirectoryHandle`: of a picker or of the origin private file system (OPFS).
 *
 * Files are replaced when all is there, folders made on the way. A new file is empty until then, and gone after an
 * abort; in a worker on the OPFS it is written as `NAME.oss-fetch-part`.
 *
 * @param directory the folder
 * @returns `file(path)` gives the sink of a file in it
 * @example
 * ```ts
 * import { directorySink, type WritableDirectoryHandle } from "oss-fetch";
 * async function save(directory: WritableDirectoryHandle): Promise<void> {
 *   const sink = await directorySink(directory).file("2025/hello.txt");
 *   await sink.write(new TextEncoder().encode("hello"), 0);
 *   await sink.close();
 * }
 * ```
 */
export function directorySink(directory: WritableDirectoryHandle): SinkFolder {
  if (typeof (Object(directory) as Partial<WritableDirectoryHandle>).getFileHandle !== "function")
    throw new TypeError(`directory must be a FileSystemDirectoryHandle, got ${kindOf(directory)}`);
  let movable: boolean | undefined;
  /** Writes beside the file where that can be done synchronously. */
  const openPart = async (
    folder: WritableDirectoryHandle,
    name: string,
    tag?: string,
  ): Promise<PartialTarget | undefined> => {
    if (movable === false) return undefined;
    const part = partName(name, tag);
    const handle = await folder.getFileHandle(part, { create: true });
    const remove = (): Promise<void> => folder.removeEntry(part);
    const access = isMovable(handle)
      ? await openAccess(handle, tag === undefined ? remove : () => Promise.resolve())
      : undefined;
    movable = access !== undefined;
    if (access && isMovable(handle)) {
      const target = partTarget(handle, access, name, remove);
      try {
        // What a crash may have left.
        if (tag === undefined) access.truncate(0);
        return { ...target, left: access.getSize() };
      } catch (error) {
        await target.discard(error);
        throw error;
      }
    }
    await remove();
    return undefined;
  };
  return {
    file(path) {
      const [folders, name] = splitPath(path);
      const find = async (): Promise<WritableDirectoryHandle> => {
        let folder = directory;
        for (const next of folders) folder = await folder.getDirectoryHandle(next, { create: true });
        return folder;
      };
      const openWhole = async (): Promise<BlobTarget> => openEntry(await find(), name);
      const place = `${directory.name ?? ""}/${path}`;
      const pieces = piecesOf(place, openWhole);
      return createSink(
        async () => {
          const folder = await find();
          return (await openPart(folder, name)) ?? openEntry(folder, name);
        },
        {
          name: place,
          // Only the root of the OPFS has no name.
          ambiguous: directory.name !== "",
          begin: async (tag) =>
            (await openPart(await find(), name, tag)) ?? (await pieces?.begin(tag)) ?? anew(await openWhole()),
          async discard(tag) {
            await pieces?.discard(tag);
            await (await find()).removeEntry(partName(name, tag)).catch(() => undefined);
          },
        },
      );
    },
  };
}

/** What an unfinished file is called; one that is to be gone on with has a name of its own. */
function partName(name: string, tag?: string): string {
  return unfinishedName(name, tag === undefined ? UNFINISHED : `.${tag}${UNFINISHED}`);
}

function isMovable(handle: WritableFileHandle): handle is MovableHandle {
  const { createSyncAccessHandle, move }: Partial<MovableHandle> = handle;
  return typeof createSyncAccessHandle === "function" && typeof move === "function";
}

/** Folders of pickers have no synchronous access; they say so only when asked. */
async function openAccess(handle: MovableHandle, remove: () => Promise<void>): Promise<SyncAccessHandle | undefined> {
  try {
    return await handle.createSyncAccessHandle();
  } catch (error) {
    if ((Object(error) as Partial<Error>).name === "InvalidStateError") return undefined;
    // One that another download has open stays: it cannot be removed.
    await remove().catch(() => {});
    throw error;
  }
}

function partTarget(
  part: MovableHandle,
  access: SyncAccessHandle,
  name: string,
  remove: () => Promise<void>,
): PartialTarget {
  return {
    ...syncTarget(access),
    async publish() {
      access.flush();
      access.close();
      await part.move(name);
    },
    keep() {
      access.flush();
      access.close();
    },
    async discard() {
      access.close();
      await remove();
    },
  };
}

/** A file is made empty before it can be written; one that was not there is removed again. */
async function openEntry(folder: WritableDirectoryHandle, name: string): Promise<BlobTarget> {
  const existed = await folder.getFileHandle(name).then(
    () => true,
    (error: Error) => {
      if (error.name === "NotFoundError") return false;
      throw error;
    },
  );
  const handle = await folder.getFileHandle(name, { create: true });
  const undo = async (): Promise<void> => {
    if (!existed) await folder.removeEntry(name);
  };
  try {
    const target = await openWritable(handle);
    const discard = (reason: unknown): Promise<void> => Promise.resolve(target.discard(reason)).then(undo, undo);
    return { ...target, discard };
  } catch (error) {
    await undo().catch(() => {});
    throw error;
  }
}
