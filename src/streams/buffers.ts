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
      // Longer memory would do, but then nobody knows any more how much parts hold.
      const at = spare.findIndex((buffer) => buffer.byteLength === length);
      const [buffer] = at < 0 ? [] : spare.splice(at, 1);
      // Parts have another length by now: what is spare would only lie around.
      if (!buffer) spare.length = 0;
      return new Uint8Array(buffer ?? new ArrayBuffer(length));
    },
    recycle({ buffer }) {
      if (spare.length < MOST && !spare.includes(buffer)) spare.push(buffer);
    },
  };
}
