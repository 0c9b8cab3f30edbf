/**
 * The paces that are compared, and the links they are compared on.
 */

import { createPace, growingPartSize } from "../../../../src/transfer/pace.ts";
import { determinePartSize, type Pace } from "../../../../src/transfer/plan.ts";
import type { Link } from "./link.ts";

export const MIB = 2 ** 20;

/** Makes a pace for a virtual clock. */
export type MakePace = (now: () => number) => Pace;

/** Bounds of an automatic pace. */
export interface Bounds {
  readonly cap: number;
  readonly memory: number;
  /** What the fixed settings may hold that it is compared with. */
  readonly rivals: number;
}

/** As in servers, and as in browsers. */
export const SERVER: Bounds = { cap: 32, memory: 224 * MIB, rivals: 256 * MIB };
export const BROWSER: Bounds = { cap: 5, memory: 96 * MIB, rivals: 96 * MIB };

/** Everything automatic, from eight parts of 8 MiB on. */
export function auto(bounds: Bounds): MakePace {
  return (now) => createPace({ ...bounds, start: { partSize: 8 * MIB, lanes: 8 }, now });
}

/** So many parts of one size at once. */
export function fixed(partSize: number, concurrency: number): MakePace {
  return () => ({
    lanes: () => concurrency,
    next: (part, offset, remaining) =>
      remaining === undefined
        ? growingPartSize(part, offset, partSize)
        : Math.min(remaining, determinePartSize(offset + remaining, partSize)),
    started() {},
    finished() {},
    failed() {},
  });
}

/** The fixed settings that stay within the bounds. */
export function grid({ cap, rivals }: Bounds): { readonly name: string; readonly make: MakePace }[] {
  return [1, 2, 4, 8, 16, 32, 64].flatMap((size) =>
    [1, 4, 5, 8, 12, 16, 24, 32].flatMap((lanes) =>
      lanes <= cap && lanes * size * MIB <= rivals
        ? [{ name: `${size} MiB x ${lanes}`, make: fixed(size * MIB, lanes) }]
        : [],
    ),
  );
}

/** The link of the benchmarks, 10 MB/s a connection and 40 ms, and variations of it. */
export const LINKS: readonly Link[] = [
  { name: "10 MB/s, 40 ms", connection: 10_000, latency: 40 },
  { name: "10 MB/s, 100 ms", connection: 10_000, latency: 100 },
  { name: "20 MB/s, 40 ms", connection: 20_000, latency: 40 },
  { name: "20 MB/s, 100 ms", connection: 20_000, latency: 100 },
  { name: "100 MB/s shared", connection: 10_000, shared: 100_000, latency: 40 },
  { name: "30 MB/s shared, 100 ms", connection: 10_000, shared: 30_000, latency: 100 },
  { name: "unequal connections", connection: 10_000, latency: 40, spread: 1 },
  { name: "unequal connections, 100 MB/s shared", connection: 10_000, shared: 100_000, latency: 40, spread: 1 },
  { name: "2 % of requests lost", connection: 10_000, latency: 40, loss: 0.02 },
  { name: "a connection breaks every 20 s", connection: 10_000, latency: 40, breaks: 0.05 },
  { name: "six sockets", connection: 10_000, latency: 40, sockets: 6 },
  { name: "six sockets, 3 % of requests lost", connection: 10_000, latency: 40, sockets: 6, loss: 0.03 },
  { name: "twelve requests admitted", connection: 10_000, latency: 40, admitted: 12 },
  { name: "slower beyond eight connections", connection: 10_000, shared: 80_000, latency: 40, crowd: 8 },
  { name: "ten times faster after 5 s", connection: 2_000, latency: 40, steps: [{ at: 5000, factor: 10 }] },
  { name: "ten times slower after 5 s", connection: 10_000, latency: 40, steps: [{ at: 5000, factor: 0.1 }] },
];
