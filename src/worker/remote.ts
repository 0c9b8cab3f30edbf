/**
 * What uploads and downloads in a worker have in common, as the page sees them.
 * @module
 */
import { TransferError } from "../errors.ts";
import type { Progress } from "../streams/progress.ts";
import { pack, unpack } from "./crossing.ts";
import type { Outcome, ToPage, ToWorker } from "./port.ts";

/** A transfer, and what the line does with it. */
export interface Remote {
  receive(message: Exclude<ToPage, { readonly type: "welcome" | "credentials" }>): void;
  /** The worker is gone, or was never told. */
  lose(cause: unknown): void;
  /** Is there nothing more to be heard or asked? Then it is forgotten. */
  readonly isOver: boolean;
}

/** The end of a transfer, and the way there. */
export interface Course<R> {
  readonly finished: Promise<R>;
  /** Tells the listener; what it throws ends the transfer. */
  tell(progress: Progress): void;
  /** Tells the listener that the network is waited for, or is there again; what it throws ends the transfer. */
  tellWaiting(waiting: boolean): void;
  end(outcome: Outcome): void;
  /** @throws what went wrong, of the class that it had */
  opened(outcome: Outcome): unknown;
}

/**
 * Follows a transfer.
 * @param id names it
 * @param options the caller's
 * @param send tells the worker
 */
export function follow<R>(
  id: number,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: ((progress: Progress) => void) | undefined;
    readonly onWaiting?: ((waiting: boolean) => void) | undefined;
  },
  send: (message: ToWorker) => void,
): Course<R> {
  const { signal, onProgress, onWaiting } = options;
  let settle: (outcome: Outcome) => void;
  const opened = (outcome: Outcome): unknown => {
    if ("value" in outcome) return unpack(outcome.value);
    throw "aborted" in outcome ? signal?.reason : unpack(outcome.error);
  };
  const finished = new Promise<Outcome>((resolve) => {
    settle = resolve;
    // What the worker sends is what it was asked for.
  }).then((outcome) => opened(outcome) as R);
  // Where nobody looks at it, nothing happens.
  finished.catch(() => {});
  const abort = (): void => send({ type: "abort", id });
  let failed: Outcome | undefined;
  const fault = (error: unknown): void => {
    // The worker may be done before it is told: what a listener throws must not be lost.
    failed ??= { error: pack(lostWith("A transfer with a listener that failed", error)) };
    send({ type: "fault", id, error: pack(error) });
  };
  const listening = (listen: () => unknown): void => {
    try {
      Promise.resolve(listen()).catch(fault);
    } catch (error) {
      fault(error);
    }
  };
  signal?.addEventListener("abort", abort);
  return {
    finished,
    opened,
    tell: (progress) => listening(() => onProgress?.(progress)),
    tellWaiting: (waiting) => listening(() => onWaiting?.(waiting)),
    end(outcome) {
      signal?.removeEventListener("abort", abort);
      settle(failed && "value" in outcome ? failed : outcome);
    },
  };
}

/** What a transfer ends with whose worker is gone. */
export function lostWith(what: string, cause: unknown): TransferError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new TransferError(`${what} ended: ${why}`, { cause });
}
