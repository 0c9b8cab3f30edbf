/**
 * The right to drive a transfer, if nobody has it.
 * @module
 */
import type { CheckpointStore, TransferLock } from "../../checkpoints.ts";
import { createTimer } from "../../core/timer.ts";

/** Milliseconds after which a transfer counts as driven by somebody. */
const BUSY = 1000;

/**
 * Takes the lock of a transfer that nobody drives.
 * @param store where its record is
 * @param id of the record
 * @returns nothing when somebody else has it; without a lock in the store there is nobody else
 * @throws what the store throws
 */
export async function tryLock(store: CheckpointStore, id: string): Promise<TransferLock | undefined> {
  if (!store.lock) return { lost: new AbortController().signal, release: () => Promise.resolve() };
  const impatience = new AbortController();
  const timer = createTimer(() => impatience.abort());
  timer.start(BUSY);
  try {
    return await store.lock(id, impatience.signal);
  } catch (error) {
    if (impatience.signal.aborted) return undefined;
    throw error;
  } finally {
    timer.stop();
  }
}
