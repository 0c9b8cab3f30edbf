/**
 * One attempt: signed, sent, watched, its answer checked and read.
 * @module
 */
import { isPromise } from "../signing/canonical.ts";
import type { AnswerWatch, Credentials } from "../types.ts";
import { href } from "./address.ts";
import type { Call } from "./call.ts";
import { failure, guards, limitTimer } from "./late.ts";
import { scriptOwnsRequests } from "./runtime.ts";
import { signedHeaders } from "./sign.ts";

/**
 * Makes one attempt.
 * @param call what all attempts share
 * @param number of this attempt, from 1
 * @param credentials who signs; none for anonymous clients
 * @returns what the reader made of the answer
 * @throws ServiceError, NetworkError, TimeoutError, IntegrityError, or what the reader or the signal's reason is
 */
export async function attempt<T>(call: Call<T>, number: number, credentials: Credentials | undefined): Promise<T> {
  const { body, integrity, stallTimeout, target, signal: outer } = call;
  const { request, title } = target;
  const { crc64 } = request;
  const controller = new AbortController();
  // What nobody can abort from outside needs no joint signal, which costs more than the rest of a small request.
  const signal = outer ? AbortSignal.any([outer, controller.signal]) : controller.signal;
  let giveUp: (() => void) | undefined;
  const stall = limitTimer(
    (reason) => {
      controller.abort(reason);
      giveUp?.();
    },
    title,
    "stallTimeout",
  );
  /** Waits anew; longer by a millisecond for each 16 bytes that may still be on their way out, of which nothing is seen. */
  const begin = (bytes = 0): void => {
    if (!signal.aborted) stall.start(stallTimeout + bytes / 16);
  };
  const checked = integrity !== "none";
  const initial = checked && crc64 && crc64.body === undefined ? (crc64.before ?? 0n) : undefined;
  const opened = body?.open(initial, begin);
  const fail: AnswerWatch["fail"] = async (cause, received) =>
    signal.aborted
      ? signal.reason
      : failure().then(
          ({ networkError }) => networkError(target, number, cause, received),
          () => cause,
        );

  const run = async (): Promise<T> => {
    const headers = await signedHeaders(call, opened, credentials, signal);
    // The call may have ended meanwhile: then nothing is sent for it any more.
    signal.throwIfAborted();
    begin(opened?.visible ? 0 : body?.length);
    const pending = call
      .fetch(href(target.url, target.query), {
        method: request.method,
        headers,
        signal,
        redirect: "manual",
        // A page would read from its HTTP cache; workerd knows no such option.
        ...(opened?.init ?? (!scriptOwnsRequests() && { cache: "no-store" })),
      })
      .catch(async (cause: unknown) => {
        throw (await opened?.failure?.()) ?? (await fail(cause, -1));
      });
    // A body whose sending nobody sees is summed up while it travels; an early refusal does not wait for that.
    const early = opened?.visible ? undefined : opened?.checksum(signal);
    const response = await (isPromise(early) ? Promise.race([pending, early.then(() => pending)]) : pending);
    if (signal.aborted) response.body?.cancel().catch(() => undefined);
    signal.throwIfAborted();
    const watch: AnswerWatch = {
      title,
      signal,
      request,
      checked,
      begin,
      end: stall.stop,
      fail,
      text: async (most) => (await guards()).readText(response, watch, most),
    };
    if (!response.ok && !request.accept?.includes(response.status)) {
      throw await (await failure()).readServiceError(response, target, number, watch.text);
    }
    const stored = response.headers.get("x-oss-hash-crc64ecma");
    if (checked && crc64 && stored !== null) {
      const sent = crc64.body ?? (await early) ?? (await opened?.checksum(signal));
      // Where it is none, the two are equal.
      if (`${sent ?? stored}` !== stored) throw (await failure()).alteredError(title, sent as bigint, stored);
    }
    return call.read(response, watch);
  };

  try {
    return await new Promise<T>((resolve, reject) => {
      // Ports may ignore their signal; a call must not. What it rejects with is overruled below.
      giveUp = reject;
      // Left out where nobody can abort from outside, for it costs as much as the checksum of a small body.
      if (outer) signal.onabort = reject;
      run().then(resolve, reject);
    });
  } catch (error) {
    // Runtimes surface the reason of an abort in many ways: the caller gets it as it was given.
    controller.abort(error);
    throw signal.reason;
  } finally {
    // The caller's signal may live long, and would keep the result alive as well.
    if (outer) signal.onabort = null;
    stall.stop();
  }
}
