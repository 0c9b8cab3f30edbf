/**
 * The store that keeps everything in a folder: bytes in files, changes in a journal.
 * @module
 */
import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Piece, PieceWriter, Store } from "../store.ts";
import { createJournal } from "./journal.ts";

/** A piece in a file, opened for each read: files may outnumber what a process can hold open. */
function filePiece(folder: string, id: string, size: number): Piece {
  const path = join(folder, id);
  return {
    id,
    size,
    async read(position, length) {
      const file = await open(path);
      try {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - position)));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    remove: () => rm(path, { force: true }),
  };
}

async function fileWriter(folder: string): Promise<PieceWriter> {
  const id = randomUUID();
  const part = join(folder, `${id}.part`);
  const file = await open(part, "wx");
  let size = 0;
  return {
    async write(chunk) {
      await file.writeFile(chunk);
      size += chunk.length;
    },
    async commit() {
      await file.close();
      await rename(part, join(folder, id));
      return filePiece(folder, id, size);
    },
    async abort() {
      await file.close();
      await rm(part, { force: true });
    },
  };
}

/**
 * Makes a store that keeps bytes and changes in a folder, and finds them again after a restart.
 *
 * The files are named by the store, not by keys, which may hold anything. Two services must not share a folder.
 * @param path the folder; made when it is not there
 * @example
 * ```ts
 * import { createTestOSS } from "oss-fetch/testing";
 * import { folderStore } from "oss-fetch/testing/node";
 * const oss = createTestOSS({ store: folderStore("./oss-data"), buckets: ["photos"] });
 * ```
 */
export function folderStore(path: string): Store {
  const pieces = join(path, "pieces");
  const ready = once(() => mkdir(pieces, { recursive: true }));
  const journal = createJournal(join(path, "journal.jsonl"));
  return {
    async create() {
      await ready();
      return fileWriter(pieces);
    },
    open: (id, size) => filePiece(pieces, id, size),
    async load() {
      await ready();
      return journal.load();
    },
    note: (change) => journal.append(change),
  };
}

/** Runs a task at its first call only. */
function once<T>(task: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= task();
    return running;
  };
}
