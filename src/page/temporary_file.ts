/**
 * Temporary files of the origin private file system (OPFS).
 * @module
 */
import { fileHandleSink } from "../streams/file_handle_sink.ts";
import type { WritableFileHandle } from "../streams/file_system.ts";
import type { Sink } from "../streams/sink.ts";

/** The folder that they are in. */
const FOLDER = "oss-fetch-downloads";
/** Milliseconds after which a file belongs to a page that was closed. */
const STALE = 86_400_000;

/** A file for one download. */
export interface TemporaryFile {
  readonly sink: Sink;
  /** The file, once the sink is closed. */
  file(): Promise<File>;
  /** Removes it; never rejects. */
  remove(): Promise<void>;
}

interface Entry extends Partial<WritableFileHandle> {
  readonly kind: "file";
  readonly name: string;
  getFile(): Promise<File>;
}

interface Folder {
  getDirectoryHandle(name: string, options: { create: boolean }): Promise<Folder>;
  getFileHandle(name: string, options: { create: boolean }): Promise<Entry>;
  removeEntry(name: string): Promise<void>;
  values(): AsyncIterableIterator<Entry | { readonly kind: "directory"; readonly name: string }>;
}

/**
 * Makes a file, and removes those that closed pages have left.
 * @param now the time in milliseconds
 * @returns a file; `undefined` where there is no OPFS, or none that a page may write to
 */
export async function openTemporary(now: number): Promise<TemporaryFile | undefined> {
  let folder: Folder;
  let entry: Entry;
  const name = `${now.toString(36)}-${Math.random().toString(36).slice(2)}`;
  const remove = (): Promise<void> => folder.removeEntry(name).catch(() => {});
  try {
    // Absent from the types where there is no DOM, and from browsers on plain http.
    const { storage } = navigator as { storage?: { getDirectory?(): Promise<unknown> } };
    const root = (await storage?.getDirectory?.()) as Folder | undefined;
    if (!root) return undefined;
    folder = await root.getDirectoryHandle(FOLDER, { create: true });
    await removeStale(folder, now - STALE);
    entry = await folder.getFileHandle(name, { create: true });
  } catch {
    // Private windows of some browsers have one that cannot be used.
    return undefined;
  }
  const { createWritable } = entry;
  if (!createWritable) {
    // Safari before 26 writes in workers alone.
    await remove();
    return undefined;
  }
  const handle = { createWritable: (): ReturnType<typeof createWritable> => createWritable.call(entry) };
  return { sink: fileHandleSink(handle), file: () => entry.getFile(), remove };
}

async function removeStale(folder: Folder, before: number): Promise<void> {
  const names: string[] = [];
  for await (const entry of folder.values()) {
    const file = entry.kind === "file" ? await entry.getFile().catch(() => undefined) : undefined;
    if (file && file.lastModified < before) names.push(entry.name);
  }
  // One that is being written cannot be removed.
  for (const name of names) await folder.removeEntry(name).catch(() => {});
}
