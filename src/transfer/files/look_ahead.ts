/**
 * A walk that runs ahead of the work, so that what matters most is done first and totals are known early.
 * @module
 */
import type { MaybePromise } from "../../types.ts";

/** What was found and is not taken yet. */
export interface LookAhead<T> extends AsyncIterator<T, undefined, undefined>, AsyncIterable<T> {
  /** Ends the walk. */
  return(): Promise<IteratorReturnResult<undefined>>;
  /** What nobody has taken, in no order. */
  left(): T[];
}

interface Ahead<T> {
  readonly item: T;
  readonly priority: number;
  /** Among all that were found. */
  readonly number: number;
}

function isBefore(one: Ahead<unknown>, other: Ahead<unknown>): boolean {
  return one.priority > other.priority || (one.priority === other.priority && one.number < other.number);
}

/**
 * Runs ahead of whoever takes the items: the highest priority first, equals in their order.
 * @param walk where they come from; it waits while so many are ahead. Its failure is told after the last item
 * @param most how many may be ahead
 * @param priorityOf an item
 * @param onEnd called when the walk has found all
 */
export function lookAhead<T>(
  walk: AsyncIterable<T> | Iterable<T>,
  most: number,
  priorityOf: (item: T) => number,
  onEnd: () => void,
): LookAhead<T> {
  const source: AsyncIterator<T> | Iterator<T> =
    Symbol.asyncIterator in walk ? walk[Symbol.asyncIterator]() : walk[Symbol.iterator]();
  /** A heap: each item goes before the two below it, at twice its place and one or two more. */
  const heap: Ahead<T>[] = [];
  let found = 0;
  let reading: Promise<void> | undefined;
  let over = false;
  let failure: { readonly error: unknown } | undefined;

  const put = (item: T): void => {
    const one = { item, priority: priorityOf(item), number: found++ };
    let at = heap.length;
    for (let above = (at - 1) >> 1; at > 0; above = (at - 1) >> 1) {
      const parent = heap[above];
      if (!parent || !isBefore(one, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = one;
  };
  const takeFirst = (): T | undefined => {
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last || first === last) return first?.item;
    // The last one sinks to its place from the top.
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      const next = right && left && isBefore(right, left) ? right : left;
      if (!next || !isBefore(next, last)) break;
      heap[at] = next;
      at = 2 * at + (next === right ? 2 : 1);
    }
    heap[at] = last;
    return first.item;
  };
  /** Reads one item; one read at a time. */
  const read = (): Promise<void> => {
    reading ??= (async () => {
      try {
        const next: IteratorResult<T> = await source.next();
        if (over) return;
        if (next.done) end();
        else put(next.value);
      } catch (error) {
        failure = { error };
        end();
      } finally {
        reading = undefined;
        if (!over && heap.length < most) void read();
      }
    })();
    return reading;
  };
  const end = (): void => {
    if (!over && !failure) onEnd();
    over = true;
  };

  return {
    async next() {
      while (heap.length === 0 && !over) await read();
      const value = takeFirst();
      if (!over && heap.length < most) void read();
      if (value !== undefined) return { done: false, value };
      if (failure) throw failure.error;
      return { done: true, value: undefined };
    },
    async return() {
      if (!over) {
        over = true;
        const ended: MaybePromise<unknown> = source.return?.();
        await ended;
      }
      return { done: true, value: undefined };
    },
    left: () => heap.map(({ item }) => item),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
