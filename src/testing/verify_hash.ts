/**
 * The hashes of the signature check, on WebCrypto alone.
 * @module
 */
import { encodeHex } from "../codec/hex.ts";
import { binaryBytes, toBinary } from "./percent.ts";

/** Keys beyond this are derived anew. */
const MAX_KEYS = 100;

/** Keys in use: a server sees few of them, again and again. Keys, not promises: those belong to one request in workerd. */
const KEYS: Map<string, CryptoKey> = /* @__PURE__ */ new Map<string, CryptoKey>();

/**
 * SHA-256 of a binary string.
 * @returns lowercase hex
 */
export async function sha256(binary: string): Promise<string> {
  return encodeHex(new Uint8Array(await crypto.subtle.digest("SHA-256", binaryBytes(binary))));
}

async function sign(key: CryptoKey, binary: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, binaryBytes(binary)));
}

/**
 * HMAC of a binary string with the key that a secret makes when it signs each of some texts in turn.
 * @param secret the first key, as text
 * @param steps binary strings, each signed with the key before it to give the next one
 * @param data the binary string to sign
 */
export async function hmacChain(
  hash: "SHA-1" | "SHA-256",
  secret: string,
  steps: readonly string[],
  data: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = JSON.stringify([hash, secret, ...steps]);
  let key = KEYS.get(name);
  if (key === undefined) {
    const load = (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
      crypto.subtle.importKey("raw", raw, { name: "HMAC", hash }, false, ["sign"]);
    key = await load(binaryBytes(toBinary(secret)));
    for (const step of steps) key = await load(await sign(key, step));
    if (KEYS.size >= MAX_KEYS) KEYS.clear();
    KEYS.set(name, key);
  }
  return sign(key, data);
}

/**
 * Compares two texts in a time that depends on their lengths only, so that no timing tells a signature.
 * @param expected what was computed
 * @param given what the request claims
 */
export function sameText(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let i = 0; i < expected.length; i++) {
    difference |= expected.charCodeAt(i) ^ given.charCodeAt(i % (given.length || 1));
  }
  return difference === 0;
}
