/**
 * What `debug` is told of each attempt; loaded only where it is given.
 * @module
 */
import type { Addressed } from "./address.ts";
import type { Clock } from "./clock.ts";
import type { Debug, Fetch } from "./options.ts";

/** Watches one attempt. */
export interface Observer {
  /** A `fetch` that notes the status. */
  readonly fetch: Fetch;
  /** Tells how the attempt ended, without secrets. */
  report(error?: unknown): void;
}

/**
 * Begins to watch an attempt.
 * @param debug is told of it
 * @param setup `fetch` sends it; `clock` measures it, corrections in between do not count
 * @param target the request
 * @param number of the attempt, from 1
 * @returns what sends the attempt and reports it
 */
export function observe(
  debug: Debug,
  { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock },
  target: Addressed,
  number: number,
): Observer {
  const local = (): number => clock.now() - clock.offset;
  const started = local();
  let status: number | undefined;
  return {
    async fetch(url, init) {
      const response = await fetch(url, init);
      status = response.status;
      return response;
    },
    report(error) {
      const { operation, request, url } = target;
      const milliseconds = local() - started;
      try {
        debug({ operation, method: request.method, url, attempt: number, milliseconds, status, error });
      } catch {
        // Whoever listens must not turn what was stored into a failure.
      }
    },
  };
}
