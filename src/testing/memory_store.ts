/**
 * The store that keeps everything in memory.
 * @module
 */
import type { Bytes } from "../types.ts";
import type { Piece, PieceWriter, Store } from "./store.ts";

/** Blocks have this size, so that many small chunks do not cost more than their bytes. */
const BLOCK = 256 * 1024;

/** A piece made of full blocks and a shorter last one. */
function memoryPiece(id: string, blocks: readonly Bytes[], size: number): Piece {
  return {
    id,
    size,
    read(position, length) {
      const block = blocks[Math.floor(position / BLOCK)] ?? new Uint8Array(0);
      const start = position % BLOCK;
      // A copy: a reader may transfer or change what it gets.
      return block.slice(start, start + length);
    },
    remove() {},
  };
}

/** Copies chunks into blocks. */
function memoryWriter(id: string): PieceWriter {
  const blocks: Bytes[] = [];
  let block: Bytes = new Uint8Array(0);
  let used = 0;
  let size = 0;
  /** Makes room: the first block grows, since most objects of a test are small; the others have full size. */
  const grow = (wanted: number): void => {
    if (blocks.length > 0 || block.length === BLOCK) {
      blocks.push(block);
      block = new Uint8Array(BLOCK);
      used = 0;
      return;
    }
    const larger = new Uint8Array(Math.min(BLOCK, Math.max(block.length * 4, used + wanted)));
    larger.set(block);
    block = larger;
  };
  return {
    write(chunk) {
      for (let taken = 0; taken < chunk.length; ) {
        if (used === block.length) grow(chunk.length - taken);
        const part = chunk.subarray(taken, taken + block.length - used);
        block.set(part, used);
        used += part.length;
        taken += part.length;
      }
      size += chunk.length;
    },
    commit() {
      if (used > 0) blocks.push(used === block.length ? block : block.slice(0, used));
      return memoryPiece(id, blocks, size);
    },
    abort() {},
  };
}

/**
 * Makes a store that keeps everything in memory, the default of `createTestOSS`.
 * @example
 * ```ts
 * import { createTestOSS, memoryStore } from "oss-fetch/testing";
 * const oss = createTestOSS({ store: memoryStore() });
 * ```
 */
export function memoryStore(): Store {
  let count = 0;
  return { create: () => memoryWriter(String(++count)) };
}
