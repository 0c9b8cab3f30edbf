/**
 * Files that are open: those of Node.js, which are written at positions, and those of Deno, which have a cursor.
 * @module
 */
import type { Bytes } from "../types.ts";

/** A `FileHandle` of `node:fs/promises`, as far as it is used. */
export interface NodeFile {
  write(bytes: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesWritten: number }>;
  truncate(length?: number): Promise<void>;
  stat(): Promise<{ readonly size: number }>;
  sync(): Promise<void>;
}

/** A `Deno.FsFile`, as far as it is used. */
export interface DenoFile {
  seek(offset: number, whence: number): Promise<number>;
  write(bytes: Uint8Array): Promise<number>;
  truncate(length?: number): Promise<void>;
  stat(): Promise<{ readonly size: number }>;
  sync(): Promise<void>;
}

/** What both can do. */
export interface OpenFile {
  write(chunk: Bytes, position: number): Promise<void>;
  resize(size: number): Promise<void>;
  size(): Promise<number>;
  sync(): Promise<void>;
}

/** Is it an open file of Deno? */
export function isDenoFile(value: unknown): value is DenoFile {
  return hasMethods(value, "seek", "write", "truncate", "stat");
}

/** Is it an open file of Node.js? */
export function isNodeFile(value: unknown): value is NodeFile {
  return hasMethods(value, "write", "truncate", "stat", "sync");
}

function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  return names.every((name) => typeof Reflect.get(Object(value), name) === "function");
}

/** An open file of Node.js. */
export function nodeFile(file: NodeFile): OpenFile {
  return {
    async write(chunk, position) {
      let done = 0;
      while (done < chunk.length) {
        // A full disk may take a part of it, and refuses the rest.
        const { bytesWritten } = await file.write(chunk, done, chunk.length - done, position + done);
        if (bytesWritten === 0) throw stuck(chunk, position, done);
        done += bytesWritten;
      }
    },
    resize: (size) => file.truncate(size),
    size: async () => (await file.stat()).size,
    sync: () => file.sync(),
  };
}

/** An open file of Deno: one write after the other, for all share its cursor. */
export function denoFile(file: DenoFile): OpenFile {
  let turn: Promise<unknown> = Promise.resolve();
  const writeAll = async (chunk: Bytes, position: number): Promise<void> => {
    await file.seek(position, 0);
    let done = 0;
    while (done < chunk.length) {
      const written = await file.write(chunk.subarray(done));
      if (written === 0) throw stuck(chunk, position, done);
      done += written;
    }
  };
  return {
    write(chunk, position) {
      const written = turn.then(() => writeAll(chunk, position));
      turn = written.catch(() => {});
      return written;
    },
    resize: (size) => file.truncate(size),
    size: async () => (await file.stat()).size,
    sync: () => file.sync(),
  };
}

function stuck(chunk: Bytes, position: number, done: number): Error {
  return new Error(`Cannot write ${chunk.length} bytes at ${position}: the file took ${done}`);
}
