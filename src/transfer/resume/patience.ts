/**
 * How long a transfer with a record waits for a service that does not answer.
 * @module
 */
import type { Turn } from "../job.ts";

/** Milliseconds that a service may be away: time for a restart, or for a way around what is broken. */
const PATIENCE = 120_000;

/** A transfer whose requests are made in turns. */
interface Turning {
  turn: Turn;
  readonly uploadId: string | undefined;
}

/**
 * Makes the requests of a transfer patient once it is open: what cannot be opened may be a bucket that a page will
 * never reach, and is told soon.
 * @param job the transfer; its `turn` is exchanged
 */
export function bePatient(job: Turning): void {
  const { turn } = job;
  job.turn = (work, once) =>
    turn((call) => {
      const { maxRetryTime = job.uploadId === undefined ? undefined : PATIENCE } = call;
      return work({ ...call, maxRetryTime });
    }, once);
}
