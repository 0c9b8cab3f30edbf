/**
 * Locks and channels of the platform.
 * @module
 */
import type { CheckpointStore, TransferLock } from "../checkpoints.ts";

/** What a `BroadcastChannel` is here. */
interface Channel {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
  unref?(): void;
}

/** `navigator.locks`. */
export interface WebLocks {
  request(name: string, options: { signal: AbortSignal | undefined }, hold: () => Promise<void>): Promise<unknown>;
}

/** The locks that all pages and workers of an origin share; absent on plain http and outside browsers. */
export function webLocks(): WebLocks | undefined {
  const { navigator } = globalThis as { navigator?: { locks?: WebLocks } };
  return navigator?.locks;
}

/**
 * Takes a lock of the platform, which lets go of it when the page dies.
 * @param locks of the platform
 * @param name of the lock
 * @param signal ends the wait
 */
export function takeWebLock(locks: WebLocks, name: string, signal?: AbortSignal): Promise<TransferLock> {
  return new Promise((resolve, reject) => {
    const lost = new AbortController();
    const over = locks.request(
      name,
      { signal },
      () =>
        // Held until this settles.
        new Promise<void>((free) => {
          resolve({
            lost: lost.signal,
            release() {
              free();
              return settled;
            },
          });
        }),
    );
    const settled = over.then(
      () => {},
      (error) => {
        // Once it is held, it only ends early when a page steals it. WebKit tells no reason of an abort.
        lost.abort(error);
        reject(signal?.aborted ? signal.reason : error);
      },
    );
  });
}

/**
 * The channels to other tabs, workers or threads, where the platform has them.
 * @param name of the store
 */
export function channelsOf(name: string): Pick<CheckpointStore, "channel"> {
  if (!("BroadcastChannel" in globalThis)) return {};
  return {
    channel(id, receive) {
      // The types of the DOM, of Node and of Deno do not agree.
      let channel: Channel | undefined = new BroadcastChannel(`oss-fetch ${name} ${id}`) as unknown as Channel;
      channel.onmessage = ({ data }) => {
        if (channel) receive(data);
      };
      // In Node it would keep the process alive, as it does in Deno, which cannot change that, until it is closed.
      channel.unref?.();
      return {
        send(message) {
          channel?.postMessage(message);
        },
        close() {
          channel?.close();
          channel = undefined;
        },
      };
    },
  };
}
