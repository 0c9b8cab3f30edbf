/**
 * The CRC-64 kernel in plain JavaScript: eight bytes a step through eight tables ("slicing by 8").
 * @module
 */
import { type Halves, multiply } from "./crc64_halves.ts";

/** Moves a CRC register, complemented as CRC-64/XZ keeps it, over some bytes. */
export type Kernel = (register: Halves, chunk: Uint8Array) => Halves;

let kernel: Kernel | undefined;

/**
 * Gives the one kernel, made at first use: a second closure of the same code would make both of them five times slower in V8,
 * which knows the tables of a closure only while there is one.
 * @returns the kernel
 */
export function slicingKernel(): Kernel {
  kernel ??= makeKernel();
  return kernel;
}

/** Builds the tables (16 KiB) and what uses them. */
function makeKernel(): Kernel {
  // Entry `256 * k + b` is the byte `b` moved past `k + 1` bytes.
  const high = new Int32Array(2048);
  const low = new Int32Array(2048);
  for (let at = 0; at < 2048; at++)
    [high[at], low[at]] = multiply([1 << 23, 0], [high[at - 256] ?? 0, low[at - 256] ?? at]);
  // Constants of a closure: compilers then know the tables' lengths, and `?? 0` and bounds checks vanish.
  const H = (at: number): number => high[at] ?? 0;
  const L = (at: number): number => low[at] ?? 0;
  return (register, chunk) => {
    // `| 0` shows compilers that they are int32 all along.
    let h = register[0] | 0;
    let l = register[1] | 0;
    let at = 0;
    // A DataView reads words at any offset and in a fixed byte order, about as fast as an Int32Array does.
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const size = chunk.length;
    // What fills no step goes first: with this loop behind it, V8 makes that of the steps a sixth slower.
    for (; at < (size & 7); at++) {
      const entry = (l ^ view.getUint8(at)) & 255;
      l = ((l >>> 8) | (h << 24)) ^ L(entry);
      h = (h >>> 8) ^ H(entry);
    }
    for (; at < size; at += 8) {
      const a = l ^ view.getInt32(at, true);
      const b = h ^ view.getInt32(at + 4, true);
      const a3 = 1792 + (a & 255);
      const a2 = 1536 + ((a >>> 8) & 255);
      const a1 = 1280 + ((a >>> 16) & 255);
      const a0 = 1024 + (a >>> 24);
      const b3 = 768 + (b & 255);
      const b2 = 512 + ((b >>> 8) & 255);
      const b1 = 256 + ((b >>> 16) & 255);
      const b0 = b >>> 24;
      l = L(a3) ^ L(a2) ^ L(a1) ^ L(a0) ^ L(b3) ^ L(b2) ^ L(b1) ^ L(b0);
      h = H(a3) ^ H(a2) ^ H(a1) ^ H(a0) ^ H(b3) ^ H(b2) ^ H(b1) ^ H(b0);
    }
    return [h, l];
  };
}
