/**
 * Files that somebody chose or dropped.
 * @module
 */
import { isUnfinished } from "../streams/safe_path.ts";

/** One file, with the folders that it was in. */
export interface PickedFile {
  /** Relative, with `/`: `trip.mp4`, or `photos/2025/trip.mp4` in a folder. */
  readonly path: string;
  /** The file as it was when it was found; its bytes are not read. */
  readonly file: File;
  /** Its `FileSystemFileHandle` where the browser gives one: it can be kept in IndexedDB, and be read again. */
  readonly handle?: ReadableFileHandle;
}

/** A `FileSystemFileHandle`, as far as it is read. */
export interface ReadableFileHandle {
  readonly kind: "file";
  readonly name: string;
  getFile(): Promise<File>;
}

/** A `FileSystemDirectoryHandle`, as far as it is read. */
export interface ReadableDirectoryHandle {
  readonly kind: "directory";
  readonly name: string;
  values(): AsyncIterableIterator<ReadableFileHandle | ReadableDirectoryHandle>;
}

/** How to walk through folders. */
export interface WalkOptions {
  /** Told of what cannot be read, which is then left out. @default the walk ends with the error */
  readonly onError?: ((error: unknown, path: string) => void) | undefined;
}

/**
 * Tells of an error, or throws it.
 * @param options where it is told
 * @param error what was thrown
 * @param path of the file or folder
 */
export function report({ onError }: WalkOptions, error: unknown, path: string): void {
  if (!onError) throw error;
  onError(error, path);
}

/**
 * The files of an input: of `<input type="file" multiple>`, or of one with `webkitdirectory`.
 * @param files the input's `files`; `null` is none
 * @returns the files, with the paths in the folder that was chosen, its own name first; without what a
 *   download has not finished there (`.oss-fetch-part`)
 * @example
 * ```ts
 * import { walkInput } from "oss-fetch/page";
 * for (const { path, file } of walkInput([new File(["hello"], "hello.txt")])) console.log(path, file.size);
 * ```
 */
export function walkInput(files: ArrayLike<File> | null): PickedFile[] {
  const picked = Array.from(files ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));
  // What was chosen itself is meant.
  return picked.filter(({ path }) => !path.includes("/") || !isUnfinished(path));
}
