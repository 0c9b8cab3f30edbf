/**
 * Adapts a transfer to the link: how many parts are on their way at once (`lanes.ts`), and how long they are.
 *
 * Pure: no timer, no request; it is told what happens, and asked.
 * @module
 */
import { scriptOwnsRequests } from "../core/runtime.ts";
import { fixedLengthStream } from "../core/runtime_streams.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import {
  BROWSER_CONCURRENCY,
  DEFAULT_CONCURRENCY,
  MAX_PART,
  MAX_PARTS,
  type Pace,
  type Plan,
  type PlanOptions,
} from "./plan.ts";

/** What an adapting pace starts with and keeps to. */
export interface PaceSetup {
  /** Bytes of a part; absent when they adapt. */
  readonly partSize?: number | undefined;
  /** Parts at once; absent when they adapt. */
  readonly concurrency?: number | undefined;
  /** Bytes of a part, and how many at once, until something is known. */
  readonly start: { readonly partSize: number; readonly lanes: number };
  /** The most lanes. */
  readonly cap: number;
  /** The most bytes in parts that are claimed and not finished. */
  readonly memory: number;
  /** The time in milliseconds. */
  readonly now: () => number;
}

/** The shortest part that is chosen, the last one excepted. */
const LEAST = 1_048_576;
/** Parts keep their length until another one suits better by so much: a factor of 2 costs up to 10 % of goodput. */
const BAND = 1.5;
/** A transfer of so many bytes finds its number of lanes with short parts first: soon, and at little cost. */
const LARGE = 268_435_456;
const TRIAL = 2_097_152;
/** Milliseconds that a part should take, at least: a turnaround of 40 to 100 ms costs 2 to 5 % of it. */
const TARGET = 2000;
/** Milliseconds that it may take: a lost connection costs half of it. Some of it may have been spent waiting for a socket. */
const LONGEST = 4000;
/** Milliseconds that a part should take near the end, where short ones let all lanes end together. */
const TAIL = 400;
/** The same in a small transfer, to which each further turnaround costs more than lanes that end one after the other. */
const SMALL_TAIL = 1200;

/** The most lanes where a script may open as many connections as it likes. */
const MOST_LANES = 32;
/**
 * Bytes of parts under way at once: 32 of nearly 7 MiB; five of 16 MiB; five of 8 MiB, since an isolate of workerd has
 * 128 MB. Servers are promised 256 MiB: the rest is for chunks on their way.
 */
const MEMORY = 234_881_024;
const BROWSER_MEMORY = 100_663_296;
const WORKERD_MEMORY = 50_331_648;

/**
 * Makes the pace of a plan in which something adapts, or of a body whose length nobody knows.
 * @param plan the choices
 * @param auto the choices that it was made of
 * @param now the time in milliseconds
 * @param memory the most bytes in parts under way. @default what suits the runtime
 */
export function autoPace(plan: Plan, auto: PlanOptions | undefined, now: () => number, memory?: number): Pace {
  const workerd = fixedLengthStream() !== undefined;
  const free = scriptOwnsRequests() && !workerd;
  const bound = !auto ? Number.POSITIVE_INFINITY : free ? MEMORY : workerd ? WORKERD_MEMORY : BROWSER_MEMORY;
  return createPace({
    partSize: auto?.partSize === "auto" ? undefined : plan.partSize,
    concurrency: auto?.concurrency === "auto" ? undefined : plan.concurrency,
    start: { partSize: plan.partSize, lanes: plan.concurrency },
    cap: free ? MOST_LANES : BROWSER_CONCURRENCY,
    // Unless told, never less than the default number of parts of the chosen size, or the chosen number of short parts.
    memory:
      memory ??
      Math.max(
        bound,
        auto?.partSize === "auto" ? (plan.concurrency + 1) * LEAST : (DEFAULT_CONCURRENCY + 1) * plan.partSize,
      ),
    now,
  });
}

/**
 * Chooses the size of the next part of a stream whose length nobody knows.
 *
 * The first 900 parts have the size asked for. From then on a part grows with what was sent and with how few parts are
 * left, so that the last one is never needed before the service's own limit of size. It grows in steps: the memory of a
 * part serves only another one of its length.
 *
 * @param part its number, from 1
 * @param offset bytes in the parts before it
 * @param preferred bytes of a part that would be liked
 */
export function growingPartSize(part: number, offset: number, preferred: number): number {
  const wanted = (offset * 10) / (MAX_PARTS + 1 - part);
  const step = Math.min(LEAST, preferred);
  return Math.min(MAX_PART, Math.max(preferred, Math.ceil(wanted / step) * step));
}

