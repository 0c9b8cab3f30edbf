/**
 * What is used of the File System API, as types that need no DOM library.
 * @module
 */
import type { Bytes } from "../types.ts";

/** A `FileSystemWritableFileStream`. */
export interface WritableFile {
  write(command: { type: "write"; position: number; data: Bytes | Blob }): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
  abort(reason?: unknown): Promise<void>;
}

/** A `FileSystemFileHandle`, from a picker or of the origin private file system (OPFS). */
export interface WritableFileHandle {
  /** The file's name, without folders. */
  readonly name?: string;
  createWritable(options?: { keepExistingData?: boolean }): Promise<WritableFile>;
}

/** A `FileSystemSyncAccessHandle`: a file of the OPFS, opened in a dedicated worker. */
export interface SyncAccessHandle {
  write(bytes: Bytes, options?: { at?: number }): number;
  read(into: Bytes, options?: { at?: number }): number;
  getSize(): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

/** A `FileSystemDirectoryHandle` that may be written. */
export interface WritableDirectoryHandle {
  /** The folder's name; that of the OPFS itself is empty. */
  readonly name?: string;
  getDirectoryHandle(name: string, options?: { create?: boolean }): Promise<WritableDirectoryHandle>;
  getFileHandle(name: string, options?: { create?: boolean }): Promise<WritableFileHandle>;
  removeEntry(name: string): Promise<void>;
}
