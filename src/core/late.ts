/**
 * The way to the code for failures, which is loaded on demand.
 * @module
 */

/** Loads the code for failures, which a call that succeeds does without. */
export const failure = (): Promise<typeof import("./failure.ts")> => import("./failure.ts");

/**
 * Aborts because a time limit ran out.
 * @param controller what is aborted
 * @param title the call and what it is for
 * @param limit the option that set the limit
 * @param ms the limit, in milliseconds
 */
export function abortLate(
  controller: AbortController,
  title: string,
  limit: "timeout" | "stallTimeout",
  ms: number,
): void {
  failure().then(
    ({ timeoutError }) => controller.abort(timeoutError(title, limit, ms)),
    (cause: unknown) => controller.abort(cause),
  );
}
