/**
 * The files of a drop, those in folders included.
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
import { walkHandle } from "./walk_directory.ts";

/** A `DataTransfer`, as far as it is used. */
export interface DroppedData {
  readonly items: ArrayLike<DroppedItem>;
}

/** A `DataTransferItem`, as far as it is used. */
export interface DroppedItem {
  readonly kind: string;
  getAsFile(): File | null;
  webkitGetAsEntry?(): object | null;
}

/** An item, as it was asked during the event. */
interface Grabbed {
  readonly handle: Promise<ReadableFileHandle | ReadableDirectoryHandle | null | undefined> | undefined;
  readonly entry: Entry | undefined;
  readonly file: File | null;
}

/** A `FileSystemEntry`, `FileSystemFileEntry` and `FileSystemDirectoryEntry` in one. */
interface Entry {
  readonly name: string;
  file?(resolve: (file: File) => void, reject: (error: unknown) => void): void;
  createReader?(): { readEntries(resolve: (entries: Entry[]) => void, reject: (error: unknown) => void): void };
}

/**
 * Walks through what was dropped on a page. To be called in the listener of `drop`, before any `await`: the data of a
 * drop is gone after its event. What a download has not finished (`.oss-fetch-part`) is left out of folders.
 * @param data the event's `dataTransfer`
 * @param options what becomes of files that cannot be read
 * @returns the files, those in folders with the folder's name first in their paths, as they are found
 * @example
 * ```ts
 * import { type DroppedData, walkDrop } from "oss-fetch/page";
 * async function ondrop(event: { preventDefault(): void; dataTransfer: DroppedData }): Promise<void> {
 *   event.preventDefault(); // else the browser opens the file
 *   for await (const { path, file } of walkDrop(event.dataTransfer)) console.log(path, file.size);
 * }
 * console.log(typeof ondrop); // for addEventListener("drop", ondrop)
 * ```
 */
export function walkDrop(data: DroppedData, options: WalkOptions = {}): AsyncGenerator<PickedFile, void, undefined> {
  // A generator would run with its first `next`, which may be too late.
  const grabbed = Array.from(data.items)
    .filter(({ kind }) => kind === "file")
    .map(grab);
  return walkGrabbed(grabbed, options);
}

function grab(item: DroppedItem): Grabbed {
  const { getAsFileSystemHandle }: { getAsFileSystemHandle?: () => Grabbed["handle"] } = item as object;
  // Where there is no handle after all, the entry is taken.
  const handle = getAsFileSystemHandle?.call(item)?.catch(() => undefined);
  const entry = item.webkitGetAsEntry?.() ?? undefined;
  // The DOM's types know three kinds of entries.
  return { handle, entry: entry as Entry | undefined, file: item.getAsFile() };
}

async function* walkGrabbed(
  grabbed: readonly Grabbed[],
  options: WalkOptions,
): AsyncGenerator<PickedFile, void, undefined> {
  for (const item of grabbed) {
    const handle = await item.handle;
    if (handle) yield* walkHandle(handle, "", options);
    else if (item.entry) yield* walkEntry(item.entry, "", options);
    else if (item.file) yield { path: item.file.name, file: item.file };
  }
}

async function* walkEntry(
  entry: Entry,
  prefix: string,
  options: WalkOptions,
): AsyncGenerator<PickedFile, void, undefined> {
  const path = prefix + entry.name;
  const reader = entry.createReader?.();
  for (;;) {
    let file: File | undefined;
    // A reader hands out a folder in pieces (of a hundred in Chromium), an empty one at the end.
    let piece: readonly Entry[] = [];
    try {
      if (reader) piece = await new Promise<Entry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      else file = await new Promise<File>((resolve, reject) => entry.file?.(resolve, reject));
    } catch (error) {
      return report(options, error, path);
    }
    if (file) yield { path, file };
    if (piece.length === 0) return;
    for (const child of piece) {
      if (child.createReader || !isUnfinished(child.name)) yield* walkEntry(child, `${path}/`, options);
    }
  }
}
