/**
 * A time limit that can be held.
 * @module
 */
import { monotonic } from "../../core/clock.ts";
import type { Timer } from "../../timer.ts";

/** A timer that does not run while it is held. */
export interface PausableTimer extends Timer {
  hold(): void;
  go(): void;
}

/**
 * Makes a timer pausable.
 * @param timer does the work; it must not be used by anyone else
 * @returns a timer that is not held
 */
export function pausableTimer(timer: Timer): PausableTimer {
  /** Milliseconds that are left; none when it is stopped. */
  let left: number | undefined;
  let since = 0;
  let held = false;
  const run = (): void => {
    if (held || left === undefined) return;
    since = monotonic();
    timer.start(left);
  };
  return {
    start(milliseconds) {
      left = milliseconds;
      run();
    },
    stop() {
      left = undefined;
      timer.stop();
    },
    hold() {
      if (held) return;
      held = true;
      timer.stop();
      if (left !== undefined) left = Math.max(0, left - (monotonic() - since));
    },
    go() {
      if (!held) return;
      held = false;
      run();
    },
  };
}
