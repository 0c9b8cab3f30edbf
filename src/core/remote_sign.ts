/**
 * Signatures that are made elsewhere. Loaded where `sign` is given.
 * @module
 */
import type { Addressed } from "./address.ts";
import type { Sign } from "./options.ts";

/**
 * Has a request signed.
 * @param sign the signer that `createClient` was given
 * @param target the request
 * @param unsigned its headers
 * @param signal ends the wait for the signer
 * @returns the headers with those that the signer added
 */
export async function signRemotely(
  sign: Sign,
  target: Addressed,
  unsigned: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Headers> {
  const { request, url, bucket, key, query } = target;
  const headers = new Headers(unsigned);
  const added = await sign({ method: request.method, url: new URL(url), bucket, key, query, headers }, { signal });
  for (const name in added) headers.set(name, added[name] ?? "");
  return headers;
}
