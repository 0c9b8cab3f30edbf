/**
 * What the platform tells of the network, where it tells anything: pages and workers do, servers do not.
 * @module
 */
import { createTimer } from "../timer.ts";

/** Milliseconds until a platform that tells of no network is not believed: machines with odd adapters tell so for ever. */
const DOUBT = 60_000;

/** Does the platform say that there is no network? When it says that there is one, that need not be true. */
export function isOffline(): boolean {
  // Of the runtimes for servers some have no navigator, and the others no such property.
  const { navigator } = globalThis as { readonly navigator?: { readonly onLine?: boolean } };
  return navigator?.onLine === false;
}

/**
 * Waits until the platform says that there is a network again, or is not to be believed any more.
 * @param signal ends the wait by rejecting with its reason
 */
export function untilOnline(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      timer.stop();
      globalThis.removeEventListener?.("online", end);
      signal?.removeEventListener("abort", end);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = createTimer(end);
    timer.start(DOUBT);
    globalThis.addEventListener?.("online", end);
    signal?.addEventListener("abort", end);
    // The event may have come just before.
    if (signal?.aborted || !isOffline()) end();
  });
}
