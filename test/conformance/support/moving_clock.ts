/** A clock that a case moves, shared by its service and its client. */
import type { CaseOptions } from "../cases.ts";

/** When such clocks start. */
export const START = Date.parse("2026-01-02T03:04:05Z");

export interface MovingClock {
  readonly options: CaseOptions;
  /** Moves on. */
  pass(hours: number): void;
}

/** Makes a clock; each case has its own. */
export function movingClock(): MovingClock {
  let now = START;
  const shared = { now: () => now };
  return {
    options: { service: shared, client: shared },
    pass(hours) {
      now += hours * 3_600_000;
    },
  };
}
