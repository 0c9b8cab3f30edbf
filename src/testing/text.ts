/**
 * Text of requests: percent-escapes and UTF-8, decoded strictly.
 * @module
 */
import { binaryBytes, decodePercent, encodePercent, toBinary } from "./percent.ts";

/**
 * Decodes escapes and UTF-8.
 * @param text a piece of a request target; `+` is a space there, in paths as well
 * @returns the text, or `undefined` when its bytes are not UTF-8
 */
export function decodeText(text: string): string | undefined {
  const bytes = binaryBytes(decodePercent(text, true));
  try {
    // A byte order mark is a part of a key like any other character.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Encodes a text as `encoding-type=url` answers do: `/` as well.
 * @param text any text
 */
export function encodeText(text: string): string {
  return encodePercent(toBinary(text));
}
