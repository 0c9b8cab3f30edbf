/**
 * Checks the fields that hardly any record has. Loaded on demand.
 * @module
 */
import type { Lost } from "../../core/call.ts";
import { MAX_PART, MAX_PARTS, MIN_PART } from "../plan.ts";
import { type Checks, fault, isPart, isSize, isString, isTime, maybe } from "./read_record.ts";
import type { UploadRecord } from "./types.ts";

/** A CRC-64 in decimal digits. */
export const isSum = (value: unknown): boolean => isString(value) && /^\d{1,20}$/.test(value as string);

/**
 * Makes a check for objects.
 * @param checks what their fields must be
 */
export const has =
  (checks: Checks) =>
  (value: unknown): boolean =>
    fault(value, checks) === undefined;

/**
 * Checks what was written down of parts that adapted, of an opening that was tried before, and of a completion.
 * @param value the record of a multipart upload, or a checkpoint
 * @returns what is wrong with it; nothing when it is as it must be
 */
export function rareFault(value: unknown): string | undefined {
  const { size: total } = Object(value) as Pick<UploadRecord, "size">;
  return fault(value, {
    sizes: maybe((sizes) => Array.isArray(sizes) && areParts(sizes, total)),
    lost: maybe(isLost),
    completing: maybe(has({ size: isSize, crc64: maybe(isSum) })),
  });
}

/** So often opening may have been tried, by many runs: as many uploads may be deleted as others', if it is wrong. */
const MOST_TRIES = 1000;

function isLost(value: unknown): boolean {
  return has({ times: isTime, begun: isTime, again: isTime })(value) && (value as Lost).times <= MOST_TRIES;
}

/** Would the service take parts of these lengths, and are they, with others behind them, the whole? */
function areParts(sizes: readonly unknown[], total: number | undefined): boolean {
  // Of a body whose length nobody knows, any part may have been the last.
  let left = total ?? Number.NaN;
  for (const bytes of sizes) {
    if (!isPart(bytes) || (bytes as number) < Math.min(MIN_PART, left)) return false;
    left -= bytes as number;
    if (left < 0) return false;
  }
  return sizes.length + (left || 0) / MAX_PART <= MAX_PARTS;
}
