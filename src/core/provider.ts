/**
 * Credentials of a provider: fetched ahead of expiry, by one caller at a time, without a promise shared between requests.
 * @module
 */
import { CredentialsError } from "../errors.ts";
import type { Credentials, CredentialsProvider, ProvidedCredentials } from "../types.ts";
import type { CredentialsSource } from "./credentials.ts";
import { every, sleep } from "./retry.ts";
import { createTimer } from "./timer.ts";

/** Milliseconds that a provider may take. */
const PROVIDER_LIMIT = 30_000;
/** A refresher beats every second; one that was silent for these milliseconds died with its request (workerd). */
const LEASE = 3_000;

/** Checks what a provider gave, and gives it one form. */
function normalise(provided: ProvidedCredentials): Credentials {
  const bare = provided && "Credentials" in provided ? provided.Credentials : provided;
  const found: Credentials =
    bare && "AccessKeyId" in bare
      ? {
          accessKeyId: bare.AccessKeyId,
          accessKeySecret: bare.AccessKeySecret,
          securityToken: bare.SecurityToken,
          expiration: bare.Expiration,
        }
      : (bare as Credentials);
  for (const name of ["accessKeyId", "accessKeySecret"] as const) {
    if (typeof found?.[name] !== "string" || !found[name]) {
      throw new CredentialsError(`credentials lack ${name}: give { accessKeyId, accessKeySecret } or the answer of AssumeRole`);
    }
  }
  const { expiration } = found;
  if (expiration !== undefined && Number.isNaN(new Date(expiration).getTime())) {
    throw new CredentialsError("credentials have an expiration that is no date");
  }
  return found;
}

/**
 * Wraps a provider.
 * @param provider fetches credentials
 * @param now the service's time, milliseconds
 * @param warn told when a refresh fails while the old credentials still serve
 */
export function createProviderSource(
  provider: CredentialsProvider,
  now: () => number,
  warn: (message: string) => void,
): CredentialsSource {
  let current: Credentials | undefined;
  let ends = 0;
  let margin = 0;
  let quietUntil = 0;
  let doubted = false;
  let lead: AbortController | undefined;
  let beats = 0;
  let waiting = 0;
  let failures = 0;
  let failure: unknown;

  const alive = (): boolean => current !== undefined && now() < ends;
  const fresh = (): boolean => alive() && !doubted && now() < ends - margin;

  async function refresh(controller: AbortController): Promise<void> {
    const limit = createTimer((ms) => controller.abort(new Error(`no answer within ${ms} ms`)));
    limit.start(PROVIDER_LIMIT);
    const stop = every(1000, () => beats++);
    try {
      const { signal } = controller;
      const given = await Promise.race([
        provider({ signal }),
        new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true })),
      ]);
      if (lead !== controller) return;
      current = normalise(given);
      const end = current.expiration === undefined ? Number.POSITIVE_INFINITY : new Date(current.expiration).getTime();
      const life = end - now();
      // Keys that look dead on arrival tell of a wrong local clock: the service's answer will set it right.
      ends = life > 0 ? end : Number.POSITIVE_INFINITY;
      margin = Math.max(0, Math.min(300_000, life / 5));
      doubted = false;
    } catch (error) {
      if (lead !== controller) return;
      failures++;
      failure = error instanceof CredentialsError ? error : new CredentialsError("The credentials provider failed", error);
      quietUntil = now() + 5000;
      if (alive()) warn(`Credentials could not be refreshed; the old ones are used until they expire: ${(failure as Error).message}`);
    } finally {
      limit.stop();
      stop();
      if (lead === controller) lead = undefined;
      controller.abort();
    }
  }

  return {
    async get(signal) {
      signal?.throwIfAborted();
      // Ahead of expiry one caller refreshes and the others go on with what still serves.
      if (fresh() || (alive() && (lead || now() < quietUntil))) return current;
      const seen = failures;
      waiting++;
      try {
        for (let silent = 0, last = -1; !fresh() && failures === seen; ) {
          if (!lead || silent > LEASE) {
            lead = new AbortController();
            silent = 0;
            const pending = refresh(lead);
            const stopped = new AbortController();
            // Only the leader awaits the provider itself: a promise of another request never wakes a Worker's.
            await (signal ? Promise.race([pending, aborted(signal, stopped.signal)]).finally(() => stopped.abort()) : pending);
          } else {
            const step = Math.min(50, 5 + silent);
            await sleep(step, signal);
            silent = beats === last ? silent + step : 0;
            last = beats;
          }
        }
      } finally {
        if (--waiting === 0) lead?.abort(signal?.reason);
      }
      if (failures !== seen && !alive()) throw failure;
      return current;
    },
    doubt(used, refused) {
      if (used !== current) return true;
      doubted = true;
      if (refused) ends = 0;
      return true;
    },
  };
}

function aborted(signal: AbortSignal, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: done }));
}
