/**
 * The gate that the requests of an upload pass: closed, those in flight are stopped, and made again when it opens.
 * @module
 */

import { show } from "../../core/validate.ts";
import { TimeoutError } from "../../errors.ts";
import { abortable } from "../../streams/abort.ts";
import { createTimer } from "../../timer.ts";
import type { Turn, Within } from "../job.ts";

/** Milliseconds granted to what must not be stopped half-way. */
const GRACE = 5000;

/** A gate; it is open at first. */
export interface Gate {
  readonly turn: Turn;
  /**
   * Closes it. Requests in flight are stopped at once, but for those that must come to their end: they get a while.
   * @returns resolves when nothing is in flight; never rejects
   */
  close(): Promise<void>;
  /** Opens it: what was stopped is begun again. */
  open(): void;
}

/**
 * Makes a gate.
 * @param within makes one request
 * @param controller of the upload; its abort ends requests, and the waits of those that would begin
 * @param key of the object, for messages
 */
export function createGate(within: Within, controller: AbortController, key: string): Gate {
  const { signal } = controller;
  let closed: { readonly opened: Promise<void>; readonly open: () => void } | undefined;
  /** Stops what can be made again. */
  let soon = new AbortController();
  /** Stops the rest, some time later. */
  let late = new AbortController();
  let busy = 0;
  let quiet: (() => void)[] = [];

  const grace = createTimer((ms) => {
    const title = `Upload of ${show(key)}: no answer within ${ms} ms of a pause`;
    late.abort(new TimeoutError(title, "timeout", ms));
  });
  signal.addEventListener("abort", () => {
    grace.stop();
    soon.abort(signal.reason);
    late.abort(signal.reason);
  });

  const turn: Turn = async (work, once) => {
    for (;;) {
      signal.throwIfAborted();
      if (closed) {
        await abortable(closed.opened, signal);
        continue;
      }
      const stop = soon.signal;
      let begun = false;
      busy++;
      try {
        return await within(
          stop,
          (call) => {
            stop.throwIfAborted();
            begun = true;
            return work(call);
          },
          once ? late.signal : stop,
        );
      } catch (error) {
        if (signal.aborted || !stop.aborted || (once && begun)) throw error;
      } finally {
        busy--;
        if (!busy) {
          grace.stop();
          const all = quiet;
          quiet = [];
          for (const tell of all) tell();
        }
      }
    }
  };
  return {
    turn,
    close() {
      if (!closed) {
        let open = (): void => {};
        const opened = new Promise<void>((resolve) => {
          open = resolve;
        });
        closed = { opened, open };
        soon.abort("paused");
        if (busy) grace.start(GRACE);
      }
      return busy ? new Promise((resolve) => quiet.push(resolve)) : Promise.resolve();
    },
    open() {
      const { open } = closed ?? {};
      if (!open || signal.aborted) return;
      closed = undefined;
      grace.stop();
      soon = new AbortController();
      if (late.signal.aborted) late = new AbortController();
      open();
    },
  };
}
