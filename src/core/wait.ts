/**
 * Waits and beats, apart from the timer that they are made of: only what is loaded on demand needs them.
 * @module
 */

import { createTimer } from "../timer.ts";
import { slept } from "./sleeps.ts";

/**
 * Waits.
 * @param milliseconds how long
 * @param signal ends the wait by rejecting with its reason
 * @returns whether the machine slept meanwhile
 */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      timer.stop();
      reject(signal?.reason);
    };
    const timer = createTimer((ms, started) => {
      signal?.removeEventListener("abort", stop);
      resolve(slept(ms, started));
    });
    timer.start(milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

/**
 * Calls a function again and again until the returned function is called.
 * @param milliseconds the interval
 * @param beat what to call
 */
export function every(milliseconds: number, beat: () => void): () => void {
  const timer = createTimer(() => {
    beat();
    timer.start(milliseconds);
  });
  timer.start(milliseconds);
  return timer.stop;
}
