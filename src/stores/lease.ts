/**
 * Leases: locks for places that only compare and exchange.
 * @module
 */
import type { CheckpointStore, TransferLock } from "../checkpoints.ts";
import type { ProcessMark } from "./process_mark.ts";
import { after, pause } from "./timer.ts";

/**
 * One atomic change of what stands in a place: `next` replaces `expected`, or nothing at all. `undefined` as `next`
 * empties the place.
 * @returns what stands there now: `next`, or what another one has put there
 */
export type Swap = (expected: string | undefined, next: string | undefined) => Promise<string | undefined>;

/** Told how a lock is held that is waited for. */
export type OnHeld = NonNullable<Parameters<NonNullable<CheckpointStore["lock"]>>[2]>;

/** How long a lock outlives its holder, in stores without the locks of a browser. */
export interface LeaseOptions {
  /**
   * Milliseconds without a sign of life after which a holder counts as dead; it gives one in each third.
   * @default 15_000
   */
  readonly lease?: number | undefined;
}

/** The length of a lease, in milliseconds, where nobody says another. */
export const LEASE: number = 15_000;
/** Below, a busy process would lose what it holds. */
const LEAST = 100;
/** Who waits looks at least so often, in milliseconds. */
const LONGEST_PAUSE = 200;

/**
 * Checks the length of a lease.
 * @param options of the store
 * @returns milliseconds
 * @throws RangeError naming the value
 */
export function leaseOf(options: LeaseOptions = {}): number {
  const { lease = LEASE } = options;
  if (lease >= LEAST && lease < 2 ** 31) return lease;
  throw new RangeError(`lease must be ${LEAST} to 2,147,483,647 milliseconds, got ${lease}`);
}

/** The length of the lease of who wrote a mark, in milliseconds: those who share a store may not agree. */
function leaseIn(mark: string | undefined): number {
  return Number(/\.(\d{1,10})-\d+$/.exec(mark ?? "")?.[1] ?? 0);
}

/** How a lease is waited for. */
export interface LeaseWait {
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  /** Told that somebody holds it, and then, as soon as it is seen, that this holder lives. */
  readonly onHeld?: OnHeld | undefined;
  /** Marks the holder, where it can be found out whether it lives. */
  readonly process?: ProcessMark | undefined;
}

/**
 * Takes a lease, and keeps it until it is released.
 *
 * No clock is read, for those of two machines differ and any may be set: a holder writes something new in each third of
 * the lease, and who waits takes over what stood unchanged for a whole one, its own or the holder's, whichever is longer.
 * Both count from the near side of a change, so the holder gives up before anybody takes over. What sleeps does not
 * count. Of a holder that is known to be dead nothing has to run out.
 * @param swap changes the place of this lease
 * @param lease milliseconds
 * @param how it is waited for
 * @throws what the place throws; Error when it gives no answer for the length of a lease; the reason of the signal
 */
export async function takeLease(
  swap: Swap,
  lease: number,
  { signal, onHeld, process }: LeaseWait = {},
): Promise<TransferLock> {
  const holder = `${process?.mark ?? ""}.${Math.random().toString(36).slice(2)}.${Math.ceil(lease)}`;
  const isOwn = (mark: string | undefined): boolean => mark?.startsWith(`${holder}-`) === true;
  const lost = new AbortController();
  const lose = (): void => lost.abort(new Error("The lease of this transfer ran out: another one may drive it now"));
  let held = `${holder}-0`;
  let beat = 0;
  let endDeadline = (): void => {};
  let endRenewal = (): void => {};
  let renewal: Promise<void> = Promise.resolve();
  let released: Promise<void> | undefined;

  /**
   * Writes what nobody has seen yet; the time runs from before that.
   * @returns what stands in the way; nothing once it is held
   */
  const claim = async (expected: string | undefined): Promise<{ found: string | undefined } | undefined> => {
    const next = `${holder}-${beat++}`;
    const end = after(lease, lose);
    let found: string | undefined;
    try {
      found = await swap(expected, next);
    } finally {
      if (found !== next) end();
    }
    if (found !== next) return { found };
    if (lost.signal.aborted) {
      // Too late: nobody drives with it.
      await swap(next, undefined);
      return { found: undefined };
    }
    endDeadline();
    endDeadline = end;
    held = next;
    return undefined;
  };

  const renew = async (): Promise<void> => {
    // A store that fails may work again before the time is up.
    const attempt = (): ReturnType<typeof claim> => claim(held).catch(() => ({ found: held }));
    let other = await attempt();
    // Of a failed call the change may have been made.
    const found = other?.found;
    if (found !== undefined && found !== held && isOwn(found)) {
      held = found;
      other = await attempt();
    }
    if (other && other.found !== held) lose();
    if (!released && !lost.signal.aborted) renewLater();
  };
  const renewLater = (): void => {
    endRenewal = after(lease / 3, () => {
      renewal = renew();
    });
  };

  const release = async (): Promise<void> => {
    endRenewal();
    const given = renewal
      .then(() => {
        endDeadline();
        return swap(held, undefined);
      })
      .catch(() => {});
    // It runs out by itself: a store that hangs is waited for no longer.
    let end = (): void => {};
    const over = new Promise<void>((resolve) => {
      end = after(lease, resolve);
    });
    await Promise.race([given, over]);
    end();
  };

  /** A store that hangs is no holder: what it has not answered within a lease has failed. */
  const answered = <T>(asked: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const end = after(lease, () => reject(new Error(`the store gave no answer within ${lease} ms`)), true);
      asked.then(resolve, reject).finally(end);
    });
  let seen: string | undefined;
  let unchanged = 0;
  for (let wait = 20; ; wait = Math.min(wait * 2, lease / 5, LONGEST_PAUSE)) {
    signal?.throwIfAborted();
    const over = unchanged > Math.max(lease, leaseIn(seen));
    // A claim that went unanswered may have been made.
    const free = over || isOwn(seen) || process?.gone(seen?.split(".")[0] ?? "");
    const other = await answered(claim(free ? seen : undefined)).catch((error: unknown) => {
      // Somebody holds it: until a whole lease is over, the store may work again.
      if (over || seen === undefined || lost.signal.aborted) throw error;
      return { found: seen };
    });
    if (!other) break;
    const { found } = other;
    if (found !== seen) {
      unchanged = 0;
      // One that has changed what it wrote lives.
      if (found !== undefined && !isOwn(found)) onHeld?.(seen !== undefined && !isOwn(seen));
    }
    seen = found;
    await pause(wait, signal);
    unchanged += wait;
  }
  if (signal?.aborted) {
    await release();
    throw signal.reason;
  }
  renewLater();
  return {
    lost: lost.signal,
    release() {
      released ??= release();
      return released;
    },
  };
}
