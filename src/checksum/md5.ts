/**
 * MD5 for `Content-MD5`, which DeleteMultipleObjects demands; WebCrypto has none.
 * @module
 */
import type { Bytes } from "../types.ts";

/**
 * Computes the MD5 of a small document; about 10 ms a MiB, so not for object bodies (CRC-64 guards those).
 * @param data the bytes
 * @returns the 16 bytes of the digest
 * @example
 * ```ts
 * import { encodeBase64 } from "../codec/base64.ts";
 * import { encodeUtf8 } from "../codec/utf8.ts";
 * import { md5 } from "./md5.ts";
 * console.log(encodeBase64(await md5(encodeUtf8("")))); // "1B2M2Y8AsgTpgAmY7PhCfg=="
 * ```
 */
export async function md5(data: Uint8Array): Promise<Bytes> {
  // Loaded on demand, so that a bundle without a batch delete carries no hash library.
  const legacy = await import("@noble/hashes/legacy.js");
  return legacy.md5(data);
}
