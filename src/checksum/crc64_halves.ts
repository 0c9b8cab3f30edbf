/**
 * 64-bit values as two int32 halves, since BigInt arithmetic is 40 times slower.
 * @module
 */

/** A polynomial of degree below 64, or a CRC register; the top bit of `high` is the coefficient of x^0. */
export type Halves = readonly [high: number, low: number];

/** Takes the low 64 bits apart. */
export function split(value: bigint): Halves {
  return [Number(BigInt.asIntN(32, value >> 32n)), Number(BigInt.asIntN(32, value))];
}

/** Puts halves together, unsigned. */
export function join(high: number, low: number): bigint {
  return BigInt.asUintN(64, (BigInt(high) << 32n) | BigInt(low >>> 0));
}

/** The product of two polynomials modulo that of CRC-64, 0xC96C5795D7870F42 as it is written reflected and without x^64. */
export function multiply({ 0: x, 1: y }: Halves, { 0: h, 1: l }: Halves): Halves {
  // Not as arrays, which are iterated: that makes a combination in JavaScriptCore take a third longer.
  let high = 0;
  let low = 0;
  for (; x | y; x = (x << 1) | (y >>> 31), y <<= 1) {
    const take = x >> 31;
    high ^= take & h;
    low ^= take & l;
    const carry = -(l & 1);
    l = ((l >>> 1) | (h << 31)) ^ (carry & -0x2878f0be);
    h = (h >>> 1) ^ (carry & -0x3693a86b);
  }
  return [high, low];
}
