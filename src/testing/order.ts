/**
 * The order of keys: the service sorts by UTF-8 bytes, JavaScript by UTF-16 units.
 * @module
 */

/** Compares two keys: below zero when the first comes first. */
export type Order = (a: string, b: string) => number;

/**
 * Lifts surrogates above every other unit and closes the gap they leave, which turns UTF-16 order into code point
 * order, and that is the order of the UTF-8 bytes.
 */
function rank(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/**
 * Compares two texts by their UTF-8 bytes, without encoding them.
 * @returns below zero, zero or above zero
 * @example
 * ```ts
 * import { byBytes } from "oss-fetch/testing";
 * console.log(["\u{1F600}", "\uFF5E"].sort(byBytes)); // the emoji comes last
 * ```
 */
export function byBytes(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/**
 * Compares two texts by their UTF-16 units: JavaScript's own order, which the service does not use.
 * @returns below zero, zero or above zero
 */
export function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
