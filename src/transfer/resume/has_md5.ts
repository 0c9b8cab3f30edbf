/**
 * Compares parts of which no CRC-64 is listed. Loaded on demand.
 * @module
 */
import { md5 } from "../../checksum/md5.ts";
import { encodeHex } from "../../codec/hex.ts";
import type { Bytes } from "../../types.ts";

/**
 * Are these the bytes of an ETag?
 * @param bytes of a part
 * @param etag the service's: the MD5 of the part, unless it is encrypted
 */
export async function hasMd5(bytes: Bytes, etag: string): Promise<boolean> {
  return etag.replaceAll('"', "").toLowerCase() === encodeHex(await md5(bytes));
}
