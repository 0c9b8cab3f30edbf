/**
 * Memory for parts, used again: fresh memory must be cleared by the system first, which costs as much as sending it.
 * @module
 */
import type { Bytes } from "../types.ts";

/** Memory for parts. */
export interface Buffers {
  /**
   * Gives memory; what it holds is left over from earlier use.
   * @param length bytes, all of them to be overwritten
   */
  take(length: number): Bytes;
  /** Takes memory back that nobody looks at any more. */
  recycle(part: Bytes): void;
}

/** Parts that wait for their next use: more are never in flight at once in a browser, and few servers go beyond. */
const MOST = 8;

/** Makes a supply of memory for parts of much the same length. */
export function createBuffers(): Buffers {
  const spare: ArrayBuffer[] = [];
  return {
    take(length) {
      const at = spare.findIndex((buffer) => buffer.byteLength >= length);
      const [buffer] = at < 0 ? [] : spare.splice(at, 1);
      if (buffer) return new Uint8Array(buffer, 0, length);
      // One that is too short by now would only lie around.
      spare.pop();
      return new Uint8Array(length);
    },
    recycle({ buffer }) {
      if (spare.length < MOST && !spare.includes(buffer)) spare.push(buffer);
    },
  };
}
