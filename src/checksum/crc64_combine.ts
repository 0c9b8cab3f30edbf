/**
 * CRC-64s of neighbours made into that of both.
 * @module
 */
import { type Halves, join, multiply, split } from "./crc64_halves.ts";

/**
 * What moves a CRC past `digit * 64^place` bytes, x^(8 * that), at `63 * place + digit - 1`. Filled as lengths need it, 75 us in
 * all; then no length takes more than 9 products.
 */
const powers: Halves[] = [[1 << 23, 0]];

function power(wanted: number): Halves {
  // All that are asked for are there: those before the next one.
  const get = (at: number): Halves => powers[at] as Halves;
  for (let at = powers.length; at <= wanted; at++)
    powers.push(multiply(get(at - 1), get(at % 63 ? at - (at % 63) : at - 63)));
  return get(wanted);
}

/**
 * Combines the CRC-64s of two neighbouring pieces into that of both, without their bytes.
 * @param first CRC-64 of the first piece
 * @param second CRC-64 of the second piece
 * @param secondLength length of the second piece, in bytes, up to 2^53 - 1
 * @returns the CRC-64 of both
 * @throws RangeError when the length is not a whole number of bytes
 * @example
 * ```ts
 * import { combineCrc64, crc64 } from "oss-fetch/crc64";
 * const part = (text: string) => crc64(new TextEncoder().encode(text));
 * console.log(combineCrc64(part("12345"), part("6789"), 4) === part("123456789")); // true
 * ```
 */
export function combineCrc64(first: bigint, second: bigint, secondLength: number): bigint {
  if (!Number.isSafeInteger(secondLength) || secondLength < 0)
    throw new RangeError(`secondLength ${secondLength} is no length`);
  if (!secondLength) return first;
  let moved = split(first);
  // Dividing, not shifting: lengths have up to 53 bits. `%` of such numbers is slow.
  for (let rest = secondLength, place = -1; rest; place += 63) {
    const above = Math.floor(rest / 64);
    const digit = rest - above * 64;
    if (digit) moved = multiply(moved, power(place + digit));
    rest = above;
  }
  const [high, low] = split(second);
  return join(moved[0] ^ high, moved[1] ^ low);
}
