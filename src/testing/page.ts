/**
 * One page of a sorted list, with or without a delimiter.
 * @module
 */
import type { Order } from "./order.ts";

/** What is listed: a `SortedMap`, or something that walks like one; neighbours may share a name. */
export interface Entries<V> {
  from(before: (name: string) => boolean): Iterable<readonly [name: string, value: V]>;
}

/** What to list. */
export interface PageRequest<V> {
  readonly entries: Entries<V>;
  readonly order: Order;
  readonly prefix: string;
  /** `""` = none. */
  readonly delimiter: string;
  /** Entries after this name; `undefined` = from the start. */
  readonly after: string | undefined;
  /** Whether there may be more entries of the name `after` itself. @default false */
  readonly resume?: boolean | undefined;
  /** Most entries and prefixes together. */
  readonly max: number;
  /** The key that prefixes and delimiters are looked for in, when it is only a part of the name. @default the name */
  readonly keyOf?: ((name: string) => string) | undefined;
}

/** One page. */
export interface Page<V> {
  readonly items: readonly V[];
  readonly prefixes: readonly string[];
  /** Name of the last entry or prefix of the page, when there are more. */
  readonly next: string | undefined;
}

/**
 * Lists one page; its cost is that of the page, however many entries lie before, after or under a prefix.
 * @param request what to list
 */
export function listPage<V>(request: PageRequest<V>): Page<V> {
  const { entries, order, prefix, delimiter, after, resume = false, max, keyOf = (name) => name } = request;
  const items: V[] = [];
  const prefixes: string[] = [];
  let last = "";
  // True while a name lies before the next entry to look at.
  let before = (name: string): boolean =>
    (after !== undefined && order(name, after) < (resume ? 0 : 1)) || order(name, prefix) < 0;
  for (;;) {
    const walk = entries.from(before);
    let jumped = false;
    for (const [name, value] of walk) {
      const key = keyOf(name);
      if (!key.startsWith(prefix)) return { items, prefixes, next: undefined };
      const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
      const group = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
      // A group that the marker lies in, or names, was on an earlier page.
      const seen = group !== undefined && after !== undefined && order(group, after) <= 0;
      if (!seen && items.length + prefixes.length === max) return { items, prefixes, next: last };
      if (group === undefined) {
        items.push(value);
        last = name;
        continue;
      }
      if (!seen) prefixes.push(group);
      if (!seen) last = group;
      before = (other) => order(other, group) < 0 || other.startsWith(group);
      jumped = true;
      break;
    }
    if (!jumped) return { items, prefixes, next: undefined };
  }
}
