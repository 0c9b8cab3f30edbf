/**
 * A scenario, drawn from its seed: what is transferred, how, and what goes wrong.
 * @module
 */

import type { ByteRange } from "../../src/operations/object/get.ts";
import type { Fault } from "../../src/testing/faults.ts";
import { createRandom, type Random } from "./random.ts";
import { serviceFaults } from "./service_faults.ts";
import { type WireFault, type WireScript, wireScript } from "./wire_script.ts";

export const KINDS = [
  "put",
  "upload",
  "job",
  "abort",
  "get",
  "download",
  "cancel",
  "downloadTo",
  "copy",
  "pipe",
  "uploadAll",
  "downloadAll",
] as const;
export type Kind = (typeof KINDS)[number];

export const SOURCES = [
  ...(["bytes", "blob", "stream", "known stream", "iterable", "response"] as const),
  // Of the file system, where the runtime has one.
  ...(["file", "open file"] as const),
] as const;
export type SourceKind = (typeof SOURCES)[number];

/** Where downloads go: files where the runtime has a file system, else memory. */
export const SINKS = ["memory", "file", "open file"] as const;
export type SinkKind = (typeof SINKS)[number];

export interface Plan {
  readonly seed: number;
  readonly kind: Kind;
  readonly source: SourceKind;
  /** Bytes of each object: one, but for the kinds with many files. */
  readonly sizes: readonly number[];
  /** Bytes of the object that each target had before; none where there was none. */
  readonly before: number | undefined;
  /** What of the object is read, when that is not all. */
  readonly range: ByteRange | undefined;
  readonly sink: SinkKind;
  readonly partSize: number | "auto";
  readonly concurrency: number | "auto";
  readonly multipartThreshold: number;
  readonly integrity: "crc64" | "none";
  readonly attempts: number;
  readonly stallTimeout: number;
  /** Milliseconds for one call. */
  readonly timeout: number;
  readonly temporary: boolean;
  readonly revokeAfter: number | undefined;
  readonly versioned: boolean;
  /** Are the bodies of all answers watched, by streams that replace them? */
  readonly watched: boolean;
  /** Slots that are shared, if some are. */
  readonly slots: number | undefined;
  /** Is `XMLHttpRequest` used, where there is one? */
  readonly xhr: boolean;
  readonly faults: readonly Fault[];
  readonly wire: WireScript;
}

/** Kinds that may read a range. */
const RANGED: readonly Kind[] = ["get", "download", "cancel", "downloadTo"];

/** Around the edges of parts, or anywhere. */
function size(random: Random, partSize: number, most: number): number {
  if (random.chance(0.08)) return random.int(0, 2);
  if (random.chance(0.5)) return random.int(0, most);
  const edge = random.int(1, Math.max(1, Math.floor(most / partSize))) * partSize;
  return edge + random.int(-1, 1);
}

/** Within the object, over its end, from its end, or nowhere. */
function rangeWithin(random: Random, length: number): ByteRange {
  const first = random.int(0, random.chance(0.9) ? Math.max(0, length - 1) : length + 1);
  if (random.chance(0.3)) return [first];
  if (random.chance(0.3)) return [-random.int(1, length + 1)];
  return [first, random.int(first, random.chance(0.8) ? Math.max(first, length - 1) : length + 1000)];
}

/**
 * Draws a scenario.
 * @param seed the same seed, the same scenario
 * @param only the kind of transfer, instead of a random one
 */
