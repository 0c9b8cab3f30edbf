/**
 * What a link between a client and the service is like, and how its bandwidth is shared. All of it is arithmetic.
 */

/** A link; rates are bytes per millisecond (1,000 are a megabyte per second), times are milliseconds. */
export interface Link {
  readonly name: string;
  /** The most that one connection carries. */
  readonly connection: number;
  /** What all connections carry together. @default no limit */
  readonly shared?: number;
  /** From the request to its first byte. */
  readonly latency: number;
  /** Connections differ: each request gets between 1 / (1 + spread) and 1 of the rate. @default 0 */
  readonly spread?: number;
  /** How likely a request fails after a part of its bytes. @default 0 */
  readonly loss?: number;
  /** Connections that break per second of sending. @default 0 */
  readonly breaks?: number;
  /** Connections to the host; further requests wait. @default no limit */
  readonly sockets?: number;
  /** More requests at once than these are refused (status 503). @default no limit */
  readonly admitted?: number;
  /** Beyond so many connections each further one takes 5 % of the shared rate from all. @default never */
  readonly crowd?: number;
  /** From a time on the rates are multiplied; the last one counts. @default none */
  readonly steps?: readonly { readonly at: number; readonly factor: number }[];
}

/** Bytes under way on one connection. */
export interface Flow {
  /** Bytes until it ends, or until its connection breaks. */
  left: number;
  /** Its own share of the connection's rate, at most 1. */
  readonly share: number;
  rate: number;
}

/** Random numbers from 0 to 1 that a seed repeats (mulberry32). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** By what the rates are multiplied at a time. */
export function factorAt(link: Link, time: number): number {
  let factor = 1;
  for (const step of link.steps ?? []) if (step.at <= time) factor = step.factor;
  return factor;
}

/** Gives each flow its rate: at most its connection's own, and together no more than the link's, shared fairly. */
export function share(link: Link, flows: readonly Flow[], time: number): void {
  const factor = factorAt(link, time);
  const crowded = Math.max(0, flows.length - (link.crowd ?? Number.POSITIVE_INFINITY));
  let rest = (link.shared ?? Number.POSITIVE_INFINITY) * factor * 0.95 ** crowded;
  const slowestFirst = [...flows].sort((a, b) => a.share - b.share);
  for (const [at, flow] of slowestFirst.entries()) {
    flow.rate = Math.min(link.connection * factor * flow.share, rest / (slowestFirst.length - at));
    rest -= flow.rate;
  }
}
