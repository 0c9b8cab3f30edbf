/**
 * What is written down of a download.
 * @module
 */
import type { TransferRecord } from "../../checkpoints.ts";
import type { DownloadCheckpoint, DownloadedPiece } from "../download/types.ts";
import { isSum } from "./rare_fields.ts";
import { isCount, isSize, isText, maybe, recordFault } from "./read_record.ts";

/** A download into a sink that keeps what was left, as a checkpoint store has it. */
export interface DownloadRecord extends TransferRecord, Omit<DownloadCheckpoint, "bucket" | "key"> {
  readonly kind: "download";
  /** The name of the place that it goes to: the path of a file. */
  readonly place: string;
  /** The object's ETag. */
  readonly etag: string;
}

/**
 * Checks the record of a download.
 * @param value what a store had
 * @param id its name there
 * @returns what is wrong with it; nothing when it is one
 */
export function downloadFault(value: unknown, id: string): string | undefined {
  const { objectSize, start, end } = Object(value) as DownloadRecord;
  return recordFault(value, id, {
    kind: (kind) => kind === "download",
    place: isText,
    // It becomes a header.
    etag: (tag) => isText(tag) && /^[ -~]+$/.test(tag as string),
    versionId: maybe(isText),
    crc64: maybe(isSum),
    objectSize: (size) => isSize(size) && size !== 0,
    start: (first) => isCount(first, 0, objectSize - 1),
    end: (last) => isCount(last, start + 1, objectSize),
    done: (pieces) => Array.isArray(pieces) && areInOrder(pieces, start, end),
  });
}

/** Pieces that overlap, or that lie elsewhere, would be taken for others. */
function areInOrder(done: readonly unknown[], start: number, end: number): boolean {
  let at = start;
  return done.every((piece) => {
    const { position, length, crc64 } = Object(piece) as DownloadedPiece;
    if (!isCount(position, at, end) || !isCount(length, 1, end - position) || !maybe(isSum)(crc64)) return false;
    at = position + length;
    return true;
  });
}

/**
 * Tells the unfinished files of one place apart: short, for it becomes a part of their names.
 * @param id of the record
 */
export function tagOf(id: string): string {
  return id.slice(-8);
}
