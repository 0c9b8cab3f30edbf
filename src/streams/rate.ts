/**
 * How fast bytes are confirmed.
 * @module
 */

/** Milliseconds that the rate is averaged over, at least. */
const WINDOW = 10_000;
/** Milliseconds between two samples that are kept. */
const SAMPLE = 250;

/** Measures bytes per second. */
export interface Rate {
  /** Bytes per second when last told; 0 at first. */
  readonly value: number;
  /** So many bytes are there by now. */
  reached(bytes: number): void;
  /** From now on: what was before does not count. */
  restart(bytes: number): void;
}

/**
 * Makes a measure of what is confirmed in pieces, which on a slow link come minutes apart and then several at once: what
 * is measured reaches from one of them to the last one, and over ten seconds at least.
 * @param now the time in milliseconds
 */
export function createRate(now: () => number): Rate {
  let samples: { readonly time: number; readonly bytes: number }[] = [];
  let value = 0;
  const keep = (bytes: number): void => {
    const time = now();
    // A clock that was set back (skew correction) makes older samples meaningless.
    samples = samples.filter((sample) => sample.time <= time);
    while (samples[1] && samples[1].time <= time - WINDOW) samples.shift();
    const [oldest] = samples;
    if (oldest && time > oldest.time) value = ((bytes - oldest.bytes) * 1000) / (time - oldest.time);
    // The newest one is the end of its burst.
    const before = samples.at(-2);
    if (before && time - before.time < SAMPLE) samples.pop();
    samples.push({ time, bytes });
  };
  keep(0);
  return {
    get value() {
      return value;
    },
    reached: keep,
    restart(bytes) {
      samples = [];
      value = 0;
      keep(bytes);
    },
  };
}
