/**
 * Waiting: the only timer of the in-process OSS.
 * @module
 */
import { ConnectionLost } from "./wire.ts";

/** Longest delay of a timer. */
const MAX_TIMER = 2 ** 31 - 1;

/**
 * Waits.
 * @param milliseconds how long; `Infinity` = until the client goes away
 * @param signal aborts when the client goes away
 * @throws ConnectionLost when it does
 */
export function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      reject(new ConnectionLost(signal?.reason));
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      },
      Math.min(milliseconds, MAX_TIMER),
    );
    if (signal?.aborted) leave();
    else signal?.addEventListener("abort", leave, { once: true });
  });
}
