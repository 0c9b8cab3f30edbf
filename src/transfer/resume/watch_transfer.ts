/**
 * Looks on at transfers that other tabs and processes drive.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import { show } from "../../core/validate.ts";
import { abortable } from "../../streams/abort.ts";
import type { Progress } from "../../streams/progress.ts";
import { checkStore } from "./check_call.ts";

/** How to look on. */
export interface WatchOptions {
  /** Told how far whoever drives it has come. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the looking; what it throws is the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks on at a transfer until nobody drives it, and drives nothing itself: to show what another tab does, and to offer
 * what a closed one has left.
 *
 * Where the store has no lock, nobody else can drive it: then it is free at once.
 * @param store where its record is
 * @param record of the transfer, or its id
 * @param options what is told
 * @returns `done`, `discarded`, or `free`: paused or cut off and left, at once when nobody drives it
 * @throws TypeError naming the argument; the signal's reason; what `onProgress` throws
 * @example
 * ```ts
 * import { transfers, watchTransfer } from "oss-fetch";
 * import { memoryStore } from "oss-fetch/stores/memory";
 * const store = memoryStore();
 * for await (const record of transfers(store)) {
 *   const onProgress = ({ acknowledged }: { acknowledged: number }): void => console.log(record.key, acknowledged);
 *   console.log(record.key, await watchTransfer(store, record, { onProgress }));
 * }
 * ```
 */
export async function watchTransfer(
  store: CheckpointStore,
  record: { readonly id: string } | string,
  options: WatchOptions = {},
): Promise<"done" | "discarded" | "free"> {
  checkStore(store);
  const { onProgress, signal } = options;
  const id = typeof record === "string" ? record : record?.id;
  if (typeof id !== "string") throw new TypeError(`record must be a record or its id, got ${show(record)}`);
  // Part of the chunk that uploads load: a bundler would move it to the front.
  const { awaitLock } = await import("./await_lock.ts");
  signal?.throwIfAborted();
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal?.reason);
  signal?.addEventListener("abort", stop);
  try {
    const guarded = {
      read: async (name: string) => abortable(store.get(name), controller.signal),
      tell: (error: unknown) => controller.abort(error),
      close: () => {},
    };
    const holder = await awaitLock({ store, guarded, id, controller, onLost: () => {}, onProgress });
    await holder.release();
    return holder.outcome?.type ?? "free";
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
