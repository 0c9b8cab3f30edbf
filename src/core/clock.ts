/**
 * The client's clock: the local one, corrected by what the service said.
 * @module
 */

/** A clock that can learn. */
export interface Clock {
  /** Milliseconds since 1970 as the service counts them. */
  now(): number;
  /** Milliseconds that the service is ahead of the local clock, as far as it was learnt. */
  readonly offset: number;
  /** Adopts the service's time, milliseconds since 1970: a finite number. */
  learn(serverTime: number): void;
}

/** Milliseconds since some moment: for durations, since nobody sets this clock. */
export const monotonic = (): number => performance.now();

/**
 * Makes a clock.
 * @param now the local clock, milliseconds since 1970. @default Date.now
 * @returns a clock that has learnt nothing yet
 */
export function createClock(now: () => number = Date.now): Clock {
  let offset = 0;
  return {
    now: () => now() + offset,
    get offset() {
      return offset;
    },
    learn(serverTime) {
      offset = serverTime - now();
    },
  };
}
