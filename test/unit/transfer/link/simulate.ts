/**
 * Runs a transfer over a link in virtual time: gigabytes in milliseconds, and the same for the same seed.
 */
import type { Pace } from "../../../../src/transfer/plan.ts";
import { type Flow, type Link, random, share } from "./link.ts";

/** What a transfer was like. */
export interface Run {
  /** Milliseconds until the last part was there, or until it was stopped. */
  readonly time: number;
  /** Bytes per millisecond from a time on, without what failed and had to be sent again. */
  readonly steady: number;
  /** Bytes of the parts in their order. */
  readonly sizes: readonly number[];
  /** The most bytes that were claimed and not yet there. */
  readonly held: number;
  /** The most parts under way. */
  readonly lanes: number;
}

/** What is transferred. */
export interface Job {
  readonly total: number;
  /** Is its end known from the start? @default true */
  readonly known?: boolean;
  /** Do failed attempts reach the pace, or does it only see that a part took long? @default false */
  readonly visible?: boolean;
  /** Milliseconds after which it is broken off; its parts never come to an end then. @default never */
  readonly until?: number;
  /** The milliseconds from which on `steady` is measured. @default 0 */
  readonly from?: number;
  readonly seed?: number;
}

/** Milliseconds before the first repetition; doubled for each other. */
const PAUSE = 200;

/**
 * Simulates a transfer.
 * @param makePace is given the virtual clock
 */
export function simulate(link: Link, job: Job, makePace: (now: () => number) => Pace): Run {
  const { total, known = true, visible = false, until = Number.POSITIVE_INFINITY, from = 0, seed = 1 } = job;
  const endless = until < Number.POSITIVE_INFINITY;
  const chance = random(seed);
  const pace = makePace(() => now);
  const timers: { readonly at: number; readonly run: () => void }[] = [];
  const flows = new Map<Flow, () => void>();
  const waiting: (() => void)[] = [];

  const sizes: number[] = [];
  let now = 0;
  let moved = 0;
  let offset = 0;
  let open = 0;
  let requests = 0;
  let held = 0;
  let mostHeld = 0;
  let mostOpen = 0;

  const after = (ms: number, run: () => void): void => {
    timers.push({ at: now + ms, run });
  };
  const release = (): void => {
    requests--;
    waiting.shift()?.();
  };
  const request = (part: number, bytes: number, attempt: number): void => {
    if (requests >= (link.sockets ?? Number.POSITIVE_INFINITY)) {
      waiting.push(() => request(part, bytes, attempt));
      return;
    }
    requests++;
    const again = (): void => {
      release();
      if (visible) pace.failed(part);
      after(PAUSE * 2 ** Math.min(attempt, 5) * (0.5 + chance()), () => {
        if (visible) pace.started(part, bytes);
        request(part, bytes, attempt + 1);
      });
    };
    after(link.latency, () => {
      if (requests > (link.admitted ?? Number.POSITIVE_INFINITY)) {
        again();
        return;
      }
      const pieceOf = 1 / (1 + (link.spread ?? 0) * chance());
      const lost = chance() < (link.loss ?? 0) ? chance() * bytes : bytes;
      // Broken connections are as likely in each second, so how far they come is exponential.
      const worn = link.breaks ? (-Math.log(1 - chance()) / link.breaks) * 1000 * link.connection : bytes;
      const left = Math.min(bytes, lost, worn);
      const broken = (): void => {
        moved -= left;
        again();
      };
      flows.set({ left, share: pieceOf, rate: 0 }, left < bytes ? broken : () => arrive(part, bytes));
    });
  };
  const arrive = (part: number, bytes: number): void => {
    release();
    open--;
    held -= bytes;
    pace.finished(part);
    fill();
  };
  const fill = (): void => {
    while ((endless || offset < total) && open < Math.max(1, pace.lanes())) {
      // Without an end the parts are numbered anew before they have to grow.
      const part = endless ? 1 + (sizes.length % 5000) : sizes.length + 1;
      const left = endless ? total : total - offset;
      const claimed = pace.next(part, endless ? 0 : offset, known ? left : undefined);
      const bytes = Math.min(claimed, left);
      if (!(claimed > 0)) throw new RangeError(`Part ${part} has ${claimed} bytes`);
      sizes.push(bytes);
      offset += bytes;
      open++;
      held += claimed;
      mostHeld = Math.max(mostHeld, held);
      mostOpen = Math.max(mostOpen, open);
      held -= claimed - bytes;
      pace.started(part, bytes);
      request(part, bytes, 0);
    }
  };

  fill();
  while (open > 0 && now < until) {
    share(link, [...flows.keys()], now);
    let next = Math.min(
      until,
      now < from ? from : until,
      ...(link.steps ?? []).flatMap(({ at }) => (at > now ? [at] : [])),
    );
    for (const { at } of timers) next = Math.min(next, at);
    for (const { left, rate } of flows.keys()) next = Math.min(next, now + left / rate);
    const elapsed = next - now;
    now = next;
    if (now > from) for (const { rate } of flows.keys()) moved += rate * elapsed;
    const due: (() => void)[] = [];
    for (const [flow, end] of flows) {
      flow.left -= flow.rate * elapsed;
      if (flow.left <= 1e-3) {
        flows.delete(flow);
        due.push(end);
      }
    }
    for (let at = timers.length - 1; at >= 0; at--) {
      if ((timers[at]?.at ?? 0) <= now) due.push(...timers.splice(at, 1).map(({ run }) => run));
    }
    for (const run of due) run();
  }
  return { time: now, steady: moved / (now - from), sizes, held: mostHeld, lanes: mostOpen };
}
