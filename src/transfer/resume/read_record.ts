/**
 * Reads records that may be anything by now.
 * @module
 */
import { show } from "../../core/validate.ts";
import { MAX_PART, MAX_PARTS } from "../plan.ts";
import type { UploadRecord } from "./types.ts";

type Json = Readonly<Record<string, unknown>>;
type Checks = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isCount = (value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const isTime = (value: unknown): boolean => Number.isFinite(value);
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const isPart = (value: unknown): boolean => isCount(value, 1, MAX_PART);
const isSum = (value: unknown): boolean => typeof value === "string" && /^\d{1,20}$/.test(value);

const STATES: readonly unknown[] = ["running", "paused", "stopped", "failed"];

/** What every record has. */
const RECORD: Checks = {
  version: (value) => value === 1,
  kind: isText,
  id: isText,
  state: (value) => STATES.includes(value),
  bucket: isText,
  key: isText,
  created: isTime,
  updated: isTime,
};

/** What it may have. */
const MAYBE_RECORD: Checks = { handle: (value) => typeof Object(value).getFile === "function" };

/** What is left of an upload. */
const UPLOAD: Checks = {
  version: (value) => value === 1,
  kind: (value) => value === "upload",
  bucket: isText,
  key: isText,
  partSize: isPart,
  headers: (value) => isJson(value) && Object.values(value).every((one) => typeof one === "string"),
};

const MAYBE_UPLOAD: Checks = {
  uploadId: isText,
  size: (value) => isCount(value, 0, MAX_PART * MAX_PARTS),
  sizes: (value) => Array.isArray(value) && value.length <= MAX_PARTS && value.every(isPart),
};

/** What the record of an upload may have as well. */
const MAYBE_UPLOAD_RECORD: Checks = {
  since: isTime,
  name: (value) => typeof value === "string",
  lastModified: isTime,
  completing: (value) =>
    isJson(value) && isCount(value["size"], 0) && (value["crc64"] === undefined || isSum(value["crc64"])),
};

function fault(value: unknown, needed: Checks, possible: Checks): string | undefined {
  if (!isJson(value)) return "it is no object";
  const wrong =
    Object.entries(needed).find(([name, check]) => !check(value[name])) ??
    Object.entries(possible).find(([name, check]) => value[name] !== undefined && !check(value[name]));
  return wrong && `its ${wrong[0]} is wrong or missing`;
}

/**
 * Checks what every record has.
 * @param value what a store had
 * @param id its name there
 * @returns what is wrong with it; nothing when it is a record
 */
export function recordFault(value: unknown, id: string): string | undefined {
  return fault(value, RECORD, MAYBE_RECORD) ?? ((value as Json)["id"] === id ? undefined : "it has another name");
}

/**
 * Checks the record of an upload.
 * @param value what a store had
 * @param id its name there
 * @returns what is wrong with it; nothing when it is one
 */
export function uploadFault(value: unknown, id: string): string | undefined {
  return recordFault(value, id) ?? leftFault(value) ?? fault(value, { asked: isTime }, MAYBE_UPLOAD_RECORD);
}

function leftFault(value: unknown): string | undefined {
  const wrong = fault(value, UPLOAD, MAYBE_UPLOAD);
  if (wrong) return wrong;
  const { size = 0, partSize, sizes } = value as UploadRecord;
  // Its parts would not do for it.
  return !sizes && partSize * MAX_PARTS < size ? "its partSize is wrong or missing" : undefined;
}

/**
 * Checks what a caller says an earlier run left.
 * @param left the checkpoint, or the record
 * @param bucket that of the object that is to be uploaded
 * @param key its key
 * @throws TypeError when it is none, or that of another object
 */
export function checkLeft(left: unknown, bucket: string, key: string): void {
  const wrong = leftFault(left);
  if (wrong) throw new TypeError(`checkpoint must be that of an upload: ${wrong}`);
  const { bucket: itsBucket, key: itsKey } = left as UploadRecord;
  if (bucket !== itsBucket || key !== itsKey)
    throw new TypeError(`checkpoint must be that of ${show(key)}, got that of ${show(itsKey)} in ${show(itsBucket)}`);
}
