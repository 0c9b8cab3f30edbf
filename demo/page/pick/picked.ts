/**
 * Files that somebody chose or dropped, with the folders that they were in.
 * @module
 */

export interface Picked {
  /** `trip.mp4`, or `photos/2025/trip.mp4` when a folder was picked. */
  readonly path: string;
  readonly file: File;
}

/** The files of an input. */
export function fromInput(files: FileList | null): Picked[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * The files of a drop, those in folders included. To be called at once: a drop's data is gone after its event.
 */
export function fromDrop({ items, files }: DataTransfer): Promise<Picked[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return entries.length > 0 ? walk(entries) : Promise.resolve(fromInput(files));
}

async function walk(entries: readonly FileSystemEntry[]): Promise<Picked[]> {
  const found: Picked[] = [];
  for (const entry of entries) {
    const path = entry.fullPath.replace(/^\//, "");
    if (isFile(entry)) found.push({ path, file: await fileOf(entry) });
    else if (isDirectory(entry)) found.push(...(await walk(await childrenOf(entry))));
  }
  return found;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader hands out a folder in pieces, an empty one at the end. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (piece.length === 0) return found;
    found.push(...piece);
  }
}
