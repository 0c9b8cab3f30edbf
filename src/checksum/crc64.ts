/**
 * CRC-64/XZ (ECMA-182 polynomial, reflected), the value of `x-oss-hash-crc64ecma`.
 * @module
 */
import { type Kernel, POLYNOMIAL_HIGH, POLYNOMIAL_LOW, slicingKernel } from "./crc64_slicing.ts";

/** A running CRC-64. */
export interface Crc64 {
  /** Takes in the next bytes; they are read at once and not kept. */
  update(chunk: Uint8Array): void;
  /** The CRC-64 of all bytes so far, unsigned; more bytes may follow. */
  digest(): bigint;
}

/** A 64-bit polynomial as int32 halves; the top bit of `high` is the coefficient of x^0. */
type Halves = readonly [high: number, low: number];

/** What computes, made at first use: importing must cost nothing. */
let kernel: Kernel | undefined;

function split(value: bigint): Halves {
  return [Number(BigInt.asIntN(32, value >> 32n)), Number(BigInt.asIntN(32, value))];
}

function join(high: number, low: number): bigint {
  return BigInt.asUintN(64, (BigInt(high) << 32n) | BigInt(low >>> 0));
}

/**
 * Starts a CRC-64.
 * @param initial CRC-64 of the bytes before, to go on from there; `0n` is that of no bytes
 * @returns a running CRC-64
 * @example
 * ```ts
 * import { createCrc64 } from "./crc64.ts";
 * import { encodeUtf8 } from "../codec/utf8.ts";
 * const crc = createCrc64();
 * crc.update(encodeUtf8("12345"));
 * crc.update(encodeUtf8("6789"));
 * console.log(crc.digest()); // 11051210869376104954n
 * ```
 */
export function createCrc64(initial: bigint = 0n): Crc64 {
  kernel ??= slicingKernel();
  const advance = kernel;
  const state = Int32Array.from(split(~initial));
  return {
    update: (chunk) => advance(state, chunk),
    digest: () => join(~(state[0] ?? 0), ~(state[1] ?? 0)),
  };
}

/**
 * Computes the CRC-64 of bytes.
 * @param data the bytes
 * @param initial CRC-64 of the bytes before them; `0n` is that of no bytes
 * @returns the unsigned CRC-64, whose decimal text is OSS's header value
 * @example
 * ```ts
 * import { crc64 } from "./crc64.ts";
 * import { encodeUtf8 } from "../codec/utf8.ts";
 * console.log(crc64(encodeUtf8("123456789"))); // 11051210869376104954n
 * ```
 */
export function crc64(data: Uint8Array, initial?: bigint): bigint {
  const crc = createCrc64(initial);
  crc.update(data);
  return crc.digest();
}

/** The product of two polynomials modulo that of CRC-64. */
function multiply(a: Halves, b: Halves): Halves {
  let [h, l] = b;
  let high = 0;
  let low = 0;
  for (const word of a)
    for (let bit = 31; bit >= 0; bit--) {
      const take = -((word >>> bit) & 1);
      high ^= take & h;
      low ^= take & l;
      const carry = -(l & 1);
      l = ((l >>> 1) | (h << 31)) ^ (carry & POLYNOMIAL_LOW);
      h = (h >>> 1) ^ (carry & POLYNOMIAL_HIGH);
    }
  return [high, low];
}

/** x^(8 * 2^k), by k: what moves a CRC past 2^k bytes. Filled as lengths need it. */
const powers: Halves[] = [];

/**
 * Combines the CRC-64s of two neighbouring pieces into that of both, without their bytes.
 * @param first CRC-64 of the first piece
 * @param second CRC-64 of the second piece
 * @param secondLength length of the second piece, in bytes, up to 2^53 - 1
 * @returns the CRC-64 of both
 * @throws {RangeError} when the length is not a whole number of bytes
 * @example
 * ```ts
 * import { combineCrc64, crc64 } from "./crc64.ts";
 * import { encodeUtf8 } from "../codec/utf8.ts";
 * const part = (text: string) => crc64(encodeUtf8(text));
 * console.log(combineCrc64(part("12345"), part("6789"), 4) === part("123456789")); // true
 * ```
 */
export function combineCrc64(first: bigint, second: bigint, secondLength: number): bigint {
  if (!Number.isSafeInteger(secondLength) || secondLength < 0)
    throw new RangeError(`Cannot combine CRC-64s: ${secondLength} is no length`);
  if (!secondLength) return first;
  let moved = split(first);
  let power: Halves = [1 << 23, 0];
  // Halving, not shifting: lengths have up to 53 bits.
  for (let rest = secondLength, k = 0; rest; rest = Math.floor(rest / 2), k++) {
    power = powers[k] ??= k ? multiply(power, power) : power;
    if (rest % 2) moved = multiply(power, moved);
  }
  const [high, low] = split(second);
  return join(moved[0] ^ high, moved[1] ^ low);
}
