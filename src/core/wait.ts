/**
 * Waits and beats, apart from the timer that they are made of: only what is loaded on demand needs them.
 * @module
 */
import { createTimer } from "./timer.ts";

/**
 * Waits.
 * @param milliseconds how long
 * @param signal ends the wait by rejecting with its reason
 */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      timer.stop();
      reject(signal?.reason);
    };
    const timer = createTimer(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
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
