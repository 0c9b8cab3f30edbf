/**
 * The timer that all waits are made of.
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
 * @param expire called when the time has run out; with when it was started by the wall clock, which goes on in a sleep
 * @returns a timer that is not running
 */
export function createTimer(expire: (milliseconds: number, started: number) => unknown): Timer {
  let id: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(id);
  return {
    start(milliseconds) {
      stop();
      // Longer waits overflow the platform's timers and would fire at once.
      if (milliseconds < 2 ** 31) id = setTimeout(expire, milliseconds, milliseconds, Date.now());
    },
    stop,
  };
}
