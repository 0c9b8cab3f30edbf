/**
 * Answers of a download: which bytes of which object they are.
 * @module
 */
import type { AnswerWatch } from "../../types.ts";

/** An answer whose body is not read yet. */
export interface Answer {
  readonly response: Response;
  readonly watch: AnswerWatch;
}

/** Which bytes of an object: the first, the one after the last, and how many there are. */
export interface Extent {
  readonly start: number;
  readonly end: number;
  /** Absent where a page may not know, and need not. */
  readonly total: number | undefined;
}

/** An object that can be read in parts. */
export interface InParts extends Answer {
  /** What is to be read of the object that this answer was of. */
  readonly extent: Extent;
  /** The byte after the last one of this answer; 0 when its body is of no use. */
  readonly end: number;
}

/** What a download begins with: parts, or a single answer with its body under guard. */
export type Opened =
  | { readonly parts: InParts; readonly single?: undefined }
  | { readonly single: Response; readonly parts?: undefined };

/** Headers that tell one object from another. */
export const IDENTITY: readonly string[] = ["etag", "x-oss-hash-crc64ecma", "x-oss-version-id"];

/**
 * The extent that an answer tells.
 * @param response the answer
 * @returns none where the header is missing or hidden from a page
 */
export function extentOf({ headers }: Response): (Extent & { readonly total: number }) | undefined {
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "");
  if (!found) return undefined;
  const [start, last, total] = found.slice(1).map(Number) as [number, number, number];
  return { start, end: last + 1, total };
}

/**
 * An encoded body is decoded by `fetch`, and a slice of it cannot be.
 * @param response the answer
 */
export function isEncoded({ headers }: Response): boolean {
  return /^(?!identity$)./i.test(headers.get("content-encoding") ?? "");
}
