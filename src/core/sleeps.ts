/**
 * Tells a machine that slept, or a page that was frozen, from a network that was silent.
 * @module
 */

/** Milliseconds that a timer may be late without a sleep: browsers let those of hidden pages run once a minute. */
const LATE = 120_000;

/** Time limits that ran out in a sleep. */
const asleep = new WeakSet<object>();

/**
 * Was the machine asleep?
 * @param milliseconds that a timer was to run
 * @param started when it was started, by the wall clock
 */
export function slept(milliseconds: number, started: number): boolean {
  return Date.now() - started - milliseconds > LATE;
}

/** Notes whether the machine slept while a time limit ran out. */
export function noteSleep<E extends object>(error: E, milliseconds: number, started: number): E {
  if (slept(milliseconds, started)) asleep.add(error);
  return error;
}

/** Did this time limit run out in a sleep? Then nobody knows whether the network was silent. */
export function ranOutInSleep(error: unknown): boolean {
  return asleep.has(Object(error));
}
