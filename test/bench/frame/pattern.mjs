/**
 * The bytes of all bodies: one block over and over, so that servers know the CRC-64 of any length without computing it
 * from the body. Bodies, and parts of them, begin with the beginning of a block: cut them at multiples of `BLOCK`.
 */
import { combineCrc64, crc64 } from "../../../src/checksum/crc64.ts";

/** Bytes of the block. */
export const BLOCK = 65_536;

let block;

function blockOf() {
  if (block) return block;
  block = new Uint8Array(BLOCK);
  let state = 1;
  for (let at = 0; at < BLOCK; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    block[at] = state >>> 16;
  }
  return block;
}

/** So many bytes of the pattern. */
export function pattern(length) {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += BLOCK) bytes.set(blockOf().subarray(0, Math.min(BLOCK, length - at)), at);
  return bytes;
}

const known = new Map();

/** The CRC-64 of so many bytes of the pattern. */
export function patternCrc64(length) {
  let crc = known.get(length);
  if (crc === undefined) {
    if (length <= BLOCK) crc = crc64(blockOf().subarray(0, length));
    else {
      const half = Math.ceil(length / BLOCK / 2) * BLOCK;
      crc = combineCrc64(patternCrc64(half), patternCrc64(length - half), length - half);
    }
    known.set(length, crc);
  }
  return crc;
}
