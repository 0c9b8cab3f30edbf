/**
 * Percent-encoding over "binary" strings: one character for one byte, so that nothing is lost or repaired
 * between the wire and the signature.
 * @module
 */

/** RFC 3986's unreserved characters and the slash. */
const KEPT: RegExp = /[^A-Za-z0-9\-._~/]/g;

/**
 * Spells a text as its UTF-8 bytes, one character each.
 * @param text any text
 */
export function toBinary(text: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return binary;
}

/**
 * Takes what the wire holds as it is: latin1-decoded values stay, text beyond latin1 becomes UTF-8.
 * @param value a header value or a piece of a request target
 */
export function wireBinary(value: string): string {
  for (const char of value) if (char > "\xff") return toBinary(value);
  return value;
}

/**
 * The bytes of a binary string.
 * @param binary characters up to U+00FF
 */
export function binaryBytes(binary: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

/**
 * Reads a binary string as UTF-8, broken sequences replaced: for messages.
 * @param binary characters up to U+00FF
 */
export function fromBinary(binary: string): string {
  return new TextDecoder().decode(binaryBytes(binary));
}

/**
 * Decodes escapes into bytes; what is not an escape stays.
 * @param text a piece of a request target
 * @param plus whether `+` is a space, as it is in a query
 * @returns a binary string
 */
export function decodePercent(text: string, plus = false): string {
  const raw = wireBinary(plus ? text.replaceAll("+", " ") : text);
  return raw.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/**
 * Encodes bytes in the canonical form: unreserved characters stay, all else is `%XX` in capitals.
 * @param binary a binary string
 * @param slash whether `/` stays, as it does in a path
 */
export function encodePercent(binary: string, slash = false): string {
  return binary.replace(KEPT, escapeByte).replaceAll("/", slash ? "/" : "%2F");
}

function escapeByte(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
