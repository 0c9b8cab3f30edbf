/**
 * The one door to the network: requests are addressed, sent and, where that is safe, sent again.
 * @module
 */
import { TimeoutError } from "../errors.ts";
import type { CallOptions, Client, ClientContext, Credentials, Integrity, OSSRequest, Reader } from "../types.ts";
import { address } from "./address.ts";
import { attempt, type Call } from "./attempt.ts";
import { prepareBody } from "./body.ts";
import type { Clock } from "./clock.ts";
import type { CredentialsSource } from "./credentials.ts";
import type { DebugEvent, ClientOptions, Fetch } from "./options.ts";
import { createTimer } from "./timer.ts";

/** What sending works with. */
export interface SenderSetup extends Pick<ClientOptions, "sign" | "timeout" | "debug"> {
  readonly context: ClientContext;
  readonly source: CredentialsSource;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly retry: NonNullable<ClientOptions["retry"]>;
  readonly stallTimeout: number;
  readonly integrity: Integrity;
}

/** Where the code for failures is; asked for early, since it may not be had when the network is gone. */
const failure = (): Promise<typeof import("./failure.ts")> => import("./failure.ts");

/**
 * Makes a client's `send`.
 * @param setup what the client was created with
 */
export function createSend(setup: SenderSetup): Client["send"] {
  const { source, clock, retry, context, fetch, sign, debug } = setup;

  async function send<T>(request: OSSRequest, options: CallOptions, read: Reader<T>): Promise<T> {
    options.signal?.throwIfAborted();
    const target = address(context, request);
    const { timeout = setup.timeout, stallTimeout = setup.stallTimeout, integrity = setup.integrity, maxBuffer } = options;
    const limiter = new AbortController();
    const limit = createTimer((ms) => limiter.abort(new TimeoutError(`${target.title}: not done within ${ms} ms`, "timeout", ms)));
    if (timeout !== undefined) limit.start(timeout);
    const signal = options.signal ? AbortSignal.any([options.signal, limiter.signal]) : limiter.signal;
    failure().catch(() => undefined);
    try {
      const body = request.body === undefined ? undefined : await prepareBody(request.body, target.length, maxBuffer);
      const done: Set<"clock" | "credentials" | "integrity"> = new Set();
      for (let number = 1; ; number++) {
        const started = clock.now();
        const report = (outcome: Pick<DebugEvent, "status" | "error">): void =>
          debug?.({
            operation: target.operation,
            method: request.method,
            url: target.url.href,
            attempt: number,
            milliseconds: clock.now() - started,
            ...outcome,
          });
        const call: Call<T> = {
          ...{ context, fetch, sign, target, body, stallTimeout, integrity, signal },
          read(response, watch) {
            report({ status: response.status });
            return read(response, watch);
          },
        };
        let credentials: Credentials | undefined;
        try {
          if (!body?.form) credentials = await source.get(signal);
          return await attempt(call, number, credentials);
        } catch (error) {
          if (signal.aborted) throw signal.reason;
          report({ error });
          await (await failure()).recover({ call, clock, source, retry, done }, error, number, credentials);
        }
      }
    } finally {
      limit.stop();
    }
  }

  return <T>(request: OSSRequest, options: CallOptions = {}, read?: Reader<T>): Promise<T> =>
    send(request, options, read ?? ((response) => response as T));
}