interface Part {
  bytes: number;
  /** When its first attempt began. */
  since?: number;
  epoch?: number;
  /** Is it to be tried again? That counts as the time of one part then; what a pause interrupted does not. */
  failed?: boolean;
}

/**
 * Makes a pace that adapts.
 * @param setup what it starts with and keeps to
 */
export function createPace(setup: PaceSetup): Pace {
  const { start, cap, memory, now } = setup;
  const fixed = setup.concurrency;
  const lanes: Lanes = createLanes(fixed ?? start.lanes, fixed ?? cap);
  const open = new Map<number, Part>();
  let held = 0;
  /** Bytes per millisecond that one lane carries. */
  let rate = 0;
  /** Bytes of a part until the number of lanes is found. */
  let opening = 0;
  let small: boolean | undefined;
  /** No part may be shorter, but the last one; it grows so that 10,000 parts do. */
  let least = setup.partSize ?? LEAST;
  /** Bytes of a part, for as long as they nearly suit: the memory of one part serves only another of its length. */
  let settled = 0;

  const count = (): number => fixed ?? lanes.count;

  /** Bytes that the parts on their way probably still have to go. */
  const ahead = (): number => {
    let bytes = 0;
    for (const one of open.values())
      bytes += Math.max(0, one.bytes - rate * (one.since === undefined ? 0 : now() - one.since));
    return bytes;
  };

  const adapted = (offset: number, remaining: number | undefined): number => {
    const many = count();
    // Parts leave room for twice the lanes, so that these need not wait until long parts have ended.
    const room = memory / (Math.min(fixed ?? cap, 2 * many) + 1);
    const suited = Math.max(rate * TARGET, Math.min(start.partSize, rate * LONGEST));
    // The end may come with any byte: a part that is long beside all before it would be waited for then.
    const fair = remaining === undefined ? Math.max(opening, offset / (2 * many)) : room;
    const best = Math.min(room, fair, rate && !(lanes.rising && !fixed) ? suited : opening);
    if (settled * (many + 1) > memory || best * BAND < settled || best > settled * BAND) settled = best;
    if (remaining === undefined) return settled;
    if (!rate) {
      // Rounds of equal parts, none longer than that.
      const rounds = Math.ceil((remaining / settled + open.size) / many);
      return remaining / Math.max(1, rounds * many - open.size);
    }
    // So much for each lane, and all would end together if they were alike. As they are not, half of it at first.
    const equal = (remaining + ahead()) / many;
    return Math.min(settled, Math.max(equal / 2, Math.min(equal, rate * (small ? SMALL_TAIL : TAIL))));
  };

  return {
    memory,
    lanes() {
      // What is held leaves room for so many more: the shorter ones wait until the longer ones have ended. Parts that
      // are long because 10,000 have to do get as many lanes as by default.
      const room = Math.floor((memory - held) / Math.max(least, settled));
      return Math.max(Math.min(DEFAULT_CONCURRENCY, count()), Math.min(count(), open.size + room));
    },
    next(part, offset, remaining) {
      small ??= remaining !== undefined && remaining < LARGE;
      opening ||= small || fixed || count() === cap ? start.partSize : TRIAL;
      const left = Math.max(1, MAX_PARTS + 1 - part);
      const chosen = setup.partSize ?? LEAST;
      least =
        remaining === undefined ? growingPartSize(part, offset, chosen) : Math.max(chosen, Math.ceil(remaining / left));
      // An upload has read so much before it knew that it needs parts.
      const first = part === 1 && remaining === undefined ? start.partSize : undefined;
      const bytes = Math.max(least, setup.partSize || first || Math.ceil(adapted(offset, remaining)));
      const claimed = Math.min(bytes, remaining ?? bytes);
      open.set(part, { bytes: claimed });
      held += claimed;
      return claimed;
    },
    started(part, bytes) {
      const one: Part = open.get(part) ?? { bytes: 0 };
      open.set(part, one);
      held += bytes - one.bytes;
      one.bytes = bytes;
      if (one.failed) return;
      one.since = now();
      one.epoch = lanes.epoch;
    },
    finished(part) {
      const one = open.get(part);
      if (!one) return;
      let busy = 0;
      for (const { since } of open.values()) if (since !== undefined) busy++;
      open.delete(part);
      held -= one.bytes;
      if (one.since === undefined) return;
      const took = now() - one.since;
      // A clock that was set back tells nothing.
      if (took < 0) return;
      const measured = one.bytes / Math.max(1, took);
      rate = rate ? rate * 0.8 + measured * 0.2 : measured;
      if (one.epoch === lanes.epoch) lanes.arrived(one.bytes, Math.max(1, took), busy);
    },
    failed(part) {
      const one = open.get(part);
      if (one) one.failed = true;
      lanes.failed();
    },
  };
}
