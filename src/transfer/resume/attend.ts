/**
 * One driver for one transfer: the others look on, and take over when it is gone.
 * @module
 */
import type { CheckpointStore, TransferChannel, TransferLock } from "../../checkpoints.ts";
import { sleep } from "../../core/wait.ts";
import { OSSError } from "../../errors.ts";
import { abortable } from "../../streams/abort.ts";
import type { Progress } from "../../streams/progress.ts";
import { answered, type Keeper } from "./keeper.ts";

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
  /** Nothing is to be done any more, and the place is left. */
  readonly verdict: Verdict | undefined;
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
  readonly keeper: Pick<Keeper, "read" | "tell" | "leave">;
  /** Of the record. */
  readonly id: string;
  /** Of the transfer; aborted when another one has taken over. */
  readonly controller: AbortController;
  /** Told the progress of whoever drives. */
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/**
 * Waits until nobody else drives the transfer, or it has ended.
 * @param attendance what it takes
 * @returns the place; it must be left
 * @throws the reason of the controller's signal
 */
export async function attend({ store, keeper, id, controller, onProgress }: Attendance): Promise<Place> {
  const { signal } = controller;
  let driving = false;
  let heard = false;
  let newest: unknown;
  let channel: TransferChannel | undefined;
  let lock: TransferLock | undefined;
  let verdict: Verdict | undefined;
  const waiting = new AbortController();
  const stop = (): void => waiting.abort(signal.reason);

  const exists = async (): Promise<boolean> => (await keeper.read(id)) !== undefined;
  const post = (message: unknown): void => {
    try {
      channel?.send(message);
    } catch (error) {
      keeper.tell(error);
    }
  };
  const receive = (message: unknown): void => {
    const { type, progress } = Object(message) as { type?: unknown; progress?: Progress };
    if (driving) {
      if (type === "hello") post(newest ?? { type: "driven" });
      return;
    }
    heard ||= type !== "hello";
    if (type === "progress" && progress) {
      try {
        onProgress?.(progress);
      } catch (error) {
        controller.abort(error);
      }
    }
    if (type === "done" || type === "discarded") {
      verdict = message as Verdict;
      waiting.abort();
    }
  };
  const lost = (): void => {
    // It is another one's now, record and all.
    keeper.leave();
    controller.abort(new OSSError("another tab or process has taken it over", "TakenOver"));
  };
  const leave = async (): Promise<void> => {
    driving = false;
    lock?.lost.removeEventListener("abort", lost);
    const [line, right] = [channel, lock];
    channel = undefined;
    lock = undefined;
    // A line that fails holds nobody up who waits for the lock, nor does a lock that hangs end an upload that is done.
    for (const end of [async () => line?.close(), async () => right?.release()])
      await answered<void>(end).catch(keeper.tell);
  };

  signal.throwIfAborted();
  signal.addEventListener("abort", stop);
  try {
    try {
      channel = store.channel?.(id, receive);
    } catch (error) {
      keeper.tell(error);
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
        if (!waiting.signal.aborted) keeper.tell(error);
      }
      // Whoever drove it has ended it, then: nobody else removes a record.
      if (heard && !verdict && !(await exists()) && channel) await sleep(LATE, waiting.signal).catch(() => {});
    }
    signal.throwIfAborted();
    driving = !verdict;
    if (verdict) await leave();
    lock?.lost.addEventListener("abort", lost);
    if (lock?.lost.aborted) lost();
    return {
      verdict,
      send(message, quietly) {
        newest = message;
        if (!quietly) post(message);
      },
      leave,
    };
  } catch (error) {
    await leave();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
