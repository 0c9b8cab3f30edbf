/**
 * Percent-encoding of keys and query parameters (RFC 3986), as OSS signs and sends them.
 * @module
 */

/**
 * Encodes everything but RFC 3986's unreserved characters (`A-Z a-z 0-9 - . _ ~`) as upper-case `%XX` of UTF-8.
 * @param text well-formed text
 * @returns the encoded text
 * @throws TypeError when the text holds a lone surrogate, which has no UTF-8
 * @example
 * ```ts
 * import { encodeComponent } from "./uri.ts";
 * console.log(encodeComponent("a/b c!")); // "a%2Fb%20c%21"
 * ```
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-2.3
 */
export function encodeComponent(text: string): string {
  try {
    return encodeURIComponent(text).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    throw new TypeError(`Cannot encode ${JSON.stringify(text)}: a lone surrogate`);
  }
}

/**
 * Encodes a key for a canonical request: like {@link encodeComponent}, but `/` stays.
 * @param text an object key or a path
 * @returns the encoded text
 * @throws TypeError when the text holds a lone surrogate
 * @example
 * ```ts
 * import { encodePath } from "./uri.ts";
 * console.log(encodePath("a/b c")); // "a/b%20c"
 * ```
 */
export function encodePath(text: string): string {
  // Most keys stay as they are, and to look takes a third of the time.
  return /[^\w./~-]/.test(text) ? encodeComponent(text).replaceAll("%2F", "/") : text;
}

/**
 * Encodes a key for a URL, so that the URL parser leaves it alone: it would resolve `.` and `..` between slashes
 * (`a/../b` to `b`), so in such a key every slash travels as `%2F`; the service decodes both alike.
 * @param key an object key, without a leading `/`; not `.` or `..`, which no URL can name
 * @returns the path to put after `/`
 * @throws TypeError when the key holds a lone surrogate
 * @example
 * ```ts
 * import { keyToPath } from "./uri.ts";
 * console.log(keyToPath("a/../b")); // "a%2F..%2Fb"
 * ```
 * @see https://url.spec.whatwg.org/#path-state
 */
export function keyToPath(key: string): string {
  return /(^|\/)\.\.?(\/|$)/.test(key) ? encodeComponent(key) : encodePath(key);
}

/**
 * Decodes percent-encoded UTF-8; malformed escapes, and `+`, stay as they are.
 * @param text percent-encoded text
 * @returns the decoded text
 * @example
 * ```ts
 * import { decodePercent } from "./uri.ts";
 * console.log(decodePercent("a%2Fb+100%")); // "a/b+100%"
 * ```
 */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // One lead byte and its continuation bytes at a time: a malformed sequence must not spoil its neighbours.
    const runs = text.match(/%[\da-f]{2}(?:%[89ab][\da-f])*|%|[^%]+/gi) ?? [];
    return runs.length > 1 ? runs.map(decodePercent).join("") : text;
  }
}

/**
 * Writes a query string; `URLSearchParams` would send a space as `+` and leave `*`.
 * @param pairs names and values, decoded; a `null` value is a bare name (`acl`)
 * @returns the pairs in the order given, without the `?`
 * @throws TypeError when a name or value holds a lone surrogate
 * @example
 * ```ts
 * import { encodeQuery } from "./uri.ts";
 * console.log(encodeQuery([["acl", null], ["prefix", "a b"]])); // "acl&prefix=a%20b"
 * ```
 */
export function encodeQuery(pairs: readonly (readonly [string, string | null])[]): string {
  return pairs
    .map(([name, value]) => encodeComponent(name) + (value === null ? "" : `=${encodeComponent(value)}`))
    .join("&");
}
