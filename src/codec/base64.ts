/**
 * Base64 (RFC 4648, section 4) of bytes.
 * @module
 */
import { DecodeError } from "../errors.ts";
import type { Bytes } from "../types.ts";

/** Arguments of one `String.fromCharCode` call: well below what the smallest call stack holds. */
const CHUNK = 8192;

/**
 * Encodes bytes as padded base64.
 * @param bytes any bytes
 * @returns base64 with `+`, `/` and `=`
 * @example
 * ```ts
 * import { encodeBase64 } from "./base64.ts";
 * console.log(encodeBase64(new Uint8Array([1, 2, 3]))); // "AQID"
 * ```
 */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/**
 * Decodes base64; white space and missing padding are accepted.
 * @param text base64 with `+` and `/`
 * @returns the bytes
 * @throws DecodeError when the text is not base64
 * @example
 * ```ts
 * import { decodeBase64 } from "./base64.ts";
 * console.log(decodeBase64("AQID")); // Uint8Array [1, 2, 3]
 * ```
 */
export function decodeBase64(text: string): Bytes {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new DecodeError("Cannot decode base64: wrong length, or a character outside the alphabet", cause);
  }
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
