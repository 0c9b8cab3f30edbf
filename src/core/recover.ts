/**
 * What follows a failed attempt: correct the clock, fetch credentials anew, wait, or give up.
 * @module
 */
import { isOSSError, ServiceError } from "../errors.ts";
import type { RepeatedOptions } from "./call.ts";
import { isOffline, untilOnline } from "./connection.ts";
import type { CredentialsSource } from "./credentials_source.ts";
import { findOwn, isRecognisable, type Looking } from "./own_put.ts";
import { isTransient, pause, type RetryOptions } from "./retry.ts";
import { ranOutInSleep } from "./sleeps.ts";
import { sleep } from "./wait.ts";

/** A call that failed, and what of it has been mended already. */
export interface Failing extends Looking {
  /** The clock's offset when the attempt began. */
  readonly offset: number;
  readonly source: CredentialsSource;
  readonly retry: RetryOptions;
  readonly options: RepeatedOptions;
}

const EXPIRED = /^(SecurityTokenExpired|InvalidSecurityToken|AccessKeyIdAndSecurityTokenNotMatch|InvalidAccessKeyId)$/;

/** Did temporary keys end? Others are asked for once; permanent keys do not come back to life. */
function isExpiry(error: unknown, { source, credentials, course }: Failing): boolean {
  if (!(error instanceof ServiceError) || !EXPIRED.test(error.code) || !credentials?.securityToken) return false;
  if (course.credentials) return false;
  course.credentials = true;
  return source.doubt(credentials, true);
}

/** Milliseconds after which the service takes no signature any more. */
const STALE = 900_000;

/** Does a wrong clock of ours stand behind the refusal, or an old signature? It is set right once. */
function isSkew(error: unknown, { clock, offset, course }: Failing): boolean {
  if (!(error instanceof ServiceError) || error.code !== "RequestTimeTooSkewed" || course.clock) return false;
  course.clock = true;
  // Not x-oss-server-time, which is the time that the service took.
  const time = error.serverTime?.getTime() ?? Date.parse(error.headers.get("date") ?? "");
  if (Number.isFinite(time)) clock.learn(time);
  // Another call may have learnt it first. Below a second it cannot be what the service complained of: then the machine
  // slept before the request had left, or a browser kept it waiting for a connection.
  return Math.abs(clock.offset - offset) >= 1000 || clock.now() - course.begun > STALE - 1000;
}

/** A page cannot read why HEAD was forbidden when the bucket hides that header; the answer to GET has it in its body. */
async function lookBehind({ attempt, call, number, credentials }: Failing, error: unknown): Promise<unknown> {
  const { target } = call;
  if (!(error instanceof ServiceError) || error.code !== "Forbidden" || target.request.method !== "HEAD") return error;
  const headers = { ...target.headers, range: "bytes=0-0" };
  // There is no GET ?objectMeta.
  const query = target.query.filter(([name]) => name !== "objectMeta");
  const method = "GET" as const;
  const probe = { ...target, method, query, headers, request: { ...target.request, method } };
  const read = (response: Response): void => {
    response.body?.cancel().catch(() => undefined);
  };
  return attempt({ ...call, target: probe, read }, number, credentials).then(
    () => error,
    (found: unknown) => (found instanceof ServiceError ? found : error),
  );
}

/** Was bytes' first attempt redirected (`unfollowed` in source_body.ts)? Then nothing was stored, and another one tells more. */
function isRedirect(error: unknown): boolean {
  const { cause } = Object(error);
  return /unexpected redirect/.test(Object(Object(cause).cause).message);
}

/** How many milliseconds the service asks to wait. */
function requestedDelay(error: unknown, now: number): number {
  if (!(error instanceof ServiceError)) return 0;
  const after = error.headers.get("retry-after") ?? "0";
  const delay = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now;
  return Math.max(delay || 0, Number(error.headers.get("x-oss-qos-delay-time")) || 0);
}

