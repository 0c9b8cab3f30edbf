/**
 * Jobs over many objects: several requests at once, in bounded memory, and nothing that failed goes unnamed.
 * @module
 */

import { checkInteger, show } from "../core/validate.ts";
import { isOSSError, type ObjectFailure, TimeoutError, TransferError } from "../errors.ts";
import { abortable } from "../streams/abort.ts";
import { runPool } from "../streams/pool.ts";
import { createTimer } from "../timer.ts";
import type { CallOptions, MaybePromise } from "../types.ts";
import { makePlan } from "./check_plan.ts";
import type { TurnOptions } from "./job.ts";

/** How far a job over many objects has come. Numbers never decrease. */
export interface BatchProgress {
  /** Objects done: deleted, copied or counted. */
  readonly done: number;
  /** Objects that failed. */
  readonly failed: number;
  /** Bytes of the objects done, where their sizes are known. */
  readonly size: number;
  /** Objects in all; absent while nobody knows. */
  readonly total?: number;
}

/** How to do a job over many objects; nothing of it goes on the wire. */
export interface BatchOptions extends CallOptions {
  /** Milliseconds for the whole job. The client's own `timeout` bounds each request. @default no limit */
  readonly timeout?: number | undefined;
  /** Requests at once; at most 5 in browsers. @default 4 */
  readonly concurrency?: number | undefined;
  /** Called whenever objects are done or fail. */
  readonly onProgress?: ((progress: BatchProgress) => void) | undefined;
}

/** What a job tells of its objects. */
export interface Tally {
  /** Objects were done. */
  done(objects: number, size: number): void;
  /** Objects failed, and the job goes on. */
  failed(objects: readonly ObjectFailure[]): void;
  /** Objects failed for a reason that concerns all: nothing new is begun, what is under way comes to its end. */
  stop(error: unknown, objects: readonly ObjectFailure[]): void;
  /** Hands over to a function of the caller; whatever that throws ends the job at once, and the caller gets it. */
  tell(callback: () => MaybePromise<unknown>): Promise<void>;
}

/** A job: where its units of work come from, and what is done with each. */
export interface BatchJob<U> {
  readonly options: BatchOptions;
  /** For messages: `Cannot delete objects`. */
  readonly title: string;
  readonly total?: number | undefined;
  /** The units, taken one after the other. */
  readonly source: (call: TurnOptions) => AsyncIterable<U>;
  /** Does one; it must tell of every object in it, and throw only what the job's own abort gave it. */
  readonly work: (unit: U, call: TurnOptions, tally: Tally) => Promise<void>;
  /** What is attached to the error as the part that was done. */
  readonly result: () => unknown;
  /** What a job that stopped has left untried, where that is known. */
  readonly untried?: (() => readonly ObjectFailure[]) | undefined;
}

/** So many single objects may fail before a job gives up: it names them all, and has to remember them. */
const MOST_FAILURES = 10_000;

/**
 * Runs a job to its end.
 * @throws TransferError when an object failed, with all that did
 */
export async function runBatch<U>(job: BatchJob<U>): Promise<void> {
  const { options, title, total, source, work, result, untried = () => [] } = job;
  const { signal, timeout, stallTimeout, integrity, maxRetryTime, onWaiting, onProgress } = options;
  const { concurrency: lanes } = makePlan({ concurrency: options.concurrency });
  if (timeout !== undefined) checkInteger("timeout", timeout, 1);
  if (onProgress !== undefined && typeof onProgress !== "function")
    throw new TypeError(`onProgress must be a function, got ${show(onProgress)}`);
  signal?.throwIfAborted();

  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  const limit = createTimer((ms) => controller.abort(new TimeoutError(`${title}: not done in time`, "timeout", ms)));
  const call: TurnOptions = { signal: controller.signal, stallTimeout, integrity, maxRetryTime, onWaiting };
  const failures: ObjectFailure[] = [];
  let state = { done: 0, failed: 0, size: 0 };
  let stopped = false;
  let cause: unknown;
  /** What the caller's own functions threw. */
  let thrown: { readonly error: unknown } | undefined;

  const change = (next: typeof state): void => {
    state = next;
    // One that is asynchronous fails outside of every call, where it would end a server.
    if (onProgress && !controller.signal.aborted)
      void tally.tell(() => onProgress({ ...state, ...(total !== undefined && { total }) }));
  };
  const tally: Tally = {
    done: (objects, size) => change({ ...state, done: state.done + objects, size: state.size + size }),
    failed(objects) {
      for (const failure of objects) failures.push(failure);
      cause ??= objects[0]?.error;
      if (failures.length >= MOST_FAILURES) stopped = true;
      if (objects.length > 0) change({ ...state, failed: state.failed + objects.length });
    },
    stop(error, objects) {
      cause ??= error;
      stopped = true;
      tally.failed(objects);
    },
    async tell(callback) {
      try {
        await callback();
      } catch (error) {
        thrown ??= { error };
        controller.abort(error);
      }
    },
  };

  const units = source(call)[Symbol.asyncIterator]();
  let ended = false;
  let turn: Promise<unknown> = Promise.resolve();
  /** Not every iterator can be asked while it still answers. */
  const take = (): Promise<U | undefined> => {
    const taken = turn.then(async () => {
      if (stopped || ended || controller.signal.aborted) return undefined;
      try {
        const { done, value } = await abortable(units.next(), controller.signal);
        if (!done) return value;
        ended = true;
      } catch (error) {
        controller.signal.throwIfAborted();
        ended = true;
        tally.stop(error, []);
      }
      return undefined;
    });
    turn = taken.catch(() => {});
    return taken;
  };

  signal?.addEventListener("abort", abort);
  if (timeout !== undefined) limit.start(timeout);
  try {
    await runPool(lanes, controller, async () => {
      const unit = await take();
      if (unit !== undefined) await work(unit, call, tally);
      return unit !== undefined;
    });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (thrown) throw thrown.error;
    if (!isOSSError(error)) throw error;
    cause = error;
    stopped = true;
  } finally {
    limit.stop();
    signal?.removeEventListener("abort", abort);
    // A source that never answers would never end either.
    if (!ended) void Promise.resolve(units.return?.()).catch(() => {});
  }
  if (!stopped && failures.length === 0) return;
  const reason = cause === undefined ? "the service left them out of its answer" : messageOf(cause);
  for (const failure of untried()) failures.push(failure);
  const counts = `${state.done} done, ${failures.length} not`;
  throw new TransferError(`${title} (${counts}): ${reason}`, { failures, result: result(), cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
