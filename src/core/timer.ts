/**
 * All timers.
 * @module
 */

/** Stopped, it holds nothing. */
export interface Timer {
  /** Starts it, or starts it anew. */
  start(milliseconds: number): void;
  stop(): void;
}

/**
 * Makes a timer.
 * @param expire called when the time has run out
 */
export function createTimer(expire: (milliseconds: number) => void): Timer {
  let id: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(id);
  return {
    start(milliseconds) {
      stop();
      // Longer waits overflow the platform's timers and would fire at once.
      if (milliseconds < 2 ** 31) id = setTimeout(expire, milliseconds, milliseconds);
    },
    stop,
  };
}

/**
 * Waits.
 * @param milliseconds how long
 * @param signal ends the wait by rejecting with its reason
 */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
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
  const id = setInterval(beat, milliseconds);
  return () => clearInterval(id);
}
