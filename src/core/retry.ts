/**
 * When to try again.
 * @module
 */
import { isOSSError, ServiceError } from "../errors.ts";

/** How calls are repeated. */
export interface RetryOptions {
  /** Attempts in all, the first one included: a whole number, at least 1. @default 4 */
  readonly attempts?: number | undefined;
  /** Milliseconds: the pause after attempt n is drawn from 0 to `base` x 2^n. @default 200 */
  readonly base?: number | undefined;
  /** Longest pause in milliseconds. @default 20_000 */
  readonly max?: number | undefined;
  /** Decides instead of the built-in rule; it never makes a request with a spent stream repeatable. */
  readonly shouldRetry?: ((error: unknown, attempt: number) => boolean) | undefined;
}

/**
 * Tells whether a failure may pass when the same request is sent again.
 * @param error what an attempt threw
 * @returns whether trying again may help
 */
export function isTransient(error: unknown): boolean {
  if (!isOSSError(error)) return false;
  if (!(error instanceof ServiceError)) return /^(Network|Timeout|Integrity|Credentials)Error$/.test(error.name);
  return (
    error.code === "RequestTimeout" ||
    error.status === 408 ||
    error.status === 429 ||
    (error.status >= 500 && error.status !== 501)
  );
}

/**
 * The pause before the next attempt: full jitter.
 * @param attempt number of the attempt that failed, from 1
 * @param options base and ceiling
 * @returns milliseconds
 */
export function pause(attempt: number, { base = 200, max = 20_000 }: RetryOptions): number {
  // Nonsense means no pause rather than one that never ends.
  const ceiling = Math.min(max, base * 2 ** attempt, 2 ** 31 - 1);
  return ceiling > 0 ? Math.random() * ceiling : 0;
}
