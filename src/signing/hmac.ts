/**
 * The signing hash that the runtime brings along: WebCrypto.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Bytes, Hash, MaybePromise } from "../types.ts";

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

/**
 * Picks the hash for this place: WebCrypto or, on pages on plain http, which have no `crypto.subtle`, an implementation
 * that only they pay for.
 */
export function defaultHash(): MaybePromise<Hash> {
  return globalThis.crypto?.subtle ? webCryptoHash : import("./noble.ts").then(({ hash }) => hash);
}
