/**
 * The progress of many files as one.
 * @module
 */
import type { Progress } from "../../streams/progress.ts";
import { createRate } from "../../streams/rate.ts";
import type { FilesProgress } from "./types.ts";

/** Milliseconds between reports. */
const REPORT = 100;

/** Collects what happens to the files. */
export interface FilesMeter {
  /** A file was found. */
  found(size: number | undefined): void;
  /** All were found. */
  final(): void;
  /** A file's own progress; `announced` is what was counted when it was found. */
  moved(file: object, progress: Progress, announced: number | undefined): void;
  /** A file is done, of so many bytes. */
  done(file: object, size: number, announced: number | undefined): void;
  failed(file: object): void;
  /** Nothing moves, or from now on again: what was before does not count for the rate. */
  idle(): void;
  /** Reports now. */
  tell(): void;
}

interface Moving {
  readonly loaded: number;
  readonly acknowledged: number;
  /** What of it is in the total. */
  readonly counted: number;
}

/**
 * Makes a meter.
 * @param report called at most ten times a second, and by `tell`; without it nothing is computed
 * @param now the time in milliseconds
 */
export function createFilesMeter(
  report: ((progress: FilesProgress) => void) | undefined,
  now: () => number,
): FilesMeter {
  const moving = new Map<object, Moving>();
  const rate = createRate(now);
  let reported = Number.NEGATIVE_INFINITY;
  const sum = { done: 0, failed: 0, found: 0, loaded: 0, acknowledged: 0, total: 0, final: false };

  const emit = (force: boolean): void => {
    if (!report) return;
    const time = now();
    if (!force && time < reported + REPORT && time >= reported) return;
    reported = time;
    const { done, failed, found, loaded, acknowledged, total, final } = sum;
    const eta = final && rate.value > 0 ? { eta: ((total - acknowledged) * 1000) / rate.value } : {};
    report({ files: { done, failed, total: found }, loaded, acknowledged, total, final, rate: rate.value, ...eta });
  };
  /** Each file's numbers are added as they grow, never taken back: also not those of one that fails. */
  const change = (file: object, next: Moving): void => {
    const last = moving.get(file) ?? { loaded: 0, acknowledged: 0, counted: 0 };
    const grown = {
      loaded: Math.max(last.loaded, next.loaded),
      acknowledged: Math.max(last.acknowledged, next.acknowledged),
      counted: Math.max(last.counted, next.counted),
    };
    sum.loaded += grown.loaded - last.loaded;
    const more = grown.acknowledged - last.acknowledged;
    sum.acknowledged += more;
    sum.total += grown.counted - last.counted;
    moving.set(file, grown);
    if (report && more > 0) rate.reached(sum.acknowledged);
  };
  return {
    found(size) {
      sum.found++;
      sum.total += size ?? 0;
      emit(false);
    },
    final() {
      sum.final = true;
      emit(false);
    },
    moved(file, { loaded, acknowledged, total = 0 }, announced = 0) {
      change(file, { loaded, acknowledged, counted: Math.max(total, loaded) - announced });
      emit(false);
    },
    done(file, size, announced = 0) {
      change(file, { loaded: size, acknowledged: size, counted: 0 });
      // It may have fewer bytes than were announced.
      sum.total += size - announced - (moving.get(file)?.counted ?? 0);
      moving.delete(file);
      sum.done++;
      emit(false);
    },
    failed(file) {
      moving.delete(file);
      sum.failed++;
      emit(false);
    },
    idle() {
      rate.restart(sum.acknowledged);
      emit(true);
    },
    tell: () => emit(true),
  };
}
