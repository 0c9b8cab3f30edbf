/**
 * The signing hash of servers: `node:crypto`, which Node.js, Deno, Bun and some edge runtimes have.
 * @module
 */
import type { Bytes, SyncHash } from "../types.ts";

type Data = string | Uint8Array;
type Digest = (algorithm: string, data: Data, encoding: "hex" | "latin1") => string;

/** What is used of `node:crypto`. */
interface Digester {
  update(data: Data): Digester;
  digest(encoding: "hex" | "latin1"): string;
}
interface NodeCrypto {
  createHash(algorithm: string): Digester;
  /** Since Node.js 20.12. */
  readonly hash?: Digest;
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

/** Writes text of bytes. */
function write(latin1: string, target: Uint8Array, at: number): void {
  for (let place = 0; place < latin1.length; place++) target[at + place] = latin1.charCodeAt(place);
}

function toBytes(latin1: string): Bytes {
  const bytes = new Uint8Array(latin1.length);
  write(latin1, bytes, 0);
  return bytes;
}

// All as text: to make a buffer of a hash takes Node.js twice as long as to hash, and then it is to be collected.
function hashOf({ createHash, hash }: NodeCrypto): SyncHash {
  const digest: Digest = hash ?? ((algorithm, data, encoding) => createHash(algorithm).update(data).digest(encoding));
  return {
    sha256: (data) => toBytes(digest("sha256", data, "latin1")),
    sha256Hex: (data) => digest("sha256", data, "hex"),
    // Of two hashes: `createHmac` takes twice as long in Bun and Deno, and its objects are dear to collect in Node.js.
    hmac(algorithm, key) {
      const name = algorithm.replace("-", "");
      const encoder = new TextEncoder();
      const bytes = typeof key === "string" ? encoder.encode(key) : key;
      const short = bytes.length > BLOCK ? toBytes(digest(name, bytes, "latin1")) : bytes;
      const pad = (room: number, mask: number): Uint8Array => {
        const padded = new Uint8Array(BLOCK + room);
        for (let at = 0; at < BLOCK; at++) padded[at] = mask ^ (short[at] ?? 0);
        return padded;
      };
      const inner = pad(ROOM, 0x36);
      const outer = pad(algorithm === "SHA-1" ? 20 : 32, 0x5c);
      const mac = (data: Data, encoding: "hex" | "latin1"): string => {
        // A character has at most three bytes.
        const room = data.length * 3 > ROOM ? pad(data.length * 3, 0x36) : inner;
        let { length } = data;
        if (typeof data === "string") length = encoder.encodeInto(data, room.subarray(BLOCK)).written;
        else room.set(data, BLOCK);
        write(digest(name, room.subarray(0, BLOCK + length), "latin1"), outer, BLOCK);
        return digest(name, outer, encoding);
      };
      return Object.assign((data: Data) => toBytes(mac(data, "latin1")), { hex: (data: Data) => mac(data, "hex") });
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
