/**
 * Progress of transfers whose bytes are seen one by one. Loaded on demand.
 * @module
 */
import { createProgress, type Progress } from "../../streams/progress.ts";

/** Is told of bytes and reports them. */
export interface ByteMeter {
  /** Tells, or corrects, how much there is in all. */
  expect(total: number, parts: number): void;
  /**
   * So many bytes have arrived, so many of them were passed on, and so many parts are done. Reported a few times a
   * second, and at the end.
   */
  moved(loaded: number, acknowledged: number, done: number): void;
  /** Nothing moves, or from now on again: what was before does not count for the rate. */
  idle(): void;
}

/** Milliseconds between two reports. */
const BEAT = 100;

/**
 * Makes a meter.
 * @param report called at each change that is worth it
 * @param now the time in milliseconds
 */
export function createByteMeter(report: (progress: Progress) => void, now: () => number): ByteMeter {
  let told = Number.NEGATIVE_INFINITY;
  let quiet = false;
  let reports = 0;
  let passed = 0;
  let done = 0;
  let whole: { readonly total: number; readonly parts: number } | undefined;
  const meter = createProgress((progress) => {
    if (!quiet) report({ ...progress, parts: { ...progress.parts, done } });
  }, now);
  return {
    expect(total, parts) {
      whole = { total, parts };
      meter.expect(total, parts);
    },
    moved(loaded, acknowledged, parts) {
      const time = now();
      const ended = acknowledged === whole?.total && parts === whole.parts;
      // A clock may be set back.
      if (ended ? done === parts && passed === acknowledged : time >= told && time < told + BEAT) return;
      told = time;
      done = parts;
      quiet = true;
      // One part stands for all that is on its way, and each confirmation for another.
      meter.sent(0, loaded - acknowledged);
      quiet = false;
      meter.confirmed(++reports, acknowledged - passed);
      passed = acknowledged;
    },
    idle: meter.idle,
  };
}

/**
 * Makes the meter of a download.
 * @param onProgress the caller's
 * @param controller of the download
 * @param now the time in milliseconds
 */
export function downloadMeter(
  onProgress: (progress: Progress) => void,
  controller: AbortController,
  now: () => number,
): ByteMeter {
  return createByteMeter((progress) => {
    // It is called between bytes: what it throws must not be taken for a broken connection.
    try {
      Promise.resolve(onProgress(progress)).catch((error: unknown) => controller.abort(error));
    } catch (error) {
      controller.abort(error);
    }
  }, now);
}
