/**
 * ETags: an MD5 where an object was put at once, opaque otherwise.
 * @module
 */
import { encodeHex } from "../codec/hex.ts";

/**
 * The ETag of a body of known MD5.
 * @param md5 16 bytes
 * @returns upper-case hex in quotes
 */
export function md5Etag(md5: Uint8Array): string {
  return `"${encodeHex(md5).toUpperCase()}"`;
}

/**
 * An ETag that changes with the content, and looks like an MD5 without being one.
 * @param crc64 CRC-64 of the content
 * @param size its length in bytes
 * @param suffix `-N` of N parts
 * @returns upper-case hex in quotes
 */
export function opaqueEtag(crc64: bigint, size: number, suffix = ""): string {
  const hex = crc64.toString(16).padStart(16, "0") + size.toString(16).padStart(16, "0");
  return `"${hex.toUpperCase()}${suffix}"`;
}
