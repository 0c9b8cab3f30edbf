/**
 * The client's clock: the local one, corrected by what the service said.
 * @module
 */

/** A clock that can learn. */
export interface Clock {
  /** Milliseconds since 1970 as the service counts them. */
  now(): number;
  /** Adopts the service's time; answers false where that changes nothing worth a retry. */
  learn(serverTime: number): boolean;
}

/**
 * Makes a clock.
 * @param now the local clock, milliseconds since 1970. @default Date.now
 */
export function createClock(now: () => number = Date.now): Clock {
  let offset = 0;
  return {
    now: () => now() + offset,
    learn(serverTime) {
      const next = serverTime - now();
      // Below a second a correction cannot be what the service complained of.
      if (!Number.isFinite(next) || Math.abs(next - offset) < 1000) return false;
      offset = next;
      return true;
    },
  };
}
