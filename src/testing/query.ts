/**
 * The request target: path and query, decoded as the service does.
 * @module
 */
import { decodeText } from "./text.ts";

/** Query parameters, decoded; a bare name holds `""`. */
export type QueryMap = ReadonlyMap<string, string>;

/** A request target in its two halves. */
export interface Target {
  /** Raw path, starting with `/`. */
  readonly path: string;
  readonly query: QueryMap;
}

/**
 * Splits a raw target.
 * @param target `/a%20b?acl`; an absolute URL is accepted as proxies send it
 */
export function parseTarget(target: string): Target {
  const bare = target.replace(/^https?:\/\/[^/?]*/i, "");
  const mark = bare.indexOf("?");
  const path = mark < 0 ? bare : bare.slice(0, mark);
  const query = new Map<string, string>();
  for (const pair of mark < 0 ? [] : bare.slice(mark + 1).split("&")) {
    const [name = "", ...value] = pair.split("=");
    const decoded = decodeText(name) ?? name;
    if (pair !== "" && !query.has(decoded)) query.set(decoded, decodeText(value.join("=")) ?? value.join("="));
  }
  return { path: path === "" ? "/" : path, query };
}
