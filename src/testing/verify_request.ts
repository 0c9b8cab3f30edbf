/**
 * A wire request taken apart for signing: byte strings, names in lower case, query decoded once.
 * @module
 */
import { decodePercent, toBinary, wireBinary } from "./percent.ts";
import type { WireRequest } from "./verify_types.ts";

/** One query parameter, decoded; `k` and `k=` are the same. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** All texts are binary strings: one character for one byte. */
export interface SignedRequest {
  readonly method: string;
  /** `/bucket/key`, `/bucket/` or `/`, decoded: what is signed whatever the addressing style. */
  readonly resource: string;
  readonly headers: ReadonlyMap<string, string>;
  /** In the order of the wire. */
  readonly query: readonly Parameter[];
}

/** Reads a query string; `+` is a space, as clients of form encoders send it. */
function parseQuery(query: string): Parameter[] {
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...rest] = pair.split("=");
      return { name: decodePercent(name, true), value: decodePercent(rest.join("="), true) };
    });
}

/**
 * Takes a request apart.
 * @param request as it was on the wire
 */
export function parseRequest(request: WireRequest): SignedRequest {
  const { method, bucket, key = "" } = request;
  const headers = new Map<string, string>();
  for (const [name, value] of request.headers) {
    const known = headers.get(name.toLowerCase());
    const text = wireBinary(value).trim();
    headers.set(name.toLowerCase(), known === undefined ? text : `${known},${text}`);
  }
  const { target } = request;
  const start = target.indexOf("?");
  return {
    method,
    resource: bucket === undefined || bucket === "" ? "/" : `/${bucket}/${toBinary(key)}`,
    headers,
    query: start < 0 ? [] : parseQuery(target.slice(start + 1)),
  };
}

/**
 * The first value of a parameter.
 * @param name the decoded name
 */
export function parameter(request: SignedRequest, name: string): string | undefined {
  return request.query.find((pair) => pair.name === name)?.value;
}

/**
 * Orders by bytes, as signatures do (an engine's own order of binary strings is that of bytes).
 * @returns a sorted copy; equals keep their order
 */
export function sortBy<T>(items: Iterable<T>, name: (item: T) => string): T[] {
  return [...items].sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));
}
