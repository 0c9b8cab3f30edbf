/**
 * The signing hash of `@noble/hashes`, for `sync_hash.ts` and for pages without WebCrypto.
 * @module
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Bytes, SyncHash } from "../types.ts";

/** Room for the text of a signature, made at first use: what is hashed at once needs no array of its own. */
let room: { readonly encoder: TextEncoder; readonly bytes: Uint8Array } | undefined;
const ROOM = 4096;

function toBytes(data: string | Uint8Array): Uint8Array {
  if (typeof data !== "string") return data;
  // A character has at most three bytes.
  if (data.length > ROOM / 3) return encodeUtf8(data);
  room ??= { encoder: new TextEncoder(), bytes: new Uint8Array(ROOM) };
  return room.bytes.subarray(0, room.encoder.encodeInto(data, room.bytes).written);
}

/** What hashes and HMACs of noble have in common. */
interface State<T> {
  clone(): T;
  _cloneInto(to: T): T;
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
}

/**
 * Makes a function that hashes on from a state. The state that it works in is made once: making one costs as much as
 * hashing a short text, and nothing else can run meanwhile.
 */
function from<T extends State<T>>(start: T): (data: string | Uint8Array) => Bytes {
  const state = start.clone();
  return (data) => {
    start._cloneInto(state).update(toBytes(data));
    // noble answers with an array that it has just made.
    return state.digest() as Bytes;
  };
}

let digest: ((data: string | Uint8Array) => Bytes) | undefined;

/** A signing hash in JavaScript: it answers at once, and is the same everywhere. */
export const hash: SyncHash = {
  sha256(data) {
    digest ??= from(sha256.create());
    return digest(data);
  },
  // The state after the key's own blocks is kept: half of the work of a short HMAC is done once.
  hmac: (algorithm, key) => from(hmac.create(algorithm === "SHA-1" ? sha1 : sha256, toBytes(key))),
};
