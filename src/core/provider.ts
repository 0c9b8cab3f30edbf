/**
 * Credentials of a provider: fetched ahead of expiry, by one caller at a time, without a promise shared between requests.
 * @module
 */
import { CredentialsError } from "../errors.ts";
import { abortable } from "../streams/abort.ts";
import type { Credentials, CredentialsProvider, ProvidedCredentials } from "../types.ts";
import type { CredentialsSource } from "./credentials_source.ts";
import { expiryOf, normalise } from "./provided.ts";
import { every, sleep } from "./wait.ts";

/** Milliseconds that matter to a refresh. */
export interface ProviderTimes {
  /** What the provider may take. */
  readonly limit: number;
  /** How often the refreshing caller shows that it is alive. */
  readonly beat: number;
  /** A refresh that was silent for so long died with its caller: workerd drops what a finished request left. */
  readonly lease: number;
  /** How long a failing provider is left alone while the old keys still serve. */
  readonly quiet: number;
}

const TIMES: ProviderTimes = { limit: 30_000, beat: 1_000, lease: 3_000, quiet: 5_000 };

/** The longest time before expiry that keys are refreshed; a fifth of their life when that is shorter. */
const MARGIN = 300_000;

/**
 * Wraps a provider.
 *
 * Ahead of expiry one caller waits for the new keys and the others go on with the old ones. Callers without usable keys
 * look for new ones with timers of their own: in workerd a promise of one request never wakes another.
 * @param provider fetches credentials
 * @param now the service's time, milliseconds
 * @param warn told when a refresh fails while the old credentials still serve
 * @param times for tests
 * @returns the source that all calls of a client share
 */
export function createProviderSource(
  provider: CredentialsProvider,
  now: () => number,
  warn: (message: string) => void,
  times: ProviderTimes = TIMES,
): CredentialsSource {
  let current: Credentials | undefined;
  /** When `current` ends, and when it is to be replaced. */
  let ends = 0;
  let due = 0;
  let quietUntil = 0;
  /** The refresh on its way; its caller beats while it lives. */
  let lead: AbortController | undefined;
  let beats = 0;
  let waiting = 0;
  let failures = 0;
  /** Failures in a row. */
  let streak = 0;
  let failure: CredentialsError | undefined;

  const alive = (): boolean => now() < ends;
  const usable = (): boolean => now() < due || (alive() && (lead !== undefined || now() < quietUntil));

  /** Asks the provider, and the longer it has been failing the slower: many callers try again at the same time. */
  async function ask(signal: AbortSignal): Promise<ProvidedCredentials> {
    if (now() < quietUntil) await sleep(Math.min(times.quiet / 5, 100 * 2 ** streak), signal);
    return provider({ signal });
  }

  /** Never rejects: what came of it is in the variables above. */
  async function refresh(controller: AbortController): Promise<void> {
    const { signal } = controller;
    // The first beat at once: all who found the last refresh silent would else begin one each.
    beats++;
    const stop = every(times.beat, () => beats++);
    sleep(times.limit, signal).then(
      () => controller.abort(new Error(`no answer within ${times.limit} ms`)),
      () => undefined,
    );
    try {
      const given = normalise(await abortable(ask(signal), signal));
      if (lead !== controller) return;
      const end = expiryOf(given);
      const life = end - now();
      current = given;
      streak = 0;
      // Keys that are dead on arrival tell of a wrong local clock: the service's answers will say so.
      ends = life > 0 ? end : Number.POSITIVE_INFINITY;
      due = ends - Math.min(MARGIN, life > 0 ? life / 5 : 0);
    } catch (error) {
      if (lead !== controller) return;
      failures++;
      streak++;
      failure =
        error instanceof CredentialsError ? error : new CredentialsError("The credentials provider failed", error);
      quietUntil = now() + times.quiet;
      if (alive())
        warn(`Credentials could not be refreshed; the old ones are used until they expire: ${failure.message}`);
    } finally {
      stop();
      if (lead === controller) lead = undefined;
      controller.abort();
    }
  }

  async function wait(signal: AbortSignal | undefined): Promise<void> {
    const seen = failures;
    for (let silent = 0, heard = beats; !usable(); ) {
      if (failures !== seen && failure) throw failure;
      if (!lead || silent > times.lease) {
        // A silent one is not even aborted: in workerd whatever it woke would belong to a request that is over.
        lead = new AbortController();
        silent = 0;
        const refreshed = refresh(lead);
        await (signal ? abortable(refreshed, signal) : refreshed);
      } else {
        const step = Math.min(50, 5 + silent);
        await sleep(step, signal);
        silent = beats === heard ? silent + step : 0;
        heard = beats;
      }
    }
  }

  return {
    async get(signal) {
      signal?.throwIfAborted();
      if (usable()) return current;
      waiting++;
      try {
        await wait(signal);
      } finally {
        const idle = lead;
        if (--waiting === 0 && idle) {
          // Nobody wants it any more; whoever comes next begins anew.
          lead = undefined;
          idle.abort(signal?.reason);
        }
      }
      return current;
    },
    doubt(used, refused) {
      if (used === current) {
        due = 0;
        quietUntil = 0;
        if (refused) ends = 0;
      }
      return true;
    },
  };
}
