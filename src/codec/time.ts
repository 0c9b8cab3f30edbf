/**
 * The three date formats of OSS: ISO-8601 basic (signatures), HTTP dates (headers), ISO-8601 (documents).
 * @module
 */

/** ISO-8601: a day, or a time with its zone (a local time would depend on the machine). */
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/;
const HTTP = /^\w{3}, \d\d? \w{3} \d{4} \d\d:\d\d:\d\d GMT$/;

/** The second that was formatted last, and its text: many requests are signed within one. */
let formatted: number | undefined;
let text = "";

/**
 * Formats a time as signatures want it.
 * @param date the time; milliseconds are cut off
 * @returns ISO-8601 basic, UTC: `20231216T162057Z`
 * @throws RangeError for an invalid date
 * @example
 * ```ts
 * import { isoBasic } from "./time.ts";
 * console.log(isoBasic(new Date(0))); // "19700101T000000Z"
 * ```
 */
export function isoBasic(date: Date): string {
  const second = Math.floor(+date / 1000);
  if (second !== formatted) text = date.toISOString().replace(/-|:|\.\d+/g, "");
  formatted = second;
  return text;
}

/**
 * Formats a time as HTTP headers want it.
 * @param date the time; milliseconds are cut off
 * @returns an RFC 1123 date: `Sat, 16 Dec 2023 16:20:57 GMT`
 * @throws RangeError for an invalid date
 * @example
 * ```ts
 * import { httpDate } from "./time.ts";
 * console.log(httpDate(new Date(0))); // "Thu, 01 Jan 1970 00:00:00 GMT"
 * ```
 */
export function httpDate(date: Date): string {
  // Throws where `toUTCString` says "Invalid Date", which no service refuses.
  date.toISOString();
  return date.toUTCString();
}

/**
 * Reads an ISO-8601 or an HTTP date; nothing else, since `Date` guesses differently in each engine.
 * @param text `2023-12-16T16:20:57.000Z`, `2023-12-16` or `Sat, 16 Dec 2023 16:20:57 GMT`
 * @returns the time, or `undefined` when the text is none
 * @example
 * ```ts
 * import { parseDate } from "./time.ts";
 * console.log(parseDate("2023-12-16T16:20:57Z")?.getTime()); // 1702743657000
 * ```
 */
export function parseDate(text: string): Date | undefined {
  const date = new Date(ISO.test(text) || HTTP.test(text) ? text : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
