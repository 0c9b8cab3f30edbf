/**
 * Signature V1, in headers and in URLs: closed to new accounts and buckets, kept for old ones.
 * @module
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/include-signatures-in-the-authorization-header
 */
import { httpDate } from "../codec/time.ts";
import type { MaybePromise } from "../types.ts";
import { type SigningContext, type SigningInput, then } from "./canonical.ts";
import { signTextV1 } from "./hmac_v1.ts";
import { isSubResource } from "./sub_resources.ts";

/**
 * Writes the text that a V1 signature covers.
 * @param input the request
 * @param date what stands on the date line: an HTTP date, or the expiry of a URL in unix seconds
 * @param set headers that replace those of the request
 * @throws TypeError when the key starts with `?`: it would sign like a sub-resource of the bucket
 */
export function stringToSignV1(input: SigningInput, date: string, set: Readonly<Record<string, string>> = {}): string {
  const { method, bucket, key = "", query } = input;
  if (key.startsWith("?")) {
    throw new TypeError(`Cannot sign key ${JSON.stringify(key)} with signature V1: it starts with "?"; use "v4"`);
  }
  const headers: SigningInput["headers"] = { ...input.headers, ...set };
  const subResources = query
    .filter(([name]) => isSubResource(name))
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([name, value]) => (value ? `${name}=${value}` : name))
    .join("&");
  return [
    method,
    headers["content-md5"],
    headers["content-type"],
    date,
    ...Object.keys(headers)
      .filter((name) => name.startsWith("x-oss-"))
      .sort()
      .map((name) => `${name}:${headers[name]}`),
    (bucket ? `/${bucket}/${key}` : "/") + (subResources && `?${subResources}`),
  ].join("\n");
}

/**
 * Signs a request in its headers; the date line is `x-oss-date`, because pages cannot set `Date`.
 * @param input the request
 * @param context credentials and time
 * @param headers its headers as they will be sent
 * @returns the headers to set: `x-oss-date`, `authorization` and, for temporary keys, the token
 * @throws TypeError when the key starts with `?`
 */
export function signV1(
  input: SigningInput,
  context: SigningContext,
  headers: SigningInput["headers"] = input.headers,
): MaybePromise<Record<string, string>> {
  const { accessKeyId, securityToken } = context.credentials;
  const date = httpDate(context.time);
  const set: Record<string, string> = {
    "x-oss-date": date,
    ...(securityToken && { "x-oss-security-token": securityToken }),
  };
  return then(signTextV1(stringToSignV1({ ...input, headers }, date, set), context), (signature) => ({
    ...set,
    authorization: `OSS ${accessKeyId}:${signature}`,
  }));
}

/**
 * Signs a request in its URL.
 * @param input the request; parameters of an earlier signature are replaced
 * @param context credentials
 * @param expiresAt when the URL ends, in unix seconds
 * @returns the complete query, decoded, the signature last
 * @throws RangeError when `expiresAt` is not a whole number, TypeError when the key starts with `?`
 */
export function presignV1(
  input: SigningInput,
  context: SigningContext,
  expiresAt: number,
): MaybePromise<[string, string | null][]> {
  if (!Number.isSafeInteger(expiresAt))
    throw new RangeError(`Cannot presign: expiresAt is ${expiresAt}, use whole seconds since 1970`);
  const { accessKeyId, securityToken } = context.credentials;
  const added: Record<string, string | undefined> = {
    Expires: `${expiresAt}`,
    OSSAccessKeyId: accessKeyId,
    "security-token": securityToken,
    Signature: "",
  };
  const query = input.query
    .filter(([name]) => !Object.hasOwn(added, name))
    .map(([name, value]): [string, string | null] => [name, value]);
  for (const name in added) if (added[name]) query.push([name, added[name]]);
  return then(signTextV1(stringToSignV1({ ...input, query }, `${expiresAt}`), context), (signature) => [
    ...query,
    ["Signature", signature],
  ]);
}
