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
export const is =
  (expected: unknown): Check =>
  (value) =>
    value === expected;
const areTexts: Check = (value) => !fault(value, {}) && Object.values(value as object).every(isString);

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
    version: is(1),
    id: is(id),
    kind: isText,
    state: (state) => ["running", "paused", "stopped", "failed"].includes(state as string),
    endpoint: isText,
    bucket: isText,
    key: isText,
    created: isTime,
    updated: isTime,
    handle: maybe(isHandle),
    ...checks,
  });
}

/** What every record of a multipart upload has, but for what hardly any has: see `rare_fields.ts`. */
export function multipartChecks(): Checks {
  return {
    asked: isTime,
    uploadId: maybe(isText),
    since: maybe(isTime),
    headers: areTexts,
  };
}

/**
 * Checks the record of an upload, but for its rare fields.
 * @param value what a store had
 * @param id its name there
 * @returns what is wrong with it; nothing when it is one
 */
export function uploadFault(value: unknown, id: string): string | undefined {
  const { size: total = 0, sizes: cut } = Object(value) as Partial<UploadRecord>;
  return recordFault(value, id, {
    ...multipartChecks(),
    kind: is("upload"),
    size: maybe(isSize),
    // Its parts would have to do for it.
    partSize: (bytes) => isPart(bytes) && (cut !== undefined || Number(bytes) * MAX_PARTS >= total),
    name: maybe(isString),
    lastModified: maybe(isTime),
  });
}

/**
 * Is it the record of a file that is done, and kept for its batch alone?
 * @param record what a store had
 */
export function isDone(record: unknown): boolean {
  return (Object(record) as Partial<UploadRecord>).done === true;
}
