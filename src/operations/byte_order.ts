/**
 * The service's order of keys: by UTF-8 bytes, which is not that of JavaScript strings.
 * @module
 */

/** Surrogates stand for code points above every other character: lift them over U+E000 to U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : unit;
}

/**
 * Compares two texts by their UTF-8 bytes.
 * @param left a text
 * @param right another
 * @returns below, at or above zero, as `sort` wants it
 * @example
 * ```ts
 * import { compareKeys } from "oss-fetch";
 * console.log(["\u{1F600}", "\uFF5E"].sort(compareKeys));
 * ```
 */
export function compareKeys(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const difference = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
    if (difference) return difference;
  }
  return left.length - right.length;
}
