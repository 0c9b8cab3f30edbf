/**
 * What is written down of a download.
 * @module
 */
import type { TransferRecord } from "../../checkpoints.ts";
import type { DownloadCheckpoint } from "../download/types.ts";
import { recordFault } from "./read_record.ts";

/** A download into a sink that keeps what was left, as a checkpoint store has it. */
export interface DownloadRecord extends TransferRecord, Omit<DownloadCheckpoint, "bucket" | "key"> {
  readonly kind: "download";
  /** The name of the place that it goes to: the path of a file. */
  readonly place: string;
  /** The object's ETag. */
  readonly etag: string;
}

const isCount = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const isSum = (value: unknown): boolean =>
  value === undefined || (typeof value === "string" && /^\d{1,20}$/.test(value));
const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/**
 * Checks the record of a download.
 * @param value what a store had
 * @param id its name there
 * @returns what is wrong with it; nothing when it is one
 */
export function downloadFault(value: unknown, id: string): string | undefined {
  const wrong = recordFault(value, id);
  if (wrong) return wrong;
  const { kind, place, etag, versionId, crc64, objectSize, start, end, done } = value as {
    [name in keyof DownloadRecord]: unknown;
  };
  const checks = {
    kind: kind === "download",
    place: isText(place),
    etag: isText(etag),
    versionId: versionId === undefined || isText(versionId),
    crc64: isSum(crc64),
    objectSize: isCount(objectSize, 1, Number.MAX_SAFE_INTEGER),
    start: isCount(start, 0, Number(objectSize) - 1),
    end: isCount(end, Number(start) + 1, Number(objectSize)),
    done: Array.isArray(done) && areInOrder(done, Number(start), Number(end)),
  };
  const name = Object.entries(checks).find(([, right]) => !right)?.[0];
  return name && `its ${name} is wrong or missing`;
}

/** Pieces that overlap, or that lie elsewhere, would be taken for others. */
function areInOrder(done: readonly unknown[], start: number, end: number): boolean {
  let at = start;
  return done.every((piece) => {
    const { position, length, crc64 } = Object(piece) as { [name: string]: unknown };
    if (!isCount(position, at, end) || !isCount(length, 1, end - position) || !isSum(crc64)) return false;
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
