/**
 * The one door to the network: requests are addressed, sent and, where that is safe, sent again.
 * @module
 */

import type { Timer } from "../timer.ts";
import type { CallOptions, Client, ClientContext, Credentials, Integrity, OSSRequest, Reader } from "../types.ts";
import { address } from "./address.ts";
import { attempt } from "./attempt.ts";
import { prepareBody } from "./body.ts";
import type { Call, Course, SendableBody } from "./call.ts";
import type { Clock } from "./clock.ts";
import type { CredentialsSource } from "./credentials_source.ts";
import { failure, guards, limitTimer } from "./late.ts";
import type { ClientOptions, Fetch } from "./options.ts";

/** What sending works with. */
export interface SenderSetup extends Pick<ClientOptions, "sign" | "timeout" | "debug"> {
  readonly context: ClientContext;
  readonly source: CredentialsSource;
  readonly clock: Clock;
  readonly fetch: Fetch;
  /** Is it the runtime's own? Others may not take streams. */
  readonly direct: boolean;
  readonly retry: NonNullable<ClientOptions["retry"]>;
  readonly stallTimeout: number;
  readonly integrity: Integrity;
}

/** Hands the answer over, its body under guard. */
const handOver: Reader<Response> = async (response, watch) => (await guards()).guard(response, watch);

/**
 * Makes a client's `send`.
 * @param setup what the client was created with
 * @returns the function that every call goes through
 */
export function createSend(setup: SenderSetup): Client["send"] {
  return async function send<T>(
    request: OSSRequest,
    options: CallOptions = {},
    read: Reader<T> = handOver as Reader<T>,
  ): Promise<T> {
    let { signal } = options;
    signal?.throwIfAborted();
    const target = address(setup.context, request);
    const { timeout = setup.timeout, stallTimeout = setup.stallTimeout, integrity = setup.integrity } = options;
    let limit: Timer | undefined;
    if (timeout !== undefined) {
      const limiter = new AbortController();
      limit = limitTimer((reason) => limiter.abort(reason), target.title, "timeout");
      limit.start(timeout);
      signal = signal ? AbortSignal.any([signal, limiter.signal]) : limiter.signal;
    }
    // Asked for early: it may not be had when the network is gone.
    failure().catch(() => undefined);
    let body: SendableBody | undefined;
    try {
      if (request.body !== undefined || request.crc64) body = await prepareBody(target, options, signal, setup.direct);
      const course: Course = { begun: setup.clock.now() };
      for (let number = 1; ; number++) {
        const { offset } = setup.clock;
        const observer = setup.debug && (await import("./observe.ts")).observe(setup.debug, setup, target, number);
        // Spelt out: spreading the whole set-up would cost as much as the signature.
        const call: Call<T> = {
          fetch: (observer || setup).fetch,
          context: setup.context,
          sign: setup.sign,
          target,
          body,
          read,
          signal,
          stallTimeout,
          integrity,
        };
        let credentials: Credentials | undefined;
        try {
          if (!body?.form && !setup.sign) credentials = await setup.source.get(signal);
          const result = await attempt(call, number, credentials);
          observer?.report();
          return result;
        } catch (error) {
          signal?.throwIfAborted();
          observer?.report(error);
          const { recover } = await failure().catch(() => {
            throw error;
          });
          const done = await recover({ ...setup, attempt, call, options, offset, course, number, credentials }, error);
          if (done) return done as T;
        }
      }
    } finally {
      limit?.stop();
      body?.close?.();
    }
  };
}
