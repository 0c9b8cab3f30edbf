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
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    // `fetch` refuses shared memory, and another thread could write to it after its checksum was taken: copy it.
    return isArrayBuffer(buffer)
      ? new Uint8Array(buffer, byteOffset, byteLength)
      : new Uint8Array(buffer, byteOffset, byteLength).slice();
  }
  return isArrayBuffer(value) ? new Uint8Array(value) : undefined;
}

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}
