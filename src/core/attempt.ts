/**
 * One attempt: signed, sent, watched, its answer checked and read.
 * @module
 */
import { IntegrityError, TimeoutError } from "../errors.ts";
import type { AnswerWatch, ClientContext, Credentials, Integrity, Reader } from "../types.ts";
import { type Addressed, href } from "./address.ts";
import type { OpenBody, SendableBody } from "./body.ts";
import type { Fetch, Sign } from "./options.ts";
import { fixedLengthStream, scriptOwnsRequests } from "./runtime.ts";
import { signedHeaders } from "./sign.ts";
import { createTimer } from "./timer.ts";

/** What the attempts of one call share. */
export interface Call<T> {
  readonly context: ClientContext;
  readonly fetch: Fetch;
  readonly sign: Sign | undefined;
  readonly target: Addressed;
  readonly body: SendableBody | undefined;
  readonly read: Reader<T>;
  readonly stallTimeout: number;
  readonly integrity: Integrity;
  /** Aborts with the caller's signal and the call's time limit. */
  readonly signal: AbortSignal;
}

/** Bytes per millisecond that a body is granted where nothing shows how much of it has left. */
const SLOWEST = 16;

/** Compares the CRC-64 that the service computed with our own. */
function verifySent(title: string, response: Response, sent: bigint | undefined): void {
  const stored = response.headers.get("x-oss-hash-crc64ecma");
  if (sent !== undefined && stored !== null && stored !== `${sent}`) {
    throw new IntegrityError(`${title}: stored with CRC-64 ${stored} instead of ${sent}`, "crc64", `${sent}`, stored);
  }
}

/**
 * Makes one attempt.
 * @param call what all attempts share
 * @param number of this attempt, from 1
 * @param credentials who signs; none for anonymous clients
 * @throws ServiceError, NetworkError, TimeoutError, IntegrityError, or what the reader or the signal's reason is
 */
export async function attempt<T>(call: Call<T>, number: number, credentials: Credentials | undefined): Promise<T> {
  const { body, integrity, stallTimeout, target } = call;
  const { request, title } = target;
  const { method, crc64 } = request;
  const controller = new AbortController();
  const signal = AbortSignal.any([call.signal, controller.signal]);
  const stall = createTimer((ms) => controller.abort(new TimeoutError(`${title}: no byte moved for ${ms} ms`, "stallTimeout", ms)));
  const checked = integrity === "crc64";
  const sum = checked && crc64 && crc64.body === undefined ? (crc64.before ?? 0n) : undefined;
  const tick = (): void => stall.start(stallTimeout + (opened?.visible ? 0 : (body?.length ?? 0) / SLOWEST));
  const opened: OpenBody | undefined = body?.open(sum, tick);
  const fail: AnswerWatch["fail"] = async (cause, received) =>
    signal.aborted ? signal.reason : (await import("./failure.ts")).networkError(target, number, cause, received);
  try {
    const headers = await signedHeaders(call, opened, credentials, signal);
    tick();
    const pending = call
      .fetch(href(target.url, target.query), {
        method,
        headers,
        signal,
        redirect: "manual",
        // A page would be answered from its HTTP cache; workerd knows no such option.
        ...(!scriptOwnsRequests() && !fixedLengthStream() && { cache: "no-store" }),
        ...opened?.init,
      })
      .catch(async (cause: unknown) => {
        throw opened?.failure?.() ?? (await fail(cause, -1));
      });
    // A body whose sending nobody sees is summed up while it travels.
    const [response, early] = await Promise.all([pending, opened?.visible ? undefined : opened?.checksum(signal)]);
    stall.start(stallTimeout);
    const watch: AnswerWatch = {
      title,
      checksum: checked && method === "GET" && response.status === 200 && !("x-oss-process" in (request.query ?? {})),
      begin: () => stall.start(stallTimeout),
      end: stall.stop,
      fail,
      text: () =>
        response.text().catch(async (cause: unknown) => {
          throw await fail(cause, 0);
        }),
    };
    if (!response.ok && !request.accept?.includes(response.status)) {
      throw await (await import("./failure.ts")).readServiceError(response, target, number);
    }
    if (checked && crc64) verifySent(title, response, crc64.body ?? early ?? (await opened?.checksum(signal)));
    return await call.read(response, watch);
  } catch (error) {
    // Runtimes surface the reason of an abort in many ways: the caller gets it as it was given.
    const reason = signal.aborted ? signal.reason : error;
    controller.abort(reason);
    opened?.close?.(reason);
    throw reason;
  } finally {
    stall.stop();
  }
}
