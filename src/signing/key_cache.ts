/**
 * Signing keys that were derived before: deriving costs four of the five HMACs of a V4 signature.
 * @module
 */
import type { Hash, Hmac, MaybePromise } from "../types.ts";
import { then } from "./canonical.ts";

const caches: WeakMap<Hash, Map<string, Hmac>> = /* @__PURE__ */ new WeakMap();

/**
 * Gets the HMAC of a signing key, derived once for each hash and id.
 *
 * Only finished keys are kept, never promises: in workerd a promise of one request must not be awaited by another.
 * @param hash the hash that the key belongs to
 * @param id what the key is derived from
 * @param derive makes the key; two first uses at the same time may both do so
 */
export function cachedKey(hash: Hash, id: string, derive: () => MaybePromise<Hmac>): MaybePromise<Hmac> {
  return (
    caches.get(hash)?.get(id) ??
    then(derive(), (key) => {
      const cache = caches.get(hash) ?? new Map<string, Hmac>();
      // One key serves a day of requests, so this is room for as many callers of a server, each with its own STS keys.
      if (cache.size >= 100) cache.clear();
      caches.set(hash, cache.set(id, key));
      return key;
    })
  );
}
