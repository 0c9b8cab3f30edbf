/**
 * Requests without an answer.
 * @module
 */
import { NetworkError } from "../errors.ts";
import type { Addressed } from "./address.ts";

/** A browser tells nothing of a failed request: neither a cause nor a code. */
function isOpaque(cause: unknown): boolean {
  return cause instanceof TypeError && cause.cause === undefined && !("code" in cause);
}

/**
 * Describes a request that got no answer, or only a part of one.
 * @param target the request
 * @param number how many times it was sent
 * @param cause what the runtime said
 * @param received bytes of the answer's body, or -1 when there was no answer
 */
export function networkError(target: Addressed, number: number, cause: unknown, received: number): NetworkError {
  const { request, title, url } = target;
  const what = received < 0 ? "no answer" : `the connection broke after ${received} bytes of the answer`;
  const times = number > 1 ? ` after ${number} attempts` : "";
  const hint = isOpaque(cause)
    ? request.key === undefined
      ? ". A page is not answered on service and bucket configuration calls, and on objects only where a CORS rule of the bucket allows it"
      : ". In a page, check the bucket's CORS rules"
    : "";
  return new NetworkError(`${title}: ${what}${times}${hint}`, { method: request.method, url: url.href, attempts: number, cause });
}
