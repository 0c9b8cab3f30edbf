/**
 * What a checkpoint store answers to who may give up waiting.
 * @module
 */
import type { TransferLock } from "../../checkpoints.ts";
import { abortable } from "../../streams/abort.ts";

/**
 * Asks a store, which may never answer.
 * @param ask makes the call
 * @param signal ends the wait by rejecting with its reason
 */
export async function answerOf<T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  // Some stores answer at once, without a promise.
  const asked = (async () => ask())();
  return signal ? abortable(asked, signal) : asked;
}

/**
 * Waits for a lock.
 * @param asked what the store has returned
 * @param signal ends the wait by rejecting with its reason
 */
export function lockOf(asked: Promise<TransferLock>, signal: AbortSignal): Promise<TransferLock> {
  return abortable(asked, signal).catch((error: unknown) => {
    // It may come when nobody waits for it any more.
    asked.then((late) => late.release()).catch(() => {});
    throw error;
  });
}
