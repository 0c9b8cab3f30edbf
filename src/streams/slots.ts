/**
 * Slots that several transfers share: so many requests at once, whoever makes them.
 * @module
 */
import { kindOf } from "../codec/kind.ts";

/** A pool of slots; each request of a transfer takes one before it reads its bytes, and gives it back at its end. */
export interface Slots {
  /**
   * Waits for a slot.
   * @param signal ends the wait by rejecting with its reason
   * @param priority the higher is served first, equals in their order. @default 0
   * @returns gives the slot back; calling it again does nothing
   */
  take(signal: AbortSignal, priority?: number): Promise<() => void>;
}

interface Waiter {
  readonly priority: number;
  readonly start: () => void;
}

/**
 * Makes a pool of slots.
 * @param limit how many there are; a function is asked each time a slot is wanted or given back
 * @throws RangeError when it is no whole number from 1 on
 * @example
 * ```ts
 * import { createSlots } from "oss-fetch";
 * const slots = createSlots(6);
 * const release = await slots.take(new AbortController().signal);
 * release();
 * ```
 */
export function createSlots(limit: number | (() => number)): Slots {
  if (typeof limit !== "function" && !(limit === Number.POSITIVE_INFINITY || (Number.isInteger(limit) && limit >= 1)))
    throw new RangeError(`limit must be a whole number from 1 on, or a function, got ${kindOf(limit)}`);
  const most = typeof limit === "function" ? limit : () => limit;
  const waiting: Waiter[] = [];
  let taken = 0;

  const serve = (): void => {
    while (taken < most()) {
      const next = waiting.shift();
      if (!next) return;
      taken++;
      next.start();
    }
  };
  const giveBack = (): (() => void) => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      taken--;
      serve();
    };
  };

  return {
    take(signal, priority = 0) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        if (!Number.isFinite(priority)) {
          reject(new RangeError(`priority must be a number, got ${priority}`));
          return;
        }
        const stop = (): void => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(signal.reason);
        };
        // Many may wait for one signal: Node warns of a leak where more than ten listen to it.
        const own = AbortSignal.any([signal]);
        const waiter: Waiter = {
          priority,
          start() {
            own.removeEventListener("abort", stop);
            resolve(giveBack());
          },
        };
        own.addEventListener("abort", stop, { once: true });
        // Behind its equals. Most waiters are equal, so the search begins at the end.
        let at = waiting.length;
        while (at > 0 && (waiting[at - 1]?.priority ?? priority) < priority) at--;
        waiting.splice(at, 0, waiter);
        serve();
      });
    },
  };
}
