/**
 * The time of a request: two formats, both strict, and how far it may be from the server's.
 * @module
 */
import { accessDenied, MAX_SKEW, timeTooSkewed } from "./verify_faults.ts";
import type { VerifyOptions } from "./verify_types.ts";

const ISO: RegExp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const HTTP: RegExp = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * Spells a time as V4 signs it.
 * @param time milliseconds
 * @returns `20231203T121212Z`
 */
export function isoTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/**
 * Reads `20231203T121212Z`.
 * @returns milliseconds, or `undefined` for anything else, impossible dates included
 */
export function parseIso(text: string): number | undefined {
  const time = Date.parse(text.replace(ISO, "$1-$2-$3T$4:$5:$6Z"));
  return ISO.test(text) && !Number.isNaN(time) ? time : undefined;
}

/**
 * Reads either format of a request's date: the basic ISO form or that of HTTP.
 * @returns milliseconds, or `undefined`
 */
export function parseTime(text: string): number | undefined {
  const time = HTTP.test(text) ? Date.parse(text) : parseIso(text);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * The time of a request that is signed in its header; `x-oss-date` counts before `Date`.
 * @throws ServiceFault AccessDenied when it has none or an unreadable one, RequestTimeTooSkewed
 */
export function requestTime(headers: ReadonlyMap<string, string>, options: VerifyOptions): number {
  const message = "OSS authentication requires a valid Date.";
  const text = headers.get("x-oss-date") ?? headers.get("date");
  if (text === undefined) throw accessDenied(message, "0002-00000503");
  const time = parseTime(text);
  if (time === undefined) throw accessDenied(message, "0002-00000505");
  if (!options.lenient.has("skew") && Math.abs(options.now - time) > MAX_SKEW) throw timeTooSkewed(time, options.now);
  return time;
}
