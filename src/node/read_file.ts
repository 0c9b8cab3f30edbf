/**
 * Files that are open for reading: those of Node.js, which are read at positions, and those of Deno, which have a cursor.
 * @module
 */
import type { Bytes } from "../types.ts";

/** A `FileHandle` of `node:fs/promises` that is open for reading, as far as it is used. */
export interface ReadableNodeFile {
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
  stat(): Promise<{ isFile(): boolean; readonly size: number; readonly mtimeMs: number }>;
}

/** A `Deno.FsFile` that is open for reading, as far as it is used. */
export interface ReadableDenoFile {
  seek(offset: number, whence: number): Promise<number>;
  read(into: Uint8Array): Promise<number | null>;
  stat(): Promise<{ readonly isFile: boolean; readonly size: number; readonly mtime: Date | null }>;
}

/** What is known of a file. */
export interface FileFacts {
  readonly regular: boolean;
  readonly size: number;
  /** When it was last changed, in milliseconds since 1970. */
  readonly modified: number | undefined;
}

/** What both can do. */
export interface ReadFile {
  /** Reads some bytes, at least one before the end, to `into` from `offset` on; tells how many. */
  read(into: Bytes, offset: number, position: number): Promise<number>;
  facts(): Promise<FileFacts>;
}

/** Is it an open file of Deno? */
export function isReadableDeno(value: unknown): value is ReadableDenoFile {
  return hasMethods(value, "seek", "read", "stat");
}

/** Is it an open file of Node.js? */
export function isReadableNode(value: unknown): value is ReadableNodeFile {
  return hasMethods(value, "read", "stat") && typeof Reflect.get(Object(value), "fd") === "number";
}

function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  return names.every((name) => typeof Reflect.get(Object(value), name) === "function");
}

/** An open file of Node.js: reads may overlap. */
export function readNode(file: ReadableNodeFile): ReadFile {
  return {
    read: async (into, offset, position) => (await file.read(into, offset, into.length - offset, position)).bytesRead,
    async facts() {
      const facts = await file.stat();
      return { regular: facts.isFile(), size: facts.size, modified: facts.mtimeMs };
    },
  };
}

/** An open file of Deno: one read after the other, for all share its cursor. */
export function readDeno(file: ReadableDenoFile): ReadFile {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    read(into, offset, position) {
      const count = turn.then(async () => {
        await file.seek(position, 0);
        return (await file.read(into.subarray(offset))) ?? 0;
      });
      turn = count.catch(() => undefined);
      return count;
    },
    async facts() {
      const { isFile, size, mtime } = await file.stat();
      return { regular: isFile, size, modified: mtime?.getTime() };
    },
  };
}
