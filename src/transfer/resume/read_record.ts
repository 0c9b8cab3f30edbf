/**
 * Reads records that may be anything by now.
 * @module
 */
import { MAX_PART, MAX_PARTS } from "../plan.ts";
import type { UploadRecord } from "./types.ts";

type Json = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

export const isCount = (value: unknown, least: number, most: number = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
export const isString: Check = (value) => typeof value === "string";
export const isText: Check = (value) => isString(value) && value !== "";
export const isTime: Check = (value) => Number.isFinite(value);
export const isPart: Check = (value) => isCount(value, 1, MAX_PART);
export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What is wrong with what there must be, and what there may be. */
export function fault(
  value: unknown,
  needed: Readonly<Record<string, Check>>,
  possible: Readonly<Record<string, Check>>,
): string | undefined {
  if (!isJson(value)) return "it is no object";
  const wrong =
    Object.keys(needed).find((name) => !needed[name]?.(value[name])) ??
    Object.keys(possible).find((name) => value[name] !== undefined && !possible[name]?.(value[name]));
  return wrong && `its ${wrong} is wrong or missing`;
}

/**
 * Checks what every record has.
 * @param value what a store had
 * @param id its name there
 * @returns what is wrong with it; nothing when it is a record
 */
export function recordFault(value: unknown, id: string): string | undefined {
  const needed = {
    id: isText,
    state: (state: unknown) => isString(state) && /^(running|paused|stopped|failed)$/.test(`${state}`),
    created: isTime,
    updated: isTime,
  };
  const possible = { handle: (handle: unknown) => typeof Object(handle).getFile === "function" };
  return (
    transferFault(value) ??
    fault(value, needed, possible) ??
    ((value as Json)["id"] === id ? undefined : "it has another name")
  );
}

/** Checks what records and checkpoints have in common. */
function transferFault(value: unknown): string | undefined {
  return fault(value, { version: (version) => version === 1, kind: isText, bucket: isText, key: isText }, {});
}

/** What there may be of everything that goes into a multipart upload. */
export function openedFields(): Readonly<Record<string, Check>> {
  return {
    since: isTime,
    completing: (whole: unknown) =>
      isJson(whole) && isCount(whole["size"], 0) && /^(undefined|\d{1,20})$/.test(String(whole["crc64"])),
  };
}

/**
 * Checks the record of an upload.
 * @param value what a store had
 * @param id its name there
 * @returns what is wrong with it; nothing when it is one
 */
export function uploadFault(value: unknown, id: string): string | undefined {
  const possible = { ...openedFields(), name: isString, lastModified: isTime };
  return recordFault(value, id) ?? leftFault(value) ?? fault(value, { asked: isTime }, possible);
}

/**
 * Checks what is left of an upload.
 * @param value its record, or its checkpoint
 * @returns what is wrong with it; nothing when it is one
 */
export function leftFault(value: unknown): string | undefined {
  const needed = {
    kind: (kind: unknown) => kind === "upload",
    // Its parts would have to do for it.
    partSize: (bytes: unknown) => {
      const { size = 0, sizes } = value as UploadRecord;
      return isPart(bytes) && (sizes !== undefined || Number(bytes) * MAX_PARTS >= size);
    },
    headers: (headers: unknown) => isJson(headers) && Object.values(headers).every(isString),
  };
  const possible = {
    uploadId: isText,
    size: (size: unknown) => isCount(size, 0, MAX_PART * MAX_PARTS),
    sizes: (sizes: unknown) => Array.isArray(sizes) && sizes.length <= MAX_PARTS && sizes.every(isPart),
  };
  return transferFault(value) ?? fault(value, needed, possible);
}
