/**
 * One driver for one transfer: the others look on, and take over when it is gone.
 * @module
 */
import type { TransferChannel, TransferLock } from "../../checkpoints.ts";
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
  const { store, keeper, id, controller, onLost } = attendance;
  const { signal } = controller;
  let channel: TransferChannel | undefined;
  let lock: TransferLock | undefined;
  let company: Promise<typeof import("./company.ts") | undefined> | undefined;
  const ending = new AbortController();
  const waiting = AbortSignal.any([signal, ending.signal]);

  const exists = async (): Promise<boolean> => (await keeper.read(id)) !== undefined;
  /** A line that fails fails no transfer. */
  const tried = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      keeper.tell(error);
      return undefined;
    }
  };
  const seat: Seat = {
    ...attendance,
    waiting,
    ending,
    post(message) {
      tried(() => channel?.send(message));
    },
    send(message, quietly) {
      seat.newest = message;
      if (!quietly) seat.post(message);
    },
    async leave() {
      seat.isDriving = false;
      const [line, right] = [channel, lock];
      channel = undefined;
      lock = undefined;
      // A line that fails holds nobody up who waits for the lock, nor does a lock that hangs end an upload that is done.
      for (const end of [async () => line?.close(), async () => right?.release()])
        await answered<void>(end).catch(keeper.tell);
    },
  };
  const meet = (): NonNullable<typeof company> => (company ??= import("./company.ts").catch(() => undefined));
  try {
    channel = tried(() => store.channel?.(id, (message) => void meet().then((others) => others?.hear(seat, message))));
    if (store.lock) {
      const existed = await exists();
      seat.post({ type: "hello" });
      try {
        const locked = store.lock(id, waiting);
        lock = await abortable(locked, waiting).catch((error: unknown) => {
          // It may come when nobody waits for it any more.
          locked.then((late) => late.release()).catch(() => {});
          throw error;
        });
      } catch (error) {
        if (!waiting.aborted) keeper.tell(error);
      }
      // Whoever drove it has ended it, then: nobody else removes a record.
      if ((existed || company) && channel && !(await exists())) await (await meet())?.awaitWord(seat, existed);
    }
    // What was heard is dealt with, then.
    const others = await company;
    signal.throwIfAborted();
    seat.isDriving = !seat.verdict;
    if (seat.verdict) await seat.leave();
    else others?.castOnce(seat);
    if (lock) {
      // Of this wait only the abort is waited for, which may have been already.
      abortable(new Promise(() => {}), lock.lost).catch(() => {
        if (!seat.isDriving) return;
        // It is another one's now, record and all.
        keeper.leave();
        onLost();
      });
    }
    return seat;
  } catch (error) {
    await seat.leave();
    throw error;
  }
}
