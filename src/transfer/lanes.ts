/**
 * How many parts of a transfer are on their way at once, by measured goodput.
 *
 * The number is doubled as long as that pays (slow start). Then a few lanes more are tried now and then, and kept where
 * they pay (additive increase); when goodput falls or attempts fail, a third of them is closed (multiplicative
 * decrease), and opened again where that did not help: a link that has become slow for all needs as many as before.
 * @module
 */

/** A number of lanes that learns. */
export interface Lanes {
  /** How many there may be now. */
  readonly count: number;
  /** Changes with `count`: only parts that began in the present epoch tell what the present number is worth. */
  readonly epoch: number;
  /** Is the number looked for the first time? */
  readonly rising: boolean;
  /**
   * A part of the present epoch is there.
   * @param bytes its length
   * @param milliseconds what it took
   * @param busy how many were on their way when it ended, itself included
   */
  arrived(bytes: number, milliseconds: number, busy: number): void;
  /** An attempt failed. */
  failed(): void;
}

/** What so many lanes carried, in bytes per millisecond. */
interface Measure {
  readonly lanes: number;
  readonly flow: number;
}

/** Fewer are of no use: the plan without automatic choices has as many. */
const FLOOR = 4;
/** What new lanes have to bring, as a share of what they would bring if nothing limited them together. */
const WORTH_DOUBLING = 0.2;
const WORTH_ADDING = 0.4;
/** Goodput is so many times what it was: there may be room for more lanes, or there are too many. */
const SURGE = 1.25;
const SLUMP = 0.75;
/** Judgements between two trials, at most: it doubles with each that did not pay. */
const PATIENCE = 8;

/**
 * Makes a number of lanes.
 * @param start how many at first
 * @param cap the most
 */
export function createLanes(start: number, cap: number): Lanes {
  const floor = Math.min(FLOOR, cap);
  let count = Math.min(start, cap);
  let epoch = 0;
  let phase: "rise" | "hold" | "add" | "fall" = "rise";
  let base: Measure | undefined;
  let rising = true;
  let seen = { parts: 0, bytes: 0, milliseconds: 0, busy: 0 };
  let failures = 0;
  let quiet = 0;
  let patience = 1;

  const go = (next: typeof phase, lanes: number): void => {
    const wanted = Math.max(floor, Math.min(cap, Math.round(lanes)));
    phase = wanted === count && next !== "rise" ? "hold" : next;
    if (wanted !== count || (rising && next !== "rise")) epoch++;
    count = wanted;
    seen = { parts: 0, bytes: 0, milliseconds: 0, busy: 0 };
    failures = 0;
    if (rising && next !== "rise") {
      // From now on parts are longer, and carry more in the same number of lanes.
      rising = false;
      base = undefined;
    }
  };
  const keep = (measure: Measure): void => {
    base = measure;
    patience = 1;
    quiet = 0;
  };
  const giveUp = (lanes: number): void => {
    patience = Math.min(PATIENCE, patience * 2);
    quiet = 0;
    go("hold", lanes);
  };

  const grow = (): void => (count < cap ? go("rise", count * 2) : go("hold", count));
  const add = (): void => go("add", count + Math.max(1, count / 8));
  const hold = (measure: Measure, change: number): void => {
    quiet++;
    if (change > SURGE && count < cap) {
      keep(measure);
      grow();
    } else if (change < SLUMP) {
      base = measure;
      go("fall", (count * 2) / 3);
    } else {
      if (base) base = { lanes: count, flow: base.flow * 0.7 + measure.flow * 0.3 };
      if (quiet >= patience) add();
      else go("hold", count);
    }
  };

  /** Goodput with the present number is known: what next? */
  const judge = (flow: number): void => {
    const measure = { lanes: count, flow };
    if (!base) {
      base = measure;
      if (rising) grow();
      else go("hold", count);
      return;
    }
    const change = flow / base.flow;
    const paid = (change - 1) / (count / base.lanes - 1);
    if (phase === "hold") hold(measure, change);
    // With fewer lanes as much has to arrive, else it was not they that were too many.
    else if (phase === "fall" ? change < 1 : paid < (phase === "rise" ? WORTH_DOUBLING : WORTH_ADDING))
      giveUp(base.lanes);
    else {
      keep(measure);
      if (phase === "rise") grow();
      else if (phase === "add") add();
      else if (change > 1.1) go("fall", (count * 2) / 3);
      else go("hold", count);
    }
  };

  return {
    get count() {
      return count;
    },
    get epoch() {
      return epoch;
    },
    get rising() {
      return rising;
    },
    arrived(bytes, milliseconds, busy) {
      seen = {
        parts: seen.parts + 1,
        bytes: seen.bytes + bytes,
        milliseconds: seen.milliseconds + milliseconds,
        busy: seen.busy + busy,
      };
      if (seen.parts < count) return;
      const used = seen.busy / seen.parts;
      // Where lanes stand empty (a slow source, slots that others hold), their number limits nothing.
      if (used < count * 0.7) go("hold", count);
      else judge((seen.bytes / seen.milliseconds) * used);
    },
    failed() {
      failures++;
      if (phase === "fall" || failures * 4 < count || quiet < patience - 1 || !base) return;
      go("fall", (count * 2) / 3);
    },
  };
}
