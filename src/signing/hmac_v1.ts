/**
 * The HMAC of signature V1, apart from `v1.ts` so that policies do without the rest of it.
 * @module
 */
import { encodeBase64 } from "../codec/base64.ts";
import type { MaybePromise } from "../types.ts";
import { type SigningContext, then } from "./canonical.ts";
import { cachedKey } from "./key_cache.ts";

/**
 * Signs a text with the secret itself, as V1 does.
 * @returns the signature in Base64
 */
export function signTextV1(text: string, context: SigningContext): MaybePromise<string> {
  const { hash, credentials } = context;
  const secret = credentials.accessKeySecret;
  const key = cachedKey(hash, `v1\n${secret}`, () => hash.hmac("SHA-1", secret));
  return then(key, (mac) => then(mac(text), encodeBase64));
}
