/**
 * Promises that give way to an abort.
 * @module
 */

/**
 * Waits for a promise, or for an abort, whichever comes first. The promise's later failure is swallowed.
 * @param promise what to wait for, when it cannot be stopped itself
 * @param signal ends the wait by rejecting with its reason
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    // Many may wait for one signal: Node warns of a leak where more than ten listen to it.
    const own = AbortSignal.any([signal]);
    own.addEventListener("abort", stop);
    promise.then(resolve, reject).finally(() => own.removeEventListener("abort", stop));
  });
}
