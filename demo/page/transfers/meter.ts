/**
 * Speed, from what arrived in the last seconds.
 * @module
 */
import type { Advance } from "./transfer.ts";

const WINDOW = 5000;
const STEP = 200;

/**
 * Makes a meter for so many bytes.
 * @param report told at most five times a second
 */
export function createMeter(total: number, report: (advance: Advance) => void): (bytes: number) => void {
  let confirmed = 0;
  let samples = [{ time: performance.now(), bytes: 0 }];
  return (bytes) => {
    confirmed += bytes;
    const time = performance.now();
    if (time - (samples.at(-1)?.time ?? 0) < STEP) return;
    samples = [...samples.filter((sample) => sample.time >= time - WINDOW), { time, bytes: confirmed }];
    const [oldest] = samples;
    const rate = oldest && time > oldest.time ? ((confirmed - oldest.bytes) * 1000) / (time - oldest.time) : 0;
    report({ confirmed, sent: confirmed, rate, left: rate > 0 ? ((total - confirmed) * 1000) / rate : undefined });
  };
}
