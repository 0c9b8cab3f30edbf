/**
 * The signing hash that the runtime brings along: WebCrypto, or what is faster there.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Bytes, Hash } from "../types.ts";

function toBytes(data: string | ArrayBuffer | Uint8Array): Bytes {
  return typeof data === "string" ? encodeUtf8(data) : new Uint8Array(data);
}

const webCryptoHash: Hash = {
  sha256: (data) => crypto.subtle.digest("SHA-256", toBytes(data)).then(toBytes),
  hmac(algorithm, key) {
    const usage = { name: "HMAC", hash: algorithm };
    const imported = crypto.subtle.importKey("raw", toBytes(key), usage, false, ["sign"]);
    return imported.then((mac) => (data) => crypto.subtle.sign(usage, mac, toBytes(data)).then(toBytes));
  },
};

let native: Hash | undefined;

/**
 * Picks the hash for this place: WebCrypto in pages, workers and edge runtimes. Servers have a faster one, and pages on
 * plain http no `crypto.subtle`: only they pay for what they use.
 */
export async function defaultHash(): Promise<Hash> {
  // Deno's own types do not know it.
  if ((globalThis as { isSecureContext?: boolean }).isSecureContext) return webCryptoHash;
  native ??= await (await import("./native.ts")).nativeHash(webCryptoHash);
  return native;
}
