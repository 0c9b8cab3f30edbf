/**
 * The signing hash where WebCrypto is slow or missing. Loaded on demand.
 * @module
 */
import type { Bytes, Hash, MaybePromise, SyncHash } from "../types.ts";

type Data = string | Uint8Array;

/** What is used of `node:crypto`. */
interface Digester {
  update(data: Data): Digester;
  digest(): Bytes;
}
interface NodeCrypto {
  createHash(algorithm: string): Digester;
  createHmac(algorithm: string, key: Data): Digester;
}
interface Server {
  readonly process?: { getBuiltinModule?(name: string): NodeCrypto | undefined };
}

function nodeHash({ createHash, createHmac }: NodeCrypto): SyncHash {
  return {
    sha256: (data) => createHash("sha256").update(data).digest(),
    hmac(algorithm, key) {
      const name = algorithm.replace("-", "");
      return (data) => createHmac(name, key).update(data).digest();
    },
  };
}

/**
 * Picks the hash of servers, and of pages without WebCrypto.
 *
 * WebCrypto hands each of the two hashes of a signature to a pool of threads and waits for it; `node:crypto` answers at
 * once, in an eighth (Node.js, Bun) or a third (Deno) of the CPU time. Pages on plain http have neither.
 * @param webCrypto what is used where nothing else is faster
 */
export function nativeHash(webCrypto: Hash): MaybePromise<Hash> {
  const { process, crypto } = globalThis as Server & typeof globalThis;
  const builtin = process?.getBuiltinModule?.("node:crypto");
  if (builtin) return nodeHash(builtin);
  return (crypto as Partial<Crypto> | undefined)?.subtle ? webCrypto : import("./noble.ts").then(({ hash }) => hash);
}
