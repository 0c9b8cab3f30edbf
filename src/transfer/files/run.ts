/**
 * Transfers of many files: one pool of slots, one order, one progress.
 * @module
 */
import { checkInteger, show } from "../../core/validate.ts";
import type { ObjectFailure } from "../../errors.ts";
import { abortable } from "../../streams/abort.ts";
import type { Progress } from "../../streams/progress.ts";
import { createSlots, type Slots } from "../../streams/slots.ts";
import type { CallOptions, Client } from "../../types.ts";
import { runBatch, type Tally } from "../batch.ts";
import type { TurnOptions } from "../job.ts";
import { fillPlan, type PlanOptions } from "../plan.ts";
import { checkOptions } from "../upload/check_options.ts";
import { concernsOneFile } from "./concerns_one.ts";
import { lookAhead } from "./look_ahead.ts";
import { createFilesMeter } from "./meter.ts";
import type { FilesOptions, FilesResult, TransferredFile } from "./types.ts";

/** One file to transfer. */
export interface FileUnit {
  readonly path: string;
  readonly key: string;
  /** Bytes, where they are known before. */
  readonly size: number | undefined;
  readonly priority: number;
  /** Why it cannot even be begun. */
  readonly refused?: unknown;
}

/** What each transfer is told. */
export interface FileTransferOptions extends TurnOptions, PlanOptions, Pick<FilesOptions, "checkpoints" | "fresh"> {
  readonly slots: Slots;
  readonly priority: number;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** A transfer of many files. */
export interface FilesJob<U extends FileUnit> {
  readonly client: Client;
  readonly title: string;
  readonly options: FilesOptions;
  /** The files, as they are found; `undefined` is one that is left out. */
  readonly walk: (call: CallOptions) => AsyncIterable<U | undefined>;
  /** Transfers one. */
  readonly transfer: (unit: U, options: FileTransferOptions) => Promise<{ readonly size: number }>;
}

/** With another priority its turn would never come, and with another size nobody's sum would be right. */
function checked<U extends FileUnit>(unit: U): U {
  const { size = 0, priority } = unit;
  try {
    checkInteger("size", size, 0);
    if (!Number.isFinite(priority)) throw new RangeError(`priority must be a number, got ${show(priority)}`);
    return unit;
  } catch (refused) {
    return { refused, ...unit, size: undefined, priority: 0 };
  }
}

/**
 * Runs a transfer of many files to its end.
 * @throws TransferError when a file failed, with all that did
 */
export async function runFiles<U extends FileUnit>(job: FilesJob<U>): Promise<FilesResult> {
  const { client, title, options, transfer } = job;
  const { onProgress, onFileProgress, onFile, stopOnFailure = false, lookAhead: most = 10_000 } = options;
  const { partSize, concurrency, multipartThreshold, checkpoints, fresh } = options;
  checkOptions(options);
  const plan = fillPlan(options);
  const { files: lanes = plan.concurrency, slots = createSlots(plan.concurrency) } = options;
  checkInteger("files", lanes, 1, 1000);
  checkInteger("lookAhead", most, 1);
  for (const [name, value] of Object.entries({ onFileProgress, onFile }))
    if (value !== undefined && typeof value !== "function")
      throw new TypeError(`${name} must be a function, got ${show(value)}`);

  const result = { files: 0, size: 0, skipped: 0 };
  /** The caller's functions end the job when they throw; it is running whenever they are called. */
  let running: Tally | undefined;
  const meter = createFilesMeter(
    onProgress && ((progress) => void running?.tell(() => onProgress(progress))),
    client.context.now,
  );

  async function* counted(call: CallOptions): AsyncGenerator<U> {
    for await (const found of job.walk(call)) {
      const unit = found && checked(found);
      if (unit) meter.found(unit.size);
      else result.skipped++;
      if (unit) yield unit;
    }
  }
  let ahead: { left(): U[] } | undefined;
  /** One for each file: Node takes eleven listeners of one signal for a leak. */
  const transfers = new Set<AbortController>();
  const source = (call: TurnOptions): AsyncIterable<U> => {
    const abort = (): void => {
      for (const one of transfers) one.abort(call.signal.reason);
    };
    call.signal.addEventListener("abort", abort, { once: true });
    const units = lookAhead(counted(call), most, ({ priority }) => priority, meter.final);
    ahead = units;
    return units;
  };

  const work = async (unit: U, call: TurnOptions, tally: Tally): Promise<void> => {
    running = tally;
    const { path, key, priority, size: announced } = unit;
    let done: TransferredFile;
    const controller = new AbortController();
    transfers.add(controller);
    // It may have come before this one was there to be told.
    if (call.signal.aborted) controller.abort(call.signal.reason);
    try {
      if (unit.refused !== undefined) throw unit.refused;
      const watch = (progress: Progress): void => {
        meter.moved(unit, progress, announced);
        if (onFileProgress) void tally.tell(() => onFileProgress({ path, key }, progress));
      };
      const watched = onProgress || onFileProgress ? watch : undefined;
      const { signal: own } = controller;
      const shared = {
        ...call,
        signal: own,
        partSize,
        concurrency,
        multipartThreshold,
        checkpoints,
        fresh,
        slots,
        priority,
        onProgress: watched,
      };
      done = { path, key, size: (await transfer(unit, shared)).size };
    } catch (error) {
      call.signal.throwIfAborted();
      meter.failed(unit);
      const failures: ObjectFailure[] = [{ key, path, error }];
      return stopOnFailure || !concernsOneFile(error) ? tally.stop(error, failures) : tally.failed(failures);
    } finally {
      transfers.delete(controller);
    }
    meter.done(unit, done.size, announced);
    result.files++;
    result.size += done.size;
    tally.done(1, done.size);
    if (onFile)
      await abortable(
        tally.tell(() => onFile(done)),
        call.signal,
      );
  };

  const { signal, timeout, stallTimeout, integrity, maxRetryTime } = options;
  const onWaiting = (waiting: boolean): void => {
    meter.idle();
    options.onWaiting?.(waiting);
  };
  await runBatch<U>({
    options: { signal, timeout, stallTimeout, integrity, maxRetryTime, onWaiting, concurrency: lanes },
    title,
    source,
    work,
    result: () => ({ ...result }),
    untried: () => (ahead?.left() ?? []).map(({ key, path }) => ({ key, path })),
  }).finally(() => {
    if (!signal?.aborted) meter.tell();
  });
  return result;
}
