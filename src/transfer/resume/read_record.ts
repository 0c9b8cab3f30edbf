/**
 * Reads records that may be anything by now.
 * @module
 */
import { isHandle } from "../../streams/kinds.ts";
import { MAX_PART, MAX_PARTS } from "../plan.ts";
import type { UploadRecord } from "./types.ts";

type Check = (value: unknown) => boolean;

/** What each field must be. */
export type Checks = Readonly<Record<string, Check>>;

/** What need not be there. */
export const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
export const isCount = (value: unknown, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
export const isString: Check = (value) => typeof value === "string";
export const isText: Check = (value) => isString(value) && value !== "";
export const isTime: Check = (value) => Number.isFinite(value);
export const isPart: Check = (value) => isCount(value, 1, MAX_PART);
export const isSize: Check = (value) => isCount(value, 0, MAX_PART * MAX_PARTS);
export const isSum: Check = (value) => isString(value) && /^\d{1,20}$/.test(value as string);
export const areTexts: Check = (value) => Object(value) === value && Object.values(value as object).every(isString);

/**
 * Tells what is wrong.
 * @param value what a store had
 * @param checks what its fields must be
 * @returns nothing when all is as it must be
 */
export function fault(value: unknown, checks: Checks): string | undefined {
  if (Object(value) !== value || Array.isArray(value)) return "it is no object";
  const fields = value as Readonly<Record<string, unknown>>;
  const wrong = Object.keys(checks).find((name) => !checks[name]?.(fields[name]));
  return wrong && `its ${wrong} is wrong or missing`;
}

/**
 * Checks what every record has, and what is given beside that.
 * @param value what a store had
 * @param id its name there
 * @param checks what its other fields must be
 * @returns what is wrong with it; nothing when it is a record
 */
export function recordFault(value: unknown, id: string, checks: Checks = {}): string | undefined {
  return fault(value, {
    ...transferChecks(),
    id: (name) => name === id,
    state: (state) => /^(running|paused|stopped|failed)$/.test(state as string),
    endpoint: isText,
    created: isTime,
    updated: isTime,
    handle: maybe(isHandle),
    ...checks,
  });
}

/** What records and checkpoints have in common. */
function transferChecks(): Checks {
  return { version: (version) => version === 1, kind: isText, bucket: isText, key: isText };
}

/** What every record of a multipart upload has. */
export function multipartChecks(): Checks {
  return {
    asked: isTime,
    uploadId: maybe(isText),
    since: maybe(isTime),
    completing: maybe((whole) => fault(whole, { size: isSize, crc64: maybe(isSum) }) === undefined),
  };
}

/**
 * Checks the record of an upload.
 * @param value what a store had
 * @param id its name there
 * @returns what is wrong with it; nothing when it is one
 */
export function uploadFault(value: unknown, id: string): string | undefined {
  const checks = { ...leftChecks(value), ...multipartChecks(), name: maybe(isString), lastModified: maybe(isTime) };
  return recordFault(value, id, checks);
}

/**
 * Checks what is left of an upload.
 * @param value its record, or its checkpoint
 * @returns what is wrong with it; nothing when it is one
 */
export function leftFault(value: unknown): string | undefined {
  return fault(value, { ...transferChecks(), uploadId: maybe(isText), ...leftChecks(value) });
}

function leftChecks(value: unknown): Checks {
  const { size: total = 0, sizes: cut } = Object(value) as UploadRecord;
  return {
    kind: (kind) => kind === "upload",
    // Its parts would have to do for it.
    partSize: (bytes) => isPart(bytes) && (cut !== undefined || Number(bytes) * MAX_PARTS >= total),
    headers: areTexts,
    size: maybe(isSize),
    sizes: maybe((sizes) => Array.isArray(sizes) && sizes.length <= MAX_PARTS && sizes.every(isPart)),
  };
}

/**
 * Is it the record of a file that is done, and kept for its batch alone?
 * @param record what a store had
 */
export function isDone(record: unknown): boolean {
  return (Object(record) as Partial<UploadRecord>).done === true;
}
