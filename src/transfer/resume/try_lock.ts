/**
 * The right to drive a transfer, if nobody has it.
 * @module
 */
import type { CheckpointStore, TransferLock, TransferRecord } from "../../checkpoints.ts";
import { createTimer } from "../../core/timer.ts";
import { abortable } from "../../streams/abort.ts";

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
    const locked = store.lock(id, impatience.signal);
    return await abortable(locked, impatience.signal).catch((error: unknown) => {
      // It may come when nobody waits for it any more.
      locked.then((late) => late.release()).catch(() => {});
      throw error;
    });
  } catch (error) {
    if (impatience.signal.aborted) return undefined;
    throw error;
  } finally {
    timer.stop();
  }
}

/**
 * Takes the lock of a transfer that nobody has driven since its record was listed.
 * @param store where its record is
 * @param record as it was listed
 * @returns nothing when somebody drives it, or has written or removed its record
 * @throws what the store throws
 */
export async function lockListed(store: CheckpointStore, record: TransferRecord): Promise<TransferLock | undefined> {
  const lock = await tryLock(store, record.id);
  if (!lock) return undefined;
  try {
    const { updated } = Object(await store.get(record.id)) as Partial<TransferRecord>;
    if (updated === record.updated) return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
  await lock.release();
  return undefined;
}
