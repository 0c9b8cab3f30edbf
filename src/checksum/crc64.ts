/**
 * CRC-64/XZ (ECMA-182 polynomial, reflected), the value of `x-oss-hash-crc64ecma`.
 * @module
 */
import { join, split } from "./crc64_halves.ts";
import { openSparse } from "./crc64_kernel.ts";
import { slicingKernel } from "./crc64_slicing.ts";
import type { SparseSum } from "./crc64_sparse.ts";

export { combineCrc64 } from "./crc64_combine.ts";

/** A running CRC-64. */
export interface Crc64 {
  /** Takes in the next bytes; they are read at once and not kept. */
  update(chunk: Uint8Array): void;
  /** The CRC-64 of all bytes so far, unsigned; more bytes may follow. */
  digest(): bigint;
}

/** Bytes from which on WebAssembly is faster, its overhead included. */
const WORTHWHILE = 8192;

/**
 * Starts a CRC-64. Any number may run at the same time.
 * @param initial CRC-64 of the bytes before, to go on from there; `0n` is that of no bytes
 * @returns a running CRC-64
 * @example
 * ```ts
 * import { createCrc64 } from "oss-fetch/crc64";
 * const crc = createCrc64();
 * crc.update(new TextEncoder().encode("12345"));
 * crc.update(new TextEncoder().encode("6789"));
 * console.log(crc.digest()); // 11051210869376104954n
 * ```
 */
export function createCrc64(initial: bigint = 0n): Crc64 {
  let register = split(~initial);
  let sum: SparseSum | undefined;
  let seen = 0;
  return {
    update(chunk) {
      seen += chunk.length;
      if (seen >= WORTHWHILE) sum ??= openSparse(register);
      if (sum) sum.update(chunk);
      else register = slicingKernel()(register, chunk);
    },
    digest() {
      const [high, low] = sum ? sum.register() : register;
      return join(~high, ~low);
    },
  };
}

/**
 * Computes the CRC-64 of bytes.
 * @param data the bytes
 * @param initial CRC-64 of the bytes before them; `0n` is that of no bytes
 * @returns the unsigned CRC-64, whose decimal text is OSS's header value
 * @example
 * ```ts
 * import { crc64 } from "oss-fetch/crc64";
 * console.log(crc64(new TextEncoder().encode("123456789"))); // 11051210869376104954n
 * ```
 */
export function crc64(data: Uint8Array, initial?: bigint): bigint {
  const crc = createCrc64(initial);
  crc.update(data);
  return crc.digest();
}
