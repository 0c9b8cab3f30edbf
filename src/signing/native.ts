/**
 * The signing hash where WebCrypto is slow or missing. Loaded on demand.
 * @module
 */
import type { Hash, MaybePromise } from "../types.ts";
import { nodeHash } from "./node_crypto.ts";

/**
 * Picks the hash of servers, and of pages without WebCrypto.
 *
 * WebCrypto hands each of the two hashes of a signature to a pool of threads and waits for it; `node:crypto` answers at
 * once, in a tenth (Node.js, Bun) or a quarter (Deno) of the CPU time. Pages on plain http have neither.
 * @param webCrypto what is used where nothing else is faster
 */
export function nativeHash(webCrypto: Hash): MaybePromise<Hash> {
  const native = nodeHash();
  if (native) return native;
  const { crypto } = globalThis as { readonly crypto?: Partial<Crypto> };
  return crypto?.subtle ? webCrypto : import("./noble.ts").then(({ hash }) => hash);
}
