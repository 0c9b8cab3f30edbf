/**
 * The right to drive a transfer, if nobody has it.
 * @module
 */
import type { CheckpointStore, TransferLock, TransferRecord } from "../../checkpoints.ts";
import { show } from "../../core/validate.ts";
import { OSSError } from "../../errors.ts";
import { createTimer } from "../../timer.ts";
import { answerOf, lockOf } from "./answer_of.ts";

/** Milliseconds after which a transfer counts as driven by somebody, where the store does not want to find out. */
const BUSY = 1000;

/**
 * Takes the lock of a transfer that nobody drives. Where the lock outlives who held it, it is waited for until that one is
 * known to live or to be dead.
 * @param store where its record is
 * @param id of the record
 * @param signal ends the wait
 * @returns nothing when somebody else has it; without a lock in the store there is nobody else
 * @throws TypeError when the store gives no lock; what it throws; the reason of the signal
 */
export async function tryLock(
  store: CheckpointStore,
  id: string,
  signal?: AbortSignal,
): Promise<TransferLock | undefined> {
  if (!store.lock) return { lost: new AbortController().signal, release: () => Promise.resolve() };
  const impatience = new AbortController();
  const timer = createTimer(() => impatience.abort());
  timer.start(BUSY);
  try {
    const waiting = signal ? AbortSignal.any([signal, impatience.signal]) : impatience.signal;
    const onHeld = (lives: boolean): void => {
      timer.stop();
      if (lives) impatience.abort();
    };
    const lock: Partial<TransferLock> | undefined = await lockOf(store.lock(id, waiting, onHeld), waiting);
    if (!lock?.lost || !lock.release)
      throw new TypeError(`lock of the store must give lost and release, got ${show(lock)}`);
    return lock as TransferLock;
  } catch (error) {
    signal?.throwIfAborted();
    if (impatience.signal.aborted) return undefined;
    throw error;
  } finally {
    timer.stop();
  }
}

/**
 * Takes the lock of a transfer that is to be given up.
 * @param store where its record is
 * @param id of the record
 * @param signal ends the wait
 * @throws OSSError `Driven` when somebody else has it; what the store throws; the reason of the signal
 */
export async function takeLock(store: CheckpointStore, id: string, signal?: AbortSignal): Promise<TransferLock> {
  const lock = await tryLock(store, id, signal);
  if (!lock) throw new OSSError("another tab or process drives it: it can be discarded there", "Driven");
  return lock;
}

/**
 * Takes the lock of a transfer that nobody has driven since its record was listed.
 * @param store where its record is
 * @param record as it was listed
 * @param signal ends the wait
 * @returns nothing when somebody drives it, or has written or removed its record
 * @throws what the store throws; the reason of the signal
 */
export async function lockListed(
  store: CheckpointStore,
  record: TransferRecord,
  signal?: AbortSignal,
): Promise<TransferLock | undefined> {
  const lock = await tryLock(store, record.id, signal);
  if (!lock) return undefined;
  try {
    const { updated } = Object(await answerOf(() => store.get(record.id), signal)) as Partial<TransferRecord>;
    if (updated === record.updated) return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
  await lock.release();
  return undefined;
}

/**
 * Stops what is done under a lock when that is lost: from then on it is another one's transfer.
 * @param lock of the transfer
 * @param signal the caller's
 */
export function whileHeld({ lost }: TransferLock, signal: AbortSignal | undefined): AbortSignal {
  return signal ? AbortSignal.any([lost, signal]) : lost;
}
