/**
 * Progress that only ever grows.
 * @module
 */
import { createRate } from "./rate.ts";

/** How far a transfer has come. Numbers never decrease, also while parts are sent again. */
export interface Progress {
  /** Bytes handed to the network. `fetch` tells no more, so a part counts as a whole when its request begins. */
  readonly loaded: number;
  /** Bytes that the other side has confirmed: what a progress bar should show. */
  readonly acknowledged: number;
  /** Bytes in all; absent until the length is known. */
  readonly total?: number;
  /** Confirmed bytes per second, over the last ten seconds or so; 0 before the first confirmation. */
  readonly rate: number;
  /** Milliseconds left at this rate; absent while the total or the rate is unknown. */
  readonly eta?: number;
  /** Parts confirmed, and parts in all where that is known; an estimate until the last one is cut where parts adapt. */
  readonly parts: { readonly done: number; readonly total?: number };
}

/** Collects what happens to the parts and reports it. */
export interface ProgressMeter {
  /** Tells, or corrects, how much there is in all. */
  expect(total: number, parts: number): void;
  /** So many bytes of this part were handed over; after a retry that may be fewer than before. */
  sent(part: number, bytes: number): void;
  /** This part, of so many bytes, was confirmed; counted once. */
  confirmed(part: number, bytes: number): void;
  /** Nothing moves, by intent, or from now on again: what was before does not count for the rate. */
  idle(): void;
}

/**
 * Makes a meter.
 * @param report called at each change; without it nothing is computed
 * @param now the time in milliseconds
 */
export function createProgress(report: ((progress: Progress) => void) | undefined, now: () => number): ProgressMeter {
  if (!report) return { expect() {}, sent() {}, confirmed() {}, idle() {} };
  const inFlight = new Map<number, number>();
  const over = new Set<number>();
  const rate = createRate(now);
  let loaded = 0;
  let acknowledged = 0;
  let done = 0;
  let expected: { total: number; parts: number } | undefined;

  const emit = (): void => {
    let open = acknowledged;
    for (const bytes of inFlight.values()) open += bytes;
    loaded = Math.max(loaded, open);
    report({
      loaded,
      acknowledged,
      rate: rate.value,
      parts: { done, ...(expected && { total: expected.parts }) },
      ...(expected && { total: expected.total }),
      ...(expected && rate.value > 0 && { eta: ((expected.total - acknowledged) * 1000) / rate.value }),
    });
  };
  return {
    expect(total, parts) {
      expected = { total, parts };
      emit();
    },
    sent(part, bytes) {
      // Of a part that is there nothing more can leave, whatever a `fetch` says.
      if (over.has(part)) return;
      inFlight.set(part, bytes);
      emit();
    },
    confirmed(part, bytes) {
      // Also one that was there from an earlier run, and is sent again since it differs.
      if (over.has(part)) return;
      inFlight.delete(part);
      over.add(part);
      acknowledged += bytes;
      done += 1;
      rate.reached(acknowledged);
      emit();
    },
    idle() {
      rate.restart(acknowledged);
      emit();
    },
  };
}
