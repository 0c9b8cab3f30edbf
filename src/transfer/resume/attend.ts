/**
 * One driver for one transfer: the others look on, and take over when it is gone.
 * @module
 */
import type { CheckpointStore, TransferChannel, TransferLock } from "../../checkpoints.ts";
import { createTimer } from "../../core/timer.ts";
import { abortable } from "../../streams/abort.ts";
import type { Progress } from "../../streams/progress.ts";
import { answered } from "./keeper.ts";

/** Milliseconds that word of the end may be late: it travels beside the lock. */
const LATE = 5000;

/** How the transfer ended, driven by another one. */
export type Verdict =
  | {
      readonly type: "done";
      readonly result: unknown;
      /** Those that describe the object. */
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Its parts are deleted. */
  | { readonly type: "discarded" };

/** Who drives a transfer, or has seen another one do it. */
export interface Place {
  /** Nothing is to be done any more. */
  readonly verdict: Verdict | undefined;
  /** Aborted when another one may have taken over. */
  readonly lost: AbortSignal | undefined;
  /**
   * Tells how it goes.
   * @param quietly only those who come now or later: the others were told a moment ago
   */
  send(message: Verdict | { readonly type: "progress"; readonly progress: Progress }, quietly?: boolean): void;
  /** Lets others drive; never rejects. */
  leave(): Promise<void>;
}

/** What attending takes. */
export interface Attendance {
  readonly store: CheckpointStore;
  /** Of the record. */
  readonly id: string;
  readonly signal: AbortSignal;
  /** Is there a record? */
  readonly exists: () => Promise<boolean>;
  /** Told the progress of whoever drives. */
  readonly onProgress: (progress: Progress) => void;
  /** Told what failed. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Waits until nobody else drives the transfer, or it has ended.
 * @param attendance what it takes
 * @returns the place; it must be left
 * @throws the reason of the signal
 */
export async function attend({ store, id, signal, exists, onProgress, onFailure }: Attendance): Promise<Place> {
  let driving = false;
  let heard = false;
  let newest: unknown;
  let channel: TransferChannel | undefined;
  let lock: TransferLock | undefined;
  let verdict: Verdict | undefined;
  const waiting = new AbortController();
  const stop = (): void => waiting.abort(signal.reason);
  let late = (): void => waiting.abort();

  const post = (message: unknown): void => {
    try {
      channel?.send(message);
    } catch (error) {
      onFailure(error);
    }
  };
  const receive = (message: unknown): void => {
    const { type, progress } = Object(message) as { type?: unknown; progress?: Progress };
    if (driving) {
      if (type === "hello") post(newest ?? { type: "driven" });
      return;
    }
    heard ||= type !== "hello";
    if (type === "progress" && progress) onProgress(progress);
    if (type === "done" || type === "discarded") {
      verdict = message as Verdict;
      late();
    }
  };
  const leave = async (): Promise<void> => {
    driving = false;
    const [line, right] = [channel, lock];
    channel = undefined;
    lock = undefined;
    // A line that fails holds nobody up who waits for the lock, nor does a lock that hangs end an upload that is done.
    for (const end of [async () => line?.close(), async () => right?.release()])
      await answered<void>(end).catch(onFailure);
  };

  signal.throwIfAborted();
  signal.addEventListener("abort", stop);
  try {
    try {
      channel = store.channel?.(id, receive);
    } catch (error) {
      onFailure(error);
    }
    if (store.lock) {
      heard = await exists();
      post({ type: "hello" });
      try {
        const locked = store.lock(id, waiting.signal);
        lock = await abortable(locked, waiting.signal).catch((error: unknown) => {
          // It may come when nobody waits for it any more.
          locked.then((late) => late.release()).catch(() => {});
          throw error;
        });
      } catch (error) {
        if (!waiting.signal.aborted) onFailure(error);
      }
      // Whoever drove it has ended it, then: nobody else removes a record.
      if (heard && !verdict && !(await exists()) && channel) {
        await new Promise<void>((resolve) => {
          const timer = createTimer(() => resolve());
          late = () => {
            timer.stop();
            resolve();
          };
          waiting.signal.addEventListener("abort", late);
          timer.start(LATE);
        });
      }
    }
    signal.throwIfAborted();
  } catch (error) {
    await leave();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
  if (verdict) await leave();
  driving = !verdict;
  return {
    verdict,
    lost: lock?.lost,
    send(message, quietly) {
      newest = message;
      if (!quietly) post(message);
    },
    leave,
  };
}
