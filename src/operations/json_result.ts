/**
 * Answers that are JSON.
 * @module
 */
import { type ResultReader, resultOf } from "../core/response.ts";
import { DecodeError } from "../errors.ts";
import type { Result } from "../types.ts";

/**
 * A result from a JSON document.
 * @param names the document's name of each property of the result beside those that every result has
 * @returns a reader of such answers; an empty answer has no properties
 */
export function jsonResult<O extends Result>(
  names: Readonly<Record<Exclude<keyof O, keyof Result>, string>>,
): ResultReader<O> {
  return async (response, _, watch) => {
    const text = await watch.text();
    let found: Readonly<Record<string, unknown>>;
    try {
      found = Object(JSON.parse(text || "{}"));
    } catch (cause) {
      throw new DecodeError(`${watch.title}: the answer is not JSON`, cause);
    }
    const own = Object.entries<string>(names).map(([property, name]) => [property, found[name]]);
    const present = own.filter(([, value]) => value != null);
    return { ...resultOf(response), ...Object.fromEntries(present) } as O;
  };
}
