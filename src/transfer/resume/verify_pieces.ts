/**
 * Compares what is in a sink with what was written down.
 * @module
 */
import { createCrc64 } from "../../checksum/crc64.ts";
import type { SinkPartial } from "../../streams/sink.ts";
import type { Piece } from "../download/job.ts";
import { sample } from "./sample.ts";

/** How much is compared: everything; the first piece, the last and two others; nothing. */
export type Verify = "all" | "sample" | "none";

/** Bytes that are read back at once. */
const SLICE = 1_048_576;

/** What comparing takes. */
export interface Comparison {
  readonly partial: SinkPartial;
  /** What was written down, in order. */
  readonly pieces: readonly Piece[];
  /** First byte of the download: the sink's position 0. */
  readonly start: number;
  /** Bytes that were in the sink. */
  readonly left: number;
  readonly verify: Verify;
  readonly signal: AbortSignal;
}

/**
 * Finds the pieces that are as they were written down. When one of a sample is not, all are compared.
 * @param comparison what it takes
 * @returns those pieces
 * @throws the reason of the signal
 */
export async function verifyPieces(comparison: Comparison): Promise<readonly Piece[]> {
  const { partial, start, left, verify, signal } = comparison;
  const pieces = comparison.pieces.filter(({ position, length }) => position - start + length <= left);
  const isSame = async ({ position, length, crc64 }: Piece): Promise<boolean> => {
    // Nothing was computed then: the caller wanted it so.
    if (crc64 === undefined) return true;
    const sum = createCrc64();
    const from = position - start;
    for (let at = from; at < from + length; at += SLICE) {
      signal.throwIfAborted();
      // What cannot be read is fetched again.
      const bytes = await partial.read(at, Math.min(at + SLICE, from + length)).catch(() => undefined);
      if (!bytes) return false;
      sum.update(bytes);
    }
    return sum.digest() === crc64;
  };
  const same: Piece[] = [];
  const drawn = verify === "all" ? pieces : verify === "sample" ? sample(pieces) : [];
  for (const piece of drawn) if (await isSame(piece)) same.push(piece);
  signal.throwIfAborted();
  if (verify === "all") return same;
  return same.length < [...drawn].length ? verifyPieces({ ...comparison, verify: "all" }) : pieces;
}
