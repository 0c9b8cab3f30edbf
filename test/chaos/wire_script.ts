/**
 * What the proxy between client and service does wrong: drawn here, done by `server/`.
 * @module
 */
import type { Random } from "./random.ts";

/** Bytes on their way to the service, or to the client. */
export type Way = "up" | "down";

/** Strikes at a byte of one request, or of its answer. */
export interface ByteFault {
  /** FIN, RST, silence for ever, one flipped bit, or bytes that are delivered twice. */
  readonly kind: "cut" | "reset" | "stall" | "flip" | "repeat";
  readonly way: Way;
  /** Number of the request among all but preflights, from 0. */
  readonly request: number;
  readonly where: "head" | "body";
  /** Share of the head or body that passes before: 0 to 1. */
  readonly share: number;
  readonly bit: number;
}

/** A whole request reaches the service twice; the second answer is dropped. */
export interface DuplicateFault {
  readonly kind: "duplicate";
  readonly request: number;
  /** Is the copy before the request, beside it, or after it? */
  readonly when: "before" | "beside" | "after";
}

/** Strikes some requests in a row: their answers are held and released in another order, or a gateway refuses them. */
export type RowFault =
  | { readonly kind: "hold"; readonly request: number; readonly count: number }
  | {
      readonly kind: "storm";
      readonly request: number;
      readonly count: number;
      readonly status: number;
      /** Does it answer before it has read the request? */
      readonly early: boolean;
    };

export type WireFault = ByteFault | DuplicateFault | RowFault;

/** What goes wrong on the wire of one scenario. */
export interface WireScript {
  /** Of what the proxy draws itself. */
  readonly seed: number;
  readonly faults: readonly WireFault[];
}

type Kinds = readonly [WireFault["kind"], ...WireFault["kind"][]];

/** Draws one fault. */
function wireFault(random: Random, kinds: Kinds, requests: number): WireFault {
  const kind = random.pick(kinds);
  // Repeated requests count, too.
  const request = random.int(0, requests);
  if (kind === "duplicate") return { kind, request, when: random.pick(["before", "beside", "after"]) };
  if (kind === "hold") return { kind, request, count: random.int(2, 8) };
  if (kind === "storm")
    return { kind, request, count: random.int(1, 8), status: random.pick([502, 503]), early: random.chance(0.5) };
  const where = random.chance(0.7) ? "body" : "head";
  return { kind, way: random.pick(["up", "down"]), request, where, share: random.next(), bit: random.int(0, 7) };
}

const CALM = ["cut", "reset", "stall", "repeat", "duplicate", "hold", "storm"] as const;

/**
 * Draws a script.
 * @param options `flips`: may a bit be flipped? One at most is: two could take away a checksum, and then what it is for.
 *   `requests`: how many there are about, when all is well
 */
export function wireScript(
  random: Random,
  options: { readonly flips: boolean; readonly requests: number },
): WireScript {
  const faults: WireFault[] = [];
  for (let count = random.pick([0, 1, 1, 2, 2, 3, 4]); count > 0; count--) {
    const altered = faults.some(({ kind }) => kind === "flip" || kind === "repeat");
    const kinds: Kinds = options.flips && !altered ? [...CALM, "flip", "flip", "flip"] : CALM;
    faults.push(wireFault(random, kinds, options.requests));
  }
  return { seed: random.int(0, 2 ** 31), faults };
}
