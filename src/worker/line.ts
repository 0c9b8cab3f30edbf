/**
 * A line between page and worker that notices when the other side is gone.
 * @module
 */
import type { TransferLock } from "../checkpoints.ts";
import { takeWebLock, webLocks } from "../stores/lock.ts";
import { dataOf, post, type TransferPort } from "./port.ts";

/** One end of a line. */
export interface Line {
  /** Sends a message. @throws DataCloneError when it cannot be cloned */
  send(message: object): void;
  /** Ends it, and tells the other side. */
  close(): void;
}

/** An end of a `MessageChannel`. */
export interface LinePort extends TransferPort {
  close(): void;
}

/**
 * Opens an end of a line. That the other side has died, and not only closed it, is noticed where there are Web Locks, or
 * ports that tell.
 * @param port one end of a channel of its own
 * @param receive is called with each message
 * @param gone is called once, when the other side is no more
 */
export function openLine(port: LinePort, receive: (message: unknown) => void, gone: () => void): Line {
  const watching = new AbortController();
  let life: TransferLock | undefined;
  const end = (): void => {
    watching.abort();
    port.removeEventListener("message", hear);
    port.removeEventListener("close", lost);
    port.close();
    void life?.release();
  };
  const lost = (): void => {
    if (watching.signal.aborted) return;
    end();
    gone();
  };
  const hear = (event: object): void => {
    const message = dataOf(event);
    if (message["type"] === "bye") lost();
    else if (message["type"] === "life") outlive(String(message["name"]));
    else receive(message);
  };
  const locks = webLocks();
  /** The other side lets go of its lock by dying. */
  const outlive = (name: string): void => {
    if (!locks) return;
    takeWebLock(locks, name, watching.signal).then(
      (lock) => {
        void lock.release();
        lost();
      },
      () => {},
    );
  };
  port.addEventListener("message", hear);
  port.addEventListener("close", lost);
  port.start?.();
  if (locks) {
    const name = `oss-fetch line ${crypto.randomUUID()}`;
    takeWebLock(locks, name, watching.signal).then(
      (lock) => {
        life = lock;
        if (watching.signal.aborted) void lock.release();
        else post(port, { type: "life", name });
      },
      () => {},
    );
  }
  return {
    send(message) {
      if (!watching.signal.aborted) post(port, message);
    },
    close() {
      if (watching.signal.aborted) return;
      post(port, { type: "bye" });
      end();
    },
  };
}
