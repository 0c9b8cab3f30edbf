/**
 * The signing hash that the runtime brings along: WebCrypto.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Bytes, Hash } from "../types.ts";

function toBytes(data: string | Uint8Array): Bytes {
  return typeof data === "string" ? encodeUtf8(data) : new Uint8Array(data);
}

const webCryptoHash: Hash = {
  sha256: async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", toBytes(data))),
  async hmac(algorithm, key) {
    const usage = { name: "HMAC", hash: algorithm };
    const cryptoKey = await crypto.subtle.importKey("raw", toBytes(key), usage, false, ["sign"]);
    return async (data) => new Uint8Array(await crypto.subtle.sign("HMAC", cryptoKey, toBytes(data)));
  },
};

// A page on plain http has no crypto.subtle; only such a page pays for the bytes of another implementation.
const loadedHash: Hash = {
  sha256: async (data) => (await import("./noble.ts")).hash.sha256(data),
  hmac: async (algorithm, key) => (await import("./noble.ts")).hash.hmac(algorithm, key),
};

/**
 * Picks the hash for this place: WebCrypto, or one loaded on demand where `crypto.subtle` is missing.
 */
export function defaultHash(): Hash {
  return globalThis.crypto?.subtle ? webCryptoHash : loadedHash;
}
