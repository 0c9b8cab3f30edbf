/**
 * Requests resolved: checked, addressed and named, ready to be signed.
 * @module
 */
import { encodeQuery } from "../codec/uri.ts";
import type { SigningInput } from "../signing/canonical.ts";
import type { ClientContext, Method, OSSRequest } from "../types.ts";
import { checkHeader, checkKey, show } from "./validate.ts";

/** A request that passed its checks. */
export interface Addressed extends SigningInput {
  readonly request: OSSRequest;
  readonly method: Method;
  /** The address without a query. */
  readonly url: string;
  readonly host: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Names in lower case. A record, for runtimes take longer to make a `Headers` than to send one. */
  readonly headers: Record<string, string>;
  /** Bytes that a stream body was announced to have, in decimal. */
  readonly length: string | undefined;
  /** OSS's name of the call. */
  readonly operation: string;
  /** The call and what it is for: `PutObject "a.txt"`. */
  readonly title: string;
}

/**
 * Checks and addresses a request.
 * @param context the client's set-up
 * @param request the request
 * @returns the request, resolved
 * @throws TypeError naming the bucket, key or header that cannot be sent
 */
export function address(context: ClientContext, request: OSSRequest): Addressed {
  const { key, method } = request;
  // `{ key: undefined }` would quietly turn DeleteObject into DeleteBucket.
  if ("key" in request) checkKey(key);
  const { url, host, bucket } = context.url(request.bucket, key);
  const headers: Record<string, string> = {};
  const given = request.headers ?? {};
  for (const name of Object.keys(given)) {
    const value = given[name];
    if (value === undefined) continue;
    checkHeader(name, value);
    headers[name.toLowerCase()] = `${value}`.trim();
  }
  const query: [string, string | null][] = [];
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) query.push([name, value === null ? null : String(value)]);
  }
  // Not a script's to send in a browser; where it is, the body itself says so.
  const length = headers["content-length"];
  delete headers["content-length"];
  const { operation = method } = request;
  const place = key ?? bucket;
  const title = place === undefined ? operation : `${operation} ${show(place)}`;
  return { request, method, url, host, bucket, key, query, headers, length, operation, title };
}

/**
 * Writes a URL with its query.
 * @param url the address
 * @param query decoded pairs
 * @returns the URL with its query, percent-encoded
 */
export function href(url: string, query: readonly (readonly [string, string | null])[]): string {
  return query[0] ? `${url}?${encodeQuery(query)}` : url;
}
