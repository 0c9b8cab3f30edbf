/**
 * One driver for one transfer: the others look on, and take over when it is gone.
 * @module
 */
import type { TransferChannel, TransferLock } from "../../checkpoints.ts";
import { OSSError } from "../../errors.ts";
import { abortable } from "../../streams/abort.ts";
import { answered } from "./keeper.ts";
import type { Attendance, Place, Seat } from "./seat.ts";

/**
 * Waits until nobody else drives the transfer, or it has ended.
 * @param attendance what it takes
 * @returns the place; it must be left
 * @throws the reason of the controller's signal
 */
export async function attend(attendance: Attendance): Promise<Place> {
  const { store, keeper, id, controller } = attendance;
  const { signal } = controller;
  let channel: TransferChannel | undefined;
  let lock: TransferLock | undefined;
  let company: Promise<typeof import("./company.ts") | undefined> | undefined;
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
  const seat: Seat = { ...attendance, waiting, post };
  const meet = (): NonNullable<typeof company> => (company ??= import("./company.ts").catch(() => undefined));
  const lost = (): void => {
    if (!seat.place) return;
    // It is another one's now, record and all.
    keeper.leave();
    controller.abort(new OSSError("another tab or process has taken it over", "TakenOver"));
  };
  const leave = async (): Promise<void> => {
    seat.place = undefined;
    const [line, right] = [channel, lock];
    channel = undefined;
    lock = undefined;
    // A line that fails holds nobody up who waits for the lock, nor does a lock that hangs end an upload that is done.
    for (const end of [async () => line?.close(), async () => right?.release()])
      await answered<void>(end).catch(keeper.tell);
  };
  const place: Place = {
    get verdict() {
      return seat.verdict;
    },
    send(message, quietly) {
      seat.newest = message;
      if (!quietly) post(message);
    },
    leave,
  };

  signal.throwIfAborted();
  signal.addEventListener("abort", stop);
  try {
    try {
      channel = store.channel?.(id, (message) => void meet().then((others) => others?.hear(seat, message)));
    } catch (error) {
      keeper.tell(error);
    }
    if (store.lock) {
      const existed = await exists();
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
      if ((existed || company) && channel && !(await exists())) await (await meet())?.awaitWord(seat, existed);
    }
    // What was heard is dealt with, then.
    const others = await company;
    signal.throwIfAborted();
    if (seat.verdict) await leave();
    else {
      seat.place = place;
      others?.castOnce(seat);
      lock?.lost.addEventListener("abort", lost);
      if (lock?.lost.aborted) lost();
    }
    return place;
  } catch (error) {
    await leave();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
