/**
 * Bytes as hexadecimal text.
 * @module
 */

const DIGITS = "0123456789abcdef";

/**
 * Writes bytes as hexadecimal digits.
 * @param bytes any bytes
 * @returns two lower-case digits a byte
 */
export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15);
  return text;
}
