/**
 * The way to the code for failures, which is loaded on demand.
 * @module
 */

import { createTimer, type Timer } from "../timer.ts";
import type { MaybePromise } from "../types.ts";

/**
 * Remembers what was loaded: even a module that is there already costs tens of microseconds to import.
 *
 * The module is kept, not the promise of it: in workerd a promise of one request must not be awaited by another.
 * @param load imports a module
 * @returns imports it once, and gives it at once from then on
 */
export function once<T>(load: () => Promise<T>): () => MaybePromise<T> {
  let loaded: T | undefined;
  return () => loaded ?? load().then((found) => (loaded = found));
}

const failures = /* @__PURE__ */ once(() => import("./failure.ts"));

/** Loads the code for failures, which a call that succeeds does without. */
export const failure = async (): Promise<typeof import("./failure.ts")> => failures();

/** Loads the code that reads the bodies of answers. */
export const guards: () => MaybePromise<typeof import("./guard.ts")> = /* @__PURE__ */ once(() => import("./guard.ts"));

/**
 * Makes a timer that aborts when a time limit has run out.
 * @param abort called with the reason
 * @param title the call and what it is for
 * @param limit the option that set the limit
 * @returns a timer that is not running
 */
export function limitTimer(abort: (reason: unknown) => void, title: string, limit: "timeout" | "stallTimeout"): Timer {
  return createTimer((ms, started) =>
    failure().then(({ timeoutError }) => abort(timeoutError(title, limit, ms, started)), abort),
  );
}