export function planOf(seed: number, only?: string): Plan {
  const random = createRandom(seed);
  const drawn = random.pick(KINDS);
  const kind = KINDS.find((known) => known === only) ?? drawn;
  const grain = random.pick([102_400, 102_401, 131_072, 200_000]);
  const many = kind === "uploadAll" || kind === "downloadAll";
  const sizes = Array.from({ length: many ? random.int(1, 12) : 1 }, () =>
    size(random, grain, many ? 300_000 : 1_600_000),
  );
  const faults = serviceFaults(random, kind);
  const flipped = faults.some((fault) => fault.kind === "flip" || fault.kind === "crc");
  const temporary = random.chance(0.3);
  const single = kind === "put" || kind === "get";
  const ranged = RANGED.includes(kind) && random.chance(0.35);
  const requests = single ? 1 : sizes.reduce((sum, bytes) => sum + 1 + Math.ceil(bytes / grain), 1);
  const plan: Plan = {
    seed,
    kind,
    source: random.pick(SOURCES),
    sizes,
    before: random.chance(0.4) ? random.int(3, 50_000) : undefined,
    range: ranged ? rangeWithin(random, sizes[0] ?? 0) : undefined,
    sink: random.pick(SINKS),
    partSize: random.chance(0.1) ? "auto" : grain,
    concurrency: random.chance(0.15) ? "auto" : random.int(1, 6),
    multipartThreshold: random.pick([0, 0, grain, 10_000_000]),
    integrity: random.chance(0.9) ? "crc64" : "none",
    attempts: random.int(1, 5),
    stallTimeout: random.int(200, 600),
    timeout: random.int(2500, 6000),
    temporary,
    revokeAfter: temporary && random.chance(0.5) ? random.int(1, 10) : undefined,
    versioned: random.chance(0.4),
    watched: random.chance(0.5),
    slots: random.chance(0.3) ? random.int(1, 4) : undefined,
    faults,
    wire: wireScript(random, { flips: !flipped, requests }),
    xhr: random.chance(0.25),
  };
  // Where nothing may fail, a machine that is busy elsewhere must not be taken for a silent network.
  return isCalm(plan) ? { ...plan, stallTimeout: plan.timeout } : plan;
}

/** Does nothing go wrong? */
function isCalm({ faults, wire, revokeAfter }: Plan): boolean {
  return faults.length === 0 && wire.faults.length === 0 && revokeAfter === undefined;
}

/** How many faults alter bytes? One at most flips a bit. */
export function alterations({ faults, wire }: Plan): number {
  return [...faults, ...wire.faults].filter(({ kind }) => kind === "flip" || kind === "repeat").length;
}

/** May headers of answers have arrived altered? Nothing tells that of an ETag. */
export function altersHeaders({ wire }: Plan): boolean {
  return wire.faults.some(
    (fault) => "way" in fault && fault.way === "down" && fault.where === "head" && /flip|repeat/.test(fault.kind),
  );
}

/** May an altered byte have passed unseen? Then nothing can be said of bytes: the CRC-64 is that of the whole object. */
export function unproven(plan: Plan): boolean {
  return (plan.integrity === "none" || plan.range !== undefined) && alterations(plan) > 0;
}

/** How many requests a fault strikes that sending again cures; none where it cures nothing. */
function cured(fault: Fault | WireFault): number | undefined {
  if (fault.kind === "duplicate" || fault.kind === "hold") return 0;
  if (fault.kind === "storm") return fault.count;
  // A request that was cut off may be refused for its form.
  if ("way" in fault) return fault.way === "down" && /cut|reset|stall/.test(fault.kind) ? 1 : undefined;
  if (fault.kind === "status" && fault.status === 403) return undefined;
  return /status|delay|cut|stall|reset|lost/.test(fault.kind) ? (fault.times ?? 1) : undefined;
}

/** Does nothing go wrong, or nothing that a download has to stand? Then it has to be done. */
export function curable(plan: Plan): boolean {
  const { kind, faults, wire, revokeAfter, attempts } = plan;
  const struck = [...faults, ...wire.faults].reduce((sum, fault) => sum + (cured(fault) ?? Number.NaN), 0);
  const stands = /^(download|downloadTo|cancel)$/.test(kind) && revokeAfter === undefined && struck + 1 < attempts;
  return isCalm(plan) || stands;
}
