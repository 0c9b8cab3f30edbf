/**
 * What a signature covers: the request in the one spelling that client and service agree on.
 * @module
 */
import { encodeComponent, encodePath } from "../codec/uri.ts";
import type { Credentials, Hash, MaybePromise } from "../types.ts";

/** The request to sign, addressed by bucket and key whatever its URL looks like. */
export interface SigningInput {
  readonly method: string;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  /** Decoded parameters; `null` is a bare name. */
  readonly query: readonly (readonly [name: string, value: string | null])[];
  /** Names in lower case, values trimmed. */
  readonly headers: Readonly<Record<string, string>>;
  /** Signed when it is an additional header. */
  readonly host?: string | undefined;
}

/** Headers as they are signed, the host beside them. */
export type SignableHeaders = Readonly<Record<string, string | undefined>>;

/** Who signs, when, for which region, and with which hash. */
export interface SigningContext {
  readonly credentials: Credentials;
  /** The normalised region, `cn-hangzhou`. */
  readonly region: string;
  /** @default "oss" */
  readonly product?: "oss" | "oss-cloudbox" | undefined;
  readonly time: Date;
  readonly hash: Hash;
  /** Headers to sign beside the default ones, where the request has them. */
  readonly additionalHeaders?: readonly string[] | undefined;
}

/**
 * Is a value still to come?
 *
 * Not `instanceof`: a patched global Promise (zone.js) does not recognise what async functions return.
 */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return "then" in Object(value);
}

/**
 * Goes on with a value at once, or with a promised one when it is there, so that a synchronous hash signs synchronously.
 * @param value a value, or a promise of it
 * @param next what to do with the value
 */
export function then<A, B>(value: MaybePromise<A>, next: (value: A) => MaybePromise<B>): MaybePromise<B> {
  return isPromise(value) ? value.then(next) : next(value);
}

function isSignedByDefault(name: string): boolean {
  return /^(x-oss-|content-(type|md5)$)/.test(name);
}

/**
 * Names the additional headers that can be signed: those that the request has and that are not signed anyway.
 * @param headers of the request
 * @param names the wanted names, in any case and order
 * @returns the names as the signature lists them: sorted, joined by `;`, empty for none
 */
export function additionalNames(headers: SignableHeaders, names?: readonly string[]): string {
  if (!names?.[0]) return "";
  return [...new Set(names.map((name) => name.toLowerCase()))]
    .filter((name) => headers[name] && !isSignedByDefault(name))
    .sort()
    .join(";");
}

/**
 * Writes the canonical request of signature V4.
 * @param input method, bucket and key
 * @param query all parameters to sign
 * @param headers of the request, and those that its signature adds
 * @param additional from {@link additionalNames}
 */
export function canonicalRequest(
  input: SigningInput,
  query: SigningInput["query"],
  headers: SignableHeaders,
  additional: string,
): string {
  const names = additional.split(";");
  const path = encodePath(input.bucket ? `/${input.bucket}/${input.key ?? ""}` : "/");
  // A tab sorts before every character of an encoded name, so whole pairs sort by name first.
  const pairs = query.map(([name, value]) => encodeComponent(name) + (value ? `\t${encodeComponent(value)}` : ""));
  let lines = "";
  for (const name of Object.keys(headers).sort()) {
    if (isSignedByDefault(name) || names.includes(name)) lines += `${name}:${headers[name]}\n`;
  }
  return `${input.method}
${path}
${pairs.sort().join("&").replaceAll("\t", "=")}
${lines}
${additional}
${headers["x-oss-content-sha256"] ?? "UNSIGNED-PAYLOAD"}`;
}
