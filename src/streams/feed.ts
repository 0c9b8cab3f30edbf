/**
 * The newest of many values, for listeners that come late or are slow.
 * @module
 */

/** A source of values that can be listened to more than once. */
export interface Feed<T> {
  /** Tells a value. */
  put(value: T): void;
  /** Nothing follows. */
  end(): void;
  /**
   * Listens: the newest value at once, if there is one, then each that is newer than the one before. Values that come
   * faster than they are asked for are skipped, the last one never.
   */
  listen(): AsyncIterator<T, undefined>;
}

/** Makes a feed without a value. */
export function createFeed<T>(): Feed<T> {
  let newest: { readonly value: T } | undefined;
  let ended = false;
  let waiting = new Set<() => void>();

  const wake = (): void => {
    const woken = waiting;
    waiting = new Set();
    for (const go of woken) go();
  };
  return {
    put(value) {
      newest = { value };
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    listen() {
      let seen: typeof newest;
      let left = false;
      return {
        async next() {
          while (!left && !ended && newest === seen) {
            await new Promise<void>((resolve) => {
              waiting.add(resolve);
            });
          }
          if (left || newest === seen || !newest) return { done: true, value: undefined };
          seen = newest;
          return { done: false, value: newest.value };
        },
        async return() {
          left = true;
          wake();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
