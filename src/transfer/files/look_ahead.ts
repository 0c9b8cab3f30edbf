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
  /** A queue for each priority; few are in use at once. */
  const queues = new Map<number, { readonly items: T[]; head: number }>();
  let count = 0;
  let reading: Promise<void> | undefined;
  let over = false;
  let failure: { readonly error: unknown } | undefined;

  const put = (item: T): void => {
    const priority = priorityOf(item);
    const queue = queues.get(priority) ?? { items: [], head: 0 };
    queues.set(priority, queue);
    queue.items.push(item);
    count++;
  };
  const takeFirst = (): T | undefined => {
    if (count === 0) return undefined;
    const priority = Math.max(...queues.keys());
    const queue = queues.get(priority);
    if (!queue) return undefined;
    const item = queue.items[queue.head++];
    if (queue.head === queue.items.length) queues.delete(priority);
    else if (queue.head >= 1024) {
      // What was taken is let go of.
      queue.items.splice(0, queue.head);
      queue.head = 0;
    }
    count--;
    return item;
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
        if (!over && count < most) void read();
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
      while (count === 0 && !over) await read();
      const value = takeFirst();
      if (!over && count < most) void read();
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
    left: () => [...queues.values()].flatMap(({ items, head }) => items.slice(head)),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
