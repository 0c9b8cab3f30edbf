/**
 * Where a shared case runs: a bucket of the in-process OSS or of the real service, and a prefix of its own in it.
 * @module
 */
import type { CallOptions, Client, ClientOptions, Fetch, OSSRequest } from "../../src/mod.ts";
import type { Reader } from "../../src/types.ts";
import type { TestContext } from "../harness.ts";
import { clean } from "./clean.ts";
import { timed } from "./timed.ts";

export type Target = "in-process" | "live";

/** One service and one bucket, which a run shares between all cases. */
export interface Place {
  readonly target: Target;
  readonly bucket: string;
  /** A plain `fetch`, as somebody without keys has it. */
  readonly fetch: Fetch;
  /** A client of the bucket; the options are what differs from the usual one. */
  connect(options: Partial<ClientOptions>): Client;
}

/** What a case works with. */
export interface Site extends Place {
  /** Each of its calls ends with `signal`. */
  readonly client: Client;
  /** Every key that a case touches begins with it; it ends with `/`. */
  readonly prefix: string;
  readonly signal: AbortSignal;
  /** Tells which of several allowed answers the real service gave; silent in process, where there is no choice. */
  saw(text: string): void;
}

/** One case that both services must pass. */
export interface LiveCase {
  readonly name: string;
  readonly run: (site: Site) => Promise<void>;
  /** Why the real service's account cannot run it, if so: asked before the run, which is then a skip. */
  readonly unless?: ((site: Site) => Promise<string | undefined>) | undefined;
}

/** Milliseconds for a case, so that its clean-up is not cut off by the runner's limit for the test. */
const CASE_LIMIT = 60_000;
/** What the runner should allow for a case with its clean-up, in milliseconds. */
export const TEST_LIMIT = 100_000;

/** The same client, whose every call ends with a signal. */
export function within(client: Client, limit: AbortSignal): Client {
  function send(request: OSSRequest, options?: CallOptions): Promise<Response>;
  function send<T>(request: OSSRequest, options: CallOptions | undefined, read: Reader<T>): Promise<T>;
  function send<T>(request: OSSRequest, options: CallOptions = {}, read?: Reader<T>): Promise<T | Response> {
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
    return read ? client.send(request, { ...options, signal }, read) : client.send(request, { ...options, signal });
  }
  return { context: client.context, send };
}

/** Opens a fresh prefix. */
export function openSite(place: Place, signal: AbortSignal, note: TestContext["note"]): Site {
  const { target, bucket, fetch } = place;
  const connect: Place["connect"] = (options) => within(place.connect(options), signal);
  const id = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
  const seen = new Set<string>();
  const saw = (text: string): void => {
    if (target === "live" && !seen.has(text)) note(text);
    seen.add(text);
  };
  return { target, bucket, fetch, connect, client: connect({}), prefix: `oss-fetch-live-${id}/`, signal, saw };
}

/**
 * Runs a case and removes what it left, also when it failed.
 * @throws what the case threw; else what kept its remains from being removed
 */
export async function runCase(one: LiveCase, place: Place, t: TestContext): Promise<void> {
  const failures: unknown[] = [];
  const keep = (error: unknown): unknown => failures.push(error);
  const site = await timed(CASE_LIMIT, async (limit) => {
    const opened = openSite(place, AbortSignal.any([t.signal, limit]), t.note);
    await one.run(opened).catch(keep);
    return opened;
  });
  await clean(place.connect({}), site.prefix).catch((cause: unknown) => {
    const text = `Cannot remove what is below ${site.prefix}`;
    t.note(text);
    keep(new Error(text, { cause }));
  });
  if (failures.length > 0) throw failures[0];
}
