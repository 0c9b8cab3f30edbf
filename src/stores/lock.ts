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
    let free: () => void;
    const over = locks.request(name, { signal }, () => {
      const held = new Promise<void>((end) => {
        free = end;
      });
      resolve({
        lost: lost.signal,
        release() {
          free();
          return settled;
        },
      });
      return held;
    });
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
      const channel = new BroadcastChannel(`oss-fetch ${name} ${id}`) as unknown as Channel;
      let isOpen = true;
      channel.onmessage = ({ data }) => {
        if (isOpen) receive(data);
      };
      // In Node it would keep the process alive, as it does in Deno, which cannot change that, until it is closed.
      channel.unref?.();
      return {
        send(message) {
          if (isOpen) channel.postMessage(message);
        },
        close() {
          isOpen = false;
          channel.close();
        },
      };
    },
  };
}
