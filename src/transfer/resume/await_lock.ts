/**
 * One driver for one transfer: the others look on, and take over when it is gone.
 * @module
 */
import type { TransferChannel, TransferLock } from "../../checkpoints.ts";
import { lockOf } from "./answer_of.ts";
import { answered } from "./guarded_store.ts";
import type { LockHolder, LockOptions, Participant } from "./participant.ts";

/**
 * Waits until nobody else drives the transfer, or it has ended.
 * @param options what it takes
 * @returns who drives it now, or how it has ended; it must be released
 * @throws the reason of the controller's signal
 */
export async function awaitLock(options: LockOptions): Promise<LockHolder> {
  const { store, guarded, id, controller, onLost } = options;
  const { signal } = controller;
  let channel: TransferChannel | undefined;
  let lock: TransferLock | undefined;
  let loading: Promise<typeof import("./followers.ts") | undefined> | undefined;
  const ending = new AbortController();
  const waiting = AbortSignal.any([signal, ending.signal]);

  /** What fails here, at once or later, fails no transfer: a channel, or a lock that is none. */
  const tried = <T>(work: () => T): T | undefined => {
    try {
      const made = work();
      Promise.resolve(made).catch(guarded.tell);
      return made;
    } catch (error) {
      guarded.tell(error);
      return undefined;
    }
  };
  const self: Participant = {
    ...options,
    waiting,
    ending,
    post(message) {
      tried(() => channel?.send(message));
    },
    send(message, quietly) {
      self.newest = message;
      if (!quietly) self.post(message);
    },
    async release() {
      self.isDriving = false;
      // A channel that fails holds nobody up who waits for the lock, nor does a lock that hangs end an upload that is done.
      tried(() => channel?.close());
      channel = undefined;
      const held = lock;
      lock = undefined;
      tried(() => held?.lost.removeEventListener("abort", lose));
      await answered(async () => held?.release()).catch(guarded.tell);
    },
  };
  const lose = (): void => {
    if (!self.isDriving) return;
    // It is another one's now, record and all.
    guarded.close();
    onLost();
  };
  const load = (): NonNullable<typeof loading> => (loading ??= import("./followers.ts").catch(() => undefined));
  try {
    channel = tried(() =>
      store.channel?.(id, (message) => void load().then((followers) => followers?.hear(self, message))),
    );
    const existed = store.lock && (await guarded.read(id)) !== undefined;
    // One that does not answer would hold it up for ever.
    if (store.lock && !guarded.closed) {
      self.post({ type: "hello" });
      try {
        lock = await lockOf(store.lock(id, waiting), waiting);
        // Of what is no lock, this tells.
        lock.lost.addEventListener("abort", lose);
      } catch (error) {
        if (!waiting.aborted) guarded.tell(error);
      }
      // Whoever drove it has ended it, then: nobody else removes a record.
      if ((existed || loading) && channel && (await guarded.read(id)) === undefined)
        await (await load())?.awaitOutcome(self, existed);
    }
    // What was heard is dealt with, then.
    const followers = await loading;
    signal.throwIfAborted();
    self.isDriving = !self.outcome;
    if (self.outcome) await self.release();
    else followers?.beginBroadcast(self);
    if (lock?.lost?.aborted) lose();
    return self;
  } catch (error) {
    await self.release();
    throw error;
  }
}
