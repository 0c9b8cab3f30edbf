/**
 * What has arrived of an object, in few pieces.
 * @module
 */
import { combineCrc64 } from "../../checksum/crc64.ts";
import type { Piece } from "../download/job.ts";

/** So many pieces at most, roughly, are written down. */
const GRAINS = 256;

/** Pieces in order; those that touch are one, up to a grain: one wrong byte costs no more than that. */
export interface Ledger {
  readonly pieces: readonly Piece[];
  /** Notes a piece; it overlaps no other. */
  add(piece: Piece): void;
}

/**
 * Makes an empty ledger.
 * @param size bytes in all
 * @param partSize of the download; no grain is smaller
 */
export function createLedger(size: number, partSize: number): Ledger {
  const grain = Math.max(partSize, Math.ceil(size / GRAINS));
  const pieces: Piece[] = [];
  const join = (at: number): void => {
    const [first, second] = pieces.slice(at, at + 2);
    if (!first || !second || first.position + first.length !== second.position) return;
    if (first.length + second.length > grain || (first.crc64 === undefined) !== (second.crc64 === undefined)) return;
    const crc64 =
      first.crc64 === undefined || second.crc64 === undefined
        ? undefined
        : combineCrc64(first.crc64, second.crc64, second.length);
    pieces.splice(at, 2, { position: first.position, length: first.length + second.length, crc64 });
  };
  return {
    pieces,
    add(piece) {
      const found = pieces.findIndex(({ position }) => position > piece.position);
      const at = found < 0 ? pieces.length : found;
      pieces.splice(at, 0, piece);
      join(at);
      join(at - 1);
    },
  };
}
