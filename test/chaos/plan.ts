/**
 * A scenario, drawn from its seed: what is transferred, how, and what goes wrong.
 * @module
 */
import type { Fault, FaultAction } from "../../src/testing/faults.ts";
import { createRandom, type Random } from "./random.ts";
import { type WireScript, wireScript } from "./wire_script.ts";

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

export const SOURCES = ["bytes", "blob", "stream", "known stream", "iterable", "response"] as const;
export type SourceKind = (typeof SOURCES)[number];

export interface Plan {
  readonly seed: number;
  readonly kind: Kind;
  readonly source: SourceKind;
  /** Bytes of each object: one, but for the kinds with many files. */
  readonly sizes: readonly number[];
  readonly partSize: number;
  readonly concurrency: number;
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

const SEND = ["UploadPart", "InitiateMultipartUpload", "CompleteMultipartUpload"] as const;
/** What a transfer may ask of the service: faults strike it there. */
const OPERATIONS: Readonly<Record<Kind, readonly [string, ...string[]]>> = {
  put: ["PutObject"],
  upload: [...SEND, "ListParts", "HeadObject", "PutObject"],
  job: [...SEND, "ListParts", "HeadObject", "PutObject", "AbortMultipartUpload"],
  abort: [...SEND, "AbortMultipartUpload"],
  get: ["GetObject"],
  download: ["GetObject"],
  cancel: ["GetObject"],
  downloadTo: ["GetObject"],
  copy: ["CopyObject", "UploadPartCopy", "HeadObject", "InitiateMultipartUpload", "CompleteMultipartUpload"],
  pipe: [...SEND, "GetObject", "PutObject", "AbortMultipartUpload"],
  uploadAll: [...SEND, "PutObject"],
  downloadAll: ["GetObject", "ListObjectsV2"],
};

/** Milliseconds that no client waits. A service that does not see that its client has gone is done with it soon. */
const FOREVER = 15_000;

function action(random: Random, flips: boolean): FaultAction {
  const at = random.next();
  switch (
    random.pick(["status", "status", "delay", "cut", "stall", "reset", "lost", "lost", "skew", "expire", "sum"])
  ) {
    case "status":
      return { kind: "status", status: random.pick([500, 502, 503, 503, 429, 403]), close: random.chance(0.3) };
    case "delay":
      return { kind: "delay", milliseconds: random.chance(0.2) ? FOREVER : random.int(1, 120) };
    case "cut":
      return { kind: "cut", at, silent: random.chance(0.3) };
    case "stall":
      return { kind: "stall", at };
    case "reset":
      return { kind: "reset", ...(random.chance(0.5) && { at }) };
    case "lost":
      return { kind: "lost" };
    case "skew":
      return { kind: "skew", milliseconds: random.pick([-1, 1]) * random.int(3, 50) * 3_600_000 };
    case "expire":
      return { kind: "expire", code: random.pick(["SecurityTokenExpired", "InvalidAccessKeyId", "SecurityTokenLost"]) };
    default:
      if (!flips) return { kind: "lost" };
      return random.chance(0.5) ? { kind: "crc" } : { kind: "flip", at: random.int(0, 150_000) };
  }
}

function serviceFaults(random: Random, kind: Kind): Fault[] {
  const faults: Fault[] = [];
  for (let count = random.pick([0, 0, 1, 1, 2, 3]); count > 0; count--) {
    const flipped = faults.some(({ kind }) => kind === "flip" || kind === "crc");
    const named = random.chance(0.6) ? { operation: random.pick(OPERATIONS[kind]) } : {};
    const where = { ...named, skip: random.pick([0, 0, 0, 1, 2, 5]) };
    const struck = action(random, !flipped);
    // Most pass after a while, some outlast all attempts.
    const storm = struck.kind === "status" || struck.kind === "lost" ? random.pick([1, 1, 2, 3, 8]) : 1;
    faults.push({ ...where, ...struck, times: storm });
  }
  return faults;
}

/** Around the edges of parts, or anywhere. */
function size(random: Random, partSize: number, most: number): number {
  if (random.chance(0.08)) return random.int(0, 2);
  if (random.chance(0.5)) return random.int(0, most);
  const edge = random.int(1, Math.max(1, Math.floor(most / partSize))) * partSize;
  return edge + random.int(-1, 1);
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
  const partSize = random.pick([102_400, 102_401, 131_072, 200_000]);
  const many = kind === "uploadAll" || kind === "downloadAll";
  const sizes = Array.from({ length: many ? random.int(1, 12) : 1 }, () =>
    size(random, partSize, many ? 300_000 : 1_600_000),
  );
  const faults = serviceFaults(random, kind);
  const flipped = faults.some((fault) => fault.kind === "flip" || fault.kind === "crc");
  const temporary = random.chance(0.3);
  const single = kind === "put" || kind === "get";
  const requests = single ? 1 : sizes.reduce((sum, bytes) => sum + 1 + Math.ceil(bytes / partSize), 1);
  return {
    seed,
    kind,
    source: random.pick(SOURCES),
    sizes,
    partSize,
    concurrency: random.int(1, 6),
    multipartThreshold: random.pick([0, 0, partSize, 10_000_000]),
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
}

/** May a flipped bit have passed unseen? Then nothing can be said of bytes. */
export function unproven({ integrity, faults, wire }: Plan): boolean {
  const kinds = new Set<string>([...faults, ...wire.faults].map(({ kind }) => kind));
  return integrity === "none" && (kinds.has("flip") || kinds.has("repeat"));
}
