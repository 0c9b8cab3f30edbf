/**
 * A map that keeps its keys sorted, so that a page of a list costs the page and not the bucket.
 * @module
 */
import type { Order } from "./order.ts";

/** Chunks are split in two beyond this: 1,000,000 keys make about 3,000 chunks, cheap to search and to splice. */
const CHUNK = 512;

/** One chunk: keys and values at the same positions. */
interface Chunk<V> {
  readonly keys: string[];
  readonly values: V[];
}

/** The first position whose key does not lie before; `before` must turn from true to false once. */
function lowerBound(length: number, before: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A sorted map of text keys: a list of sorted chunks.
 * @example
 * ```ts
 * import { byBytes, SortedMap } from "oss-fetch/testing";
 * const map = new SortedMap<number>(byBytes);
 * map.set("b", 2);
 * map.set("a", 1);
 * console.log([...map.from(() => false)]); // [["a", 1], ["b", 2]]
 * ```
 */
export class SortedMap<V> {
  readonly #order: Order;
  #chunks: Chunk<V>[] = [];
  #size = 0;

  /** @param order how keys compare */
  constructor(order: Order) {
    this.#order = order;
  }

  /** How many keys there are. */
  get size(): number {
    return this.#size;
  }

  /** The value of a key. */
  get(key: string): V | undefined {
    const { chunk, index } = this.#find(key);
    return chunk?.keys[index] === key ? chunk.values[index] : undefined;
  }

  /** Adds or replaces a key. */
  set(key: string, value: V): void {
    const { position, chunk, index } = this.#find(key);
    if (chunk?.keys[index] === key) {
      chunk.values[index] = value;
      return;
    }
    this.#size++;
    // A key beyond every chunk goes to the end of the last one.
    const target = chunk ?? this.#chunks[this.#chunks.length - 1];
    if (target === undefined) {
      this.#chunks.push({ keys: [key], values: [value] });
      return;
    }
    const at = chunk === undefined ? target.keys.length : index;
    target.keys.splice(at, 0, key);
    target.values.splice(at, 0, value);
    if (target.keys.length > CHUNK) {
      const half = { keys: target.keys.splice(CHUNK / 2), values: target.values.splice(CHUNK / 2) };
      this.#chunks.splice(chunk === undefined ? this.#chunks.length : position + 1, 0, half);
    }
  }

  /** Removes a key; false when there was none. */
  delete(key: string): boolean {
    const { position, chunk, index } = this.#find(key);
    if (chunk?.keys[index] !== key) return false;
    this.#size--;
    chunk.keys.splice(index, 1);
    chunk.values.splice(index, 1);
    if (chunk.keys.length === 0) this.#chunks.splice(position, 1);
    return true;
  }

  /**
   * Walks the entries from the first key that does not lie before; the map must not change meanwhile.
   * @param before tells whether a key lies before the start
   */
  *from(before: (key: string) => boolean): Generator<[key: string, value: V], undefined> {
    const { position, index } = this.#seek(before);
    for (let c = position, i = index; c < this.#chunks.length; c++, i = 0) {
      const chunk = this.#chunks[c];
      for (; chunk !== undefined && i < chunk.keys.length; i++) {
        yield [chunk.keys[i] as string, chunk.values[i] as V];
      }
    }
    return undefined;
  }

  #find(key: string): { position: number; chunk: Chunk<V> | undefined; index: number } {
    return this.#seek((other) => this.#order(other, key) < 0);
  }

  #seek(before: (key: string) => boolean): { position: number; chunk: Chunk<V> | undefined; index: number } {
    const chunks = this.#chunks;
    const last = (chunk: Chunk<V> | undefined): string => chunk?.keys[chunk.keys.length - 1] ?? "";
    const position = lowerBound(chunks.length, (i) => before(last(chunks[i])));
    const chunk = chunks[position];
    const index = chunk === undefined ? 0 : lowerBound(chunk.keys.length, (i) => before(chunk.keys[i] ?? ""));
    return { position, chunk, index };
  }
}
