/**
 * What goes wrong on the way: no answer, no byte in time, other bytes.
 * @module
 */
import { IntegrityError, NetworkError, TimeoutError } from "../errors.ts";
import type { Addressed } from "./address.ts";
import { noteSleep } from "./sleeps.ts";
import { unaddressable } from "./unaddressable.ts";

/** A browser tells nothing of a failed request: neither a cause nor a code. */
function isOpaque(cause: unknown): boolean {
  return cause instanceof TypeError && cause.cause === undefined && !("code" in cause);
}

/**
 * What the innermost cause says: those around it know only that it failed. Without a URL's query, which Deno shows
 * together with the signature in it.
 */
function reasonOf(cause: unknown): string {
  let reason = "";
  // A chain of causes may be a circle.
  for (let level = 0; level < 5 && cause instanceof Error; level++, cause = cause.cause) {
    const { message, code }: { message: string; code?: unknown } = cause;
    // Node tells of several addresses by a code alone.
    reason = message || (typeof code === "string" ? code : reason);
  }
  const bare = reason.replace(/(https?:\/\/[^\s?]*)\?\S*?(?=\)?:?(\s|$))/gi, "$1").replace(/\.$/, "");
  return bare && `: ${bare}`;
}

/**
 * Describes a request that got no answer, or only a part of one.
 * @param target the request
 * @param number how many times it was sent
 * @param cause what the runtime said
 * @param received bytes of the answer's body, or -1 when there was no answer
 * @returns the error that the caller sees; a TypeError where there is nothing to send it to
 */
export function networkError(
  target: Addressed,
  number: number,
  cause: unknown,
  received: number,
): NetworkError | TypeError {
  const nowhere = unaddressable(target);
  if (nowhere) return nowhere;
  const { request, title, url, host } = target;
  const what =
    received < 0 ? `no answer from ${host}` : `the connection to ${host} broke after ${received} bytes of the answer`;
  const times = number > 1 ? ` after ${number} attempts` : "";
  const hint = isOpaque(cause)
    ? request.key === undefined
      ? ". A page is not answered on service and bucket configuration calls, on objects only where a CORS rule allows it"
      : ". In a page, check the bucket's CORS rules"
    : "";
  return new NetworkError(`${title}: ${what}${times}${reasonOf(cause)}${hint}`, {
    method: request.method,
    url,
    attempts: number,
    cause,
  });
}

/**
 * Describes a time limit that ran out.
 * @param title the call and what it is for
 * @param limit the option that set it
 * @param ms the limit, in milliseconds
 * @param started when it began, by the wall clock
 * @returns the error that the caller sees
 */
export function timeoutError(
  title: string,
  limit: "timeout" | "stallTimeout",
  ms: number,
  started: number,
): TimeoutError {
  const what = limit === "timeout" ? `not done within ${ms} ms` : `no byte moved for ${ms} ms`;
  return noteSleep(new TimeoutError(`${title}: ${what}`, limit, ms), ms, started);
}

/**
 * Describes a body that the service stored otherwise.
 * @param title the call and what it is for
 * @param sent CRC-64 of what was sent
 * @param stored CRC-64 of what was stored
 * @returns the error that the caller sees
 */
export function alteredError(title: string, sent: bigint, stored: string): IntegrityError {
  return new IntegrityError(`${title}: stored with CRC-64 ${stored} instead of ${sent}`, "crc64", `${sent}`, stored);
}
