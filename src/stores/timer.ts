/**
 * The timers of leases.
 * @module
 */

/**
 * Calls after a while.
 * @param milliseconds how long to wait
 * @param call what to call
 * @param waited whether somebody waits for it: otherwise no process stays alive for it
 * @returns ends the wait; safe to call at any time
 */
export function after(milliseconds: number, call: () => unknown, waited: boolean = false): () => void {
  const id: unknown = setTimeout(call, milliseconds);
  // Only in Node, Bun and Deno: elsewhere it is a number.
  if (!waited) (id as { unref?(): void }).unref?.();
  return () => clearTimeout(id as number);
}

/**
 * Waits.
 * @param milliseconds how long
 * @param signal ends the wait by rejecting with its reason
 */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      stop();
      signal?.removeEventListener("abort", abort);
      end();
    };
    const abort = (): void => settle(() => reject(signal?.reason));
    const stop = after(milliseconds, () => settle(resolve), true);
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
  });
}
