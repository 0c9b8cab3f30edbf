/**
 * A checkpoint store that never fails a transfer.
 * @module
 */
import type { CheckpointStore, TransferRecord } from "../../checkpoints.ts";
import { abortable } from "../../streams/abort.ts";
import { createTimer } from "../../timer.ts";

/** Milliseconds granted to each call of a store: a blocked database would hold the transfer up for ever. */
const PATIENCE = 5000;

/** A store under guard: its calls are made one after the other, and none rejects, but for reading when it is aborted. */
export interface GuardedStore {
  /** What the store has under this name; nothing when it cannot tell. */
  read(id: string): Promise<unknown>;
  write(record: TransferRecord): Promise<void>;
  remove(id: string): Promise<void>;
  /** The names of all records, which may be anything. */
  names(): Promise<unknown>;
  /** Something else of the store failed. */
  tell(error: unknown): void;
  /** From now on nothing is read or written. */
  close(): void;
  /** Is nothing read or written any more, as the store does not answer? */
  closed?: true;
}

/**
 * Grants a call of a store its time.
 * @param work makes the call
 * @param onLate is told when the time is up
 * @throws what the call throws, also at once, and Error when it is late
 */
export function answered<T>(work: () => Promise<T>, onLate?: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = createTimer(() => {
      onLate?.();
      reject(new Error(`no answer within ${PATIENCE} ms`));
    });
    timer.start(PATIENCE);
    // One that throws at once fails like the others.
    Promise.resolve().then(work).then(resolve, reject).finally(timer.stop);
  });
}

/**
 * Guards a store. Its first failure is told; it is asked again later, but not when it has not answered at all.
 * @param store the caller's
 * @param warn is told
 * @param signal ends the wait for what is read by rejecting with its reason
 */
export function guardStore(
  store: CheckpointStore,
  warn: (message: string) => void,
  signal?: AbortSignal,
): GuardedStore {
  let told = false;
  let last: Promise<unknown> = Promise.resolve();

  const tell = (error: unknown): undefined => {
    if (told) return;
    told = true;
    // A listener that throws fails no transfer, as little as the store does.
    import("./warnings.ts")
      .then(({ storeFailed }) => storeFailed(warn, error))
      .catch(() => {
        told = false;
      });
  };
  const attempt = <T>(work: () => Promise<T>): Promise<T | undefined> => {
    const done = last.then(() => (guarded.closed ? undefined : answered(work, guarded.close))).catch(tell);
    last = done;
    return done;
  };
  const guarded: GuardedStore = {
    close() {
      guarded.closed = true;
    },
    read(id) {
      const found = attempt(() => store.get(id));
      return signal ? abortable(found, signal) : found;
    },
    write: (record) => attempt(() => store.set(record.id, record)),
    remove: (id) => attempt(() => store.delete(id)),
    names: () => attempt(() => store.list()),
    tell,
  };
  return guarded;
}
