/**
 * How long a transfer with a record waits for a service that does not answer.
 * @module
 */
import type { CallOptions } from "../../types.ts";
import type { Turn } from "../job.ts";

/** Milliseconds that a service may be away: time for a restart, or for a way around what is broken. */
const PATIENCE = 120_000;

/**
 * Makes a request patient, unless the caller has said how patient it shall be.
 * @param call its options
 */
export function patiently<C extends CallOptions>(call: C): C {
  const { maxRetryTime = PATIENCE } = call;
  return { ...call, maxRetryTime };
}

/** A transfer whose requests are made in turns. */
interface Turning {
  turn: Turn;
  readonly uploadId?: string | undefined;
}

/**
 * Makes the requests of a transfer patient once it is open, now or in an earlier run: what was never reached may be a
 * bucket that a page cannot reach at all, and is told soon.
 * @param job the transfer; its `turn` is exchanged
 * @param before its record
 */
export function bePatient(job: Turning, before: Pick<Turning, "uploadId"> | undefined): void {
  const { turn } = job;
  job.turn = (work, once) => turn((call) => work((job.uploadId ?? before?.uploadId) ? patiently(call) : call), once);
}
