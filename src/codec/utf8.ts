/**
 * UTF-8, as the Encoding standard defines it.
 * @module
 */
import type { Bytes } from "../types.ts";

/**
 * Encodes text as UTF-8; a lone surrogate becomes U+FFFD.
 * @param text any text
 * @returns its bytes
 * @example
 * ```ts
 * import { encodeUtf8 } from "./utf8.ts";
 * console.log(encodeUtf8("é").length); // 2
 * ```
 */
export function encodeUtf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/**
 * Decodes UTF-8 as `Response.text()` does: a leading byte order mark is dropped, a malformed sequence becomes U+FFFD.
 * @param bytes UTF-8
 * @returns the text
 * @example
 * ```ts
 * import { decodeUtf8 } from "./utf8.ts";
 * console.log(decodeUtf8(new Uint8Array([0xc3, 0xa9]))); // "é"
 * ```
 */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
