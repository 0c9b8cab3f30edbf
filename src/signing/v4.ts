/**
 * Signature V4 (OSS4-HMAC-SHA256), in headers and in URLs.
 * @module
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4
 */
import { encodeHex } from "../codec/hex.ts";
import { isoBasic } from "../codec/time.ts";
import type { Bytes, Hmac, MaybePromise } from "../types.ts";
import { additionalNames, canonicalRequest, type SigningContext, type SigningInput, then } from "./canonical.ts";
import { cachedKey } from "./key_cache.ts";

/** The name of the algorithm, as it stands in headers, URLs and policies. */
export const ALGORITHM: string = "OSS4-HMAC-SHA256";

const MAX_EXPIRES_IN = 604_800;

/**
 * Tells what a V4 signature is limited to: a day, a region and a product.
 * @param date the time of the context, `20231216T162057Z`
 * @returns `<day>/<region>/<product>/aliyun_v4_request`
 */
export function scopeV4(context: SigningContext, date: string): string {
  return `${date.slice(0, 8)}/${context.region}/${context.product ?? "oss"}/aliyun_v4_request`;
}

/**
 * Signs a text with the key derived for a scope.
 * @param scope from {@link scopeV4}
 * @returns the signature in hex
 */
export function signTextV4(text: string, context: SigningContext, scope: string): MaybePromise<string> {
  const { hash } = context;
  const secret = context.credentials.accessKeySecret;
  const key = cachedKey(hash, `${scope}\n${secret}`, () => {
    let link: MaybePromise<string | Bytes> = `aliyun_v4${secret}`;
    const hmac = (): MaybePromise<Hmac> => then(link, (bytes) => hash.hmac("SHA-256", bytes));
    for (const part of scope.split("/")) link = then(hmac(), (mac) => mac(part));
    return hmac();
  });
  return then(key, (mac) => mac.hex?.(text) ?? then(mac(text), encodeHex));
}

function sign(canonical: string, context: SigningContext, date: string, scope: string): MaybePromise<string> {
  const { hash } = context;
  return then(hash.sha256Hex?.(canonical) ?? then(hash.sha256(canonical), encodeHex), (digest) =>
    signTextV4(`${ALGORITHM}\n${date}\n${scope}\n${digest}`, context, scope),
  );
}

/**
 * Signs a request in its headers.
 * @param input the request
 * @param context credentials, scope and time
 * @param own its headers as they will be sent
 * @returns the headers to set: `x-oss-date`, `x-oss-content-sha256`, `authorization` and, for temporary keys, the token
 */
export function signV4(
  input: SigningInput,
  context: SigningContext,
  own: SigningInput["headers"] = input.headers,
): MaybePromise<Record<string, string>> {
  const { accessKeyId, securityToken } = context.credentials;
  const date = isoBasic(context.time);
  const scope = scopeV4(context, date);
  const set: Record<string, string> = { "x-oss-date": date, "x-oss-content-sha256": "UNSIGNED-PAYLOAD" };
  if (securityToken) set["x-oss-security-token"] = securityToken;
  // Two spreads would take Node 20 ten times as long.
  const headers = Object.assign({}, own, { host: input.host }, set);
  const additional = additionalNames(headers, context.additionalHeaders);
  const credential = `${ALGORITHM} Credential=${accessKeyId}/${scope}`;
  return then(sign(canonicalRequest(input, input.query, headers, additional), context, date, scope), (signature) => {
    set["authorization"] = `${credential}${additional && `,AdditionalHeaders=${additional}`},Signature=${signature}`;
    return set;
  });
}

/**
 * Signs a request in its URL.
 *
 * Headers of the input are signed too and must be sent as they are; none is added.
 * @param input the request; parameters of an earlier signature are replaced
 * @param context credentials, scope and time
 * @param expiresIn seconds from `context.time`, 1 to 604,800 (7 days)
 * @returns the complete query, decoded, the signature last
 * @throws RangeError when `expiresIn` is not a whole number in that range
 */
export function presignV4(
  input: SigningInput,
  context: SigningContext,
  expiresIn: number,
): MaybePromise<[string, string | null][]> {
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > MAX_EXPIRES_IN)
    throw new RangeError(`Cannot presign: expiresIn is ${expiresIn}, use whole seconds from 1 to ${MAX_EXPIRES_IN}`);
  const { accessKeyId, securityToken } = context.credentials;
  const date = isoBasic(context.time);
  const scope = scopeV4(context, date);
  const headers = { ...input.headers, host: input.host };
  const additional = additionalNames(headers, context.additionalHeaders);
  const added: Record<string, string | undefined> = {
    "x-oss-signature-version": ALGORITHM,
    "x-oss-credential": `${accessKeyId}/${scope}`,
    "x-oss-date": date,
    "x-oss-expires": `${expiresIn}`,
    "x-oss-security-token": securityToken,
    "x-oss-additional-headers": additional,
    "x-oss-signature": "",
  };
  const query = input.query
    .filter(([name]) => !Object.hasOwn(added, name))
    .map(([name, value]): [string, string | null] => [name, value]);
  for (const name in added) if (added[name]) query.push([name, added[name]]);
  return then(sign(canonicalRequest(input, query, headers, additional), context, date, scope), (signature) => [
    ...query,
    ["x-oss-signature", signature],
  ]);
}
