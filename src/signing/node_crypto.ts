/**
 * The signing hash of servers: `node:crypto`, which Node.js, Deno, Bun and some edge runtimes have.
 * @module
 */
import type { Bytes, SyncHash } from "../types.ts";

type Data = string | Uint8Array;

/** What is used of `node:crypto`. */
interface Digester {
  update(data: Data): Digester;
  digest(): Bytes;
}
interface NodeCrypto {
  createHash(algorithm: string): Digester;
  /** Since Node.js 20.12. */
  readonly hash?: (algorithm: string, data: Data, encoding: "buffer") => Bytes;
}
interface Server {
  readonly process?: {
    readonly versions?: Readonly<Record<string, string | undefined>>;
    getBuiltinModule?(name: string): NodeCrypto | undefined;
  };
}

/** Bytes of a block of SHA-1 and SHA-256. */
const BLOCK = 64;
/** Room for the text of a signature. */
const ROOM = 1024;

function hashOf({ createHash, hash }: NodeCrypto): SyncHash {
  const digest = hash
    ? (name: string, data: Data): Bytes => hash(name, data, "buffer")
    : (name: string, data: Data): Bytes => createHash(name).update(data).digest();
  return {
    sha256: (data) => digest("sha256", data),
    // Of two hashes: `createHmac` takes twice as long in Bun and Deno, and its objects are dear to collect in Node.js.
    hmac(algorithm, key) {
      const name = algorithm.replace("-", "");
      const encoder = new TextEncoder();
      const bytes = typeof key === "string" ? encoder.encode(key) : key;
      const short = bytes.length > BLOCK ? digest(name, bytes) : bytes;
      const pad = (room: number, mask: number): Uint8Array => {
        const padded = new Uint8Array(BLOCK + room);
        for (let at = 0; at < BLOCK; at++) padded[at] = mask ^ (short[at] ?? 0);
        return padded;
      };
      const inner = pad(ROOM, 0x36);
      const outer = pad(algorithm === "SHA-1" ? 20 : 32, 0x5c);
      return (data) => {
        // A character has at most three bytes.
        const room = data.length * 3 > ROOM ? pad(data.length * 3, 0x36) : inner;
        let { length } = data;
        if (typeof data === "string") length = encoder.encodeInto(data, room.subarray(BLOCK)).written;
        else room.set(data, BLOCK);
        outer.set(digest(name, room.subarray(0, BLOCK + length)), BLOCK);
        return digest(name, outer);
      };
    },
  };
}

/**
 * Hashes with `node:crypto`.
 * @param except a runtime that shall not, as `process.versions` names it
 * @returns nothing where there is none
 */
export function nodeHash(except?: string): SyncHash | undefined {
  const { process } = globalThis as Server;
  const builtin = except && process?.versions?.[except] ? undefined : process?.getBuiltinModule?.("node:crypto");
  return builtin && hashOf(builtin);
}
