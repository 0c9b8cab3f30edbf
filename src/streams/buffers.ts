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

/** Gives memory back to the system at once: until the collector comes, what is dropped piles up. */
function release(buffer: ArrayBuffer & { transfer?(length: number): unknown }): void {
  if (!buffer.byteLength) return;
  if (buffer.transfer) buffer.transfer(0);
  else {
    // Node 20 knows no other way: what is sent through a closed port is gone.
    const { port1 } = new MessageChannel();
    port1.close();
    port1.postMessage(0, [buffer]);
  }
}

/** Makes a supply of memory for parts of much the same length. */
export function createBuffers(): Buffers {
  const spare: ArrayBuffer[] = [];
  /** Bytes of a part, lately: memory of another length would only lie around, and nobody knew how much parts hold. */
  let usual = 0;
  return {
    take(length) {
      if (length !== usual) for (const buffer of spare.splice(0)) release(buffer);
      usual = length;
      return new Uint8Array(spare.pop() ?? new ArrayBuffer(length));
    },
    recycle({ buffer }) {
      if (spare.includes(buffer)) return;
      if (spare.length < MOST && buffer.byteLength === usual) spare.push(buffer);
      else release(buffer);
    },
  };
}
