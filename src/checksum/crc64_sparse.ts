/**
 * The CRC-64 kernel in WebAssembly: SIMD without tables and without carry-less multiplication.
 *
 * A CRC is the remainder of a division by the polynomial P, so it may as well be taken from the remainder of a division by a
 * multiple of P. With y = x^8, one byte,
 * `Q = y^2794 + y^2668 + y^1190 + y^877 + y^827 + y^804 + y^153 + 1` is a multiple of P and so sparse that dividing by it is
 * cheap: it adds each byte of the message to those 126, 1604, 1917, 1967, 1990, 2641 and 2794 places further on (2794 minus the
 * exponents), where it is gone itself. Read backwards, with v for the bytes as they are when their turn comes:
 *
 * `v[i] = in[i] ^ v[i-126] ^ v[i-1604] ^ v[i-1917] ^ v[i-1967] ^ v[i-1990] ^ v[i-2641] ^ v[i-2794]`
 *
 * 16 bytes make one step, since none needs a byte nearer than 126. All that later bytes depend on is the last 2,794 of v, the
 * state: what it adds to the 2,794 places after it is the remainder. By whichever exponent e of Q a byte of the state counts
 * there, it does so as if the message ended with the state's first e bytes, so the sum of the CRC registers after each of these
 * beginnings, from zero on, is the register; the table kernel computes them in one pass. A register to start with is put into
 * the first 8 bytes of an empty state: 2794 places further on are the next 8 bytes, to which it is to be added.
 * @module
 */
import type { Halves } from "./crc64_halves.ts";
import { MODULE } from "./crc64_module.ts";
import { slicingKernel } from "./crc64_slicing.ts";

/** Places in the memory of crc64.wat. */
const STATE = 150;
const WINDOW = 2944;
/** Bytes of a step, about as many as the one page of memory takes: each step costs a call and a copy of the state. */
const STEP = 57_344;
/** The exponents of Q but 0; the last one is the length of the state. */
const EXPONENTS = [153, 804, 827, 877, 1190, 2668, 2794];

/** A sum under way. */
export interface SparseSum {
  /** Takes in the next bytes. */
  update(chunk: Uint8Array): void;
  /** The CRC register after all bytes so far, complemented as CRC-64/XZ keeps it; more may follow. */
  register(): Halves;
}

/** Starts a sum from a register, complemented as CRC-64/XZ keeps it. */
export type SparseKernel = (register: Halves) => SparseSum;

/**
 * Compiles the module; its one small memory serves all sums, whose states change places when sums take turns.
 * @param module the module, compiled already
 * @returns the kernel
 * @throws where WebAssembly or SIMD is missing, and where bytes may not be compiled (Workers, strict CSP)
 */
export function sparseKernel(
  module: object = new WebAssembly.Module(Uint8Array.from(atob(MODULE), (char) => char.charCodeAt(0))),
): SparseKernel {
  // The two exports of crc64.wat.
  const { m, f } = new WebAssembly.Instance(module as WebAssembly.Module).exports as unknown as {
    readonly m: WebAssembly.Memory;
    f(length: number): void;
  };
  const memory = new Uint8Array(m.buffer);
  const state = memory.subarray(STATE, WINDOW);
  /** Brings the state that is in memory to safety. */
  let keep: (() => void) | undefined;

  return ([high, low]) => {
    const kept = new Uint8Array(state.length);
    const words = new DataView(kept.buffer);
    words.setInt32(0, low, true);
    words.setInt32(4, high, true);
    const keepMine = (): void => kept.set(state);
    const enter = (): void => {
      if (keep === keepMine) return;
      keep?.();
      keep = keepMine;
      state.set(kept);
    };
    return {
      update(chunk) {
        enter();
        for (let at = 0; at < chunk.length; at += STEP) {
          const piece = chunk.subarray(at, at + STEP);
          memory.set(piece, WINDOW);
          f(piece.length);
        }
      },
      register() {
        enter();
        let sum: Halves = [0, 0];
        let register = sum;
        let at = 0;
        for (const end of EXPONENTS) {
          register = slicingKernel()(register, state.subarray(at, end));
          sum = [sum[0] ^ register[0], sum[1] ^ register[1]];
          at = end;
        }
        return sum;
      },
    };
  };
}
