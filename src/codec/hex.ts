/**
 * Hexadecimal text of bytes.
 * @module
 */

/**
 * Encodes bytes as lower-case hexadecimal, two digits a byte.
 * @param bytes any bytes
 * @returns the digits
 * @example
 * ```ts
 * import { encodeHex } from "oss-fetch";
 * console.log(encodeHex(new Uint8Array([0, 255]))); // "00ff"
 * ```
 */
export function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
