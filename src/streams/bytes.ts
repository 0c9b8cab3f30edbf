/**
 * Text and buffers as bytes, without a copy where there is one already.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Bytes } from "../types.ts";

/**
 * Sees text or a buffer as bytes: text as UTF-8, a buffer as a view on the same memory.
 * @param value anything; also a buffer from another realm (a frame, a test's sandbox)
 * @returns the bytes, or `undefined` when `value` is neither text nor a buffer
 */
export function toBytes(value: unknown): Bytes | undefined {
  if (typeof value === "string") return encodeUtf8(value);
  const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(value) ? value : { buffer: value };
  const tag = Object.prototype.toString.call(buffer);
  if (!/ (Shared)?ArrayBuffer/.test(tag)) return undefined;
  const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  // `fetch` refuses memory that is shared or may grow, and another thread could write to it after its checksum was
  // taken: copy it.
  return tag[8] === "S" || (buffer as { readonly resizable?: boolean }).resizable ? bytes.slice() : bytes;
}
