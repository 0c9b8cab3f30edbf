/**
 * What follows a broken body: go on from the byte where it broke, or give up. Loaded on demand.
 * @module
 */
import { isTransient, pause } from "../../core/retry.ts";
import { sleep } from "../../core/wait.ts";
import { isOSSError } from "../../errors.ts";
import type { DownloadJob } from "./job.ts";

/** Bytes that make a request worth its while, so that the next failure counts as the first. */
const WORTHWHILE = 65_536;
/** How often in a row it may bring less. */
const ATTEMPTS = 5;

/**
 * Decides whether a part goes on.
 * @param job the download
 * @param failure the error that the caller would see of a broken connection
 * @param cause what was thrown
 * @param received bytes that this request brought
 * @param failures how often in a row requests have brought little before
 * @returns how often they have now
 * @throws the error, when trying again would not help or did not
 */
export async function goOn(
  job: DownloadJob,
  failure: unknown,
  cause: unknown,
  received: number,
  failures: number,
): Promise<number> {
  const error = isOSSError(cause) ? cause : failure;
  const count = received < WORTHWHILE ? failures + 1 : 1;
  if (!isTransient(error) || count > ATTEMPTS) throw error;
  // A connection that brought something is made anew at once.
  if (received === 0) await sleep(pause(count, { base: 50 }), job.call.signal);
  return count;
}