/** Did the service, or who gives the keys for it, not answer? A gateway may answer for a service that is down. */
function isSilence(error: unknown): boolean {
  if (!isOSSError(error) || !isTransient(error)) return false;
  const { name, cause } = error;
  if (error instanceof ServiceError) return error.status >= 500;
  // What `fetch` fails with: a provider that has something to say says it otherwise.
  return /^(Network|Timeout)Error$/.test(name) || cause instanceof TypeError;
}

/**
 * Decides what follows a failed attempt.
 * @param failing the call
 * @param caught what the attempt threw
 * @returns when it may be sent again; with its result when it turned out to be done
 * @throws the failure, when it may not; the signal's reason, when it was aborted meanwhile
 */
export async function recover(failing: Failing, caught: unknown): Promise<unknown> {
  const { attempt, call, options, source, retry, clock, course, number, credentials } = failing;
  const { body, signal, target } = call;
  if (isRedirect(caught)) return attempt(call, number, credentials);
  const error = await lookBehind(failing, caught);
  signal?.throwIfAborted();
  // What opens an upload is granted time to be answered, not to be sent again.
  const { opening } = options;
  opening?.controller.signal.throwIfAborted();
  if (body?.spent?.()) throw error;
  if (isSkew(error, failing)) return undefined;
  if (isExpiry(error, failing)) return undefined;
  const name = isOSSError(error) ? error.name : "";
  // Sent again after a lost answer, what must not replace anything would find itself in the way.
  const once = target.headers["x-oss-forbid-overwrite"] === "true";
  if (once && course.lost && (error as Partial<ServiceError>).code === "FileAlreadyExists") {
    const found = await findOwn(failing).catch(() => undefined);
    signal?.throwIfAborted();
    if (!found) throw error;
    return found;
  }
  const safe = !once || (isRecognisable(call) && name !== "IntegrityError");
  const { idempotent = target.request.method !== "POST" && safe } = target.request;
  // A refusal may be cut off before a page can read it: repeated silence may be an expired token's.
  if (name === "NetworkError" && number > 1 && body && credentials) source.doubt(credentials, false);
  const { attempts = 4, max = 20_000, shouldRetry = isTransient } = retry;
  const { maxRetryTime = 0, onWaiting } = options;
  if (ranOutInSleep(error)) forgive(failing);
  course.since ??= clock.now();
  const tried = number - (course.free ?? 0);
  const over = !(tried < attempts);
  const silent = attempts > 1 && isSilence(error);
  const offline = silent && isOffline();
  const patient = silent && clock.now() - course.since < maxRetryTime;
  if ((over && !offline && !patient) || !(idempotent || name === "CredentialsError") || !shouldRetry(error, tried))
    throw error;
  if (name === "IntegrityError") {
    if (course.integrity) throw error;
    course.integrity = true;
  }
  const waiting = offline || over;
  if (waiting) onWaiting?.(true);
  if (offline) {
    await untilOnline(signal);
    forgive(failing);
  }
  const least = Math.min(max, requestedDelay(error, clock.now()));
  if (await sleep(Math.max(pause(number - (course.free ?? 0), retry), least), signal)) forgive(failing);
  if (waiting) onWaiting?.(false);
  if (isTransient(error) && name !== "CredentialsError") {
    course.lost = (course.lost ?? 0) + 1;
    await noteLost(failing);
  }
  opening?.controller.signal.throwIfAborted();
  return undefined;
}

/** Adds the lost answers of this call to those of earlier ones. */
async function noteLost({ course, clock, options: { opening } }: Failing): Promise<void> {
  if (!opening) return;
  course.earlier ??= opening.lost ?? { times: 0, begun: course.begun, again: course.begun };
  const { times, begun } = course.earlier;
  opening.lost = { times: times + (course.lost ?? 0), begun, again: clock.now() };
  await opening.track?.note({});
}

/** What has failed until now shall not count, but for the last time. */
function forgive({ course, number }: Failing): void {
  course.free = number - 1;
  course.since = undefined;
}
