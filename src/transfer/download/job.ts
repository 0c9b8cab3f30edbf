/**
 * One download while it runs: what its steps share.
 * @module
 */
import { address } from "../../core/address.ts";
import { limitTimer, once } from "../../core/late.ts";
import { show } from "../../core/validate.ts";
import { getObject } from "../../operations/object/get.ts";
import type { CallOptions, Client } from "../../types.ts";
import type { Checksums } from "../job.ts";
import { fillPlan, MIN_PART, type Pace } from "../plan.ts";
import type { ByteMeter } from "./progress.ts";
import type { DownloadInput, DownloadOptions, DownloadToOptions } from "./types.ts";

/** A piece that has arrived, with its CRC-64 if that is computed. */
export interface Piece {
  readonly position: number;
  readonly length: number;
  readonly crc64: bigint | undefined;
}

/** What the steps of a download share. */
export interface DownloadJob {
  readonly client: Client;
  input: DownloadInput;
  /** For chunks on demand: a bundler would move what they import and `mod.ts` exports to what every page loads first. */
  readonly getObject: typeof getObject;
  readonly partSize: number;
  readonly concurrency: number;
  /** What adapts them, where they do. */
  readonly pace: Pace | undefined;
  /** The caller's own. */
  readonly signal: AbortSignal | undefined;
  /** Its abort, by the caller, the time limit or the first failure, stops everything in flight. */
  readonly controller: AbortController;
  /** Options of each request; their signal is the controller's. */
  call: CallOptions & { readonly signal: AbortSignal };
  /** What computes and combines CRC-64s, a chunk that is loaded with the first part; none when nothing is checked. */
  readonly checksums: () => Promise<Checksums> | undefined;
  /** Waits for a slot, where they are shared. */
  readonly slot: () => Promise<() => void> | undefined;
  /** Gives back the slot of the first request. */
  held: (() => void) | undefined;
  /** Told of the bytes, where somebody listens. */
  progress: ByteMeter | undefined;
  /** What has arrived, in any order. */
  readonly pieces: Piece[];
  /** Was the object seen to be another one than at first? */
  changed: boolean;
  /** Lets go of the caller's signal, the timer and the slot. */
  end(): void;
}

const checks = /* @__PURE__ */ once(() => import("./check.ts"));

/**
 * Checks what the caller asks for, and begins.
 * @throws TypeError, RangeError naming the argument and the value
 */
export async function createJob(
  client: Client,
  input: DownloadInput,
  options: DownloadOptions & DownloadToOptions,
): Promise<DownloadJob> {
  const { signal, timeout, stallTimeout, integrity = client.context.integrity, onProgress, slots, priority } = options;
  const { readAhead, maxRetryTime } = options;
  // Nothing is sent before. Who chooses nothing does not wait for it.
  if (Object.keys(options)[0]) (await checks()).checkDownload(options);
  const plan = fillPlan(options);
  const { concurrency, partSize } = plan;
  // What is wrong with the fields is found before anything is sent.
  address(client.context, getObject.toRequest(input));
  for (const name in input.headers) {
    if (/^range$/i.test(name)) throw new TypeError(`headers must not have ${name}: use range`);
  }
  // A request for a few bytes each would look like a hang.
  const most = Math.max(MIN_PART, readAhead ?? partSize);
  const bounded = { partSize: Math.min(partSize, most), concurrency };
  const { auto } = plan;
  const pace =
    auto && (await import("../pace.ts")).autoPace({ ...plan, ...bounded }, auto, client.context.now, readAhead);
  const controller = new AbortController();
  const progress =
    onProgress && (await import("./progress.ts")).downloadMeter(onProgress, controller, client.context.now);
  signal?.throwIfAborted();
  const stop = (): void => controller.abort(signal?.reason);
  const limit = limitTimer((reason) => controller.abort(reason), `Download ${show(input.key)}`, "timeout");
  signal?.addEventListener("abort", stop, { once: true });
  if (timeout !== undefined) limit.start(timeout);
  const onWaiting = (waiting: boolean): void => {
    job.progress?.idle();
    options.onWaiting?.(waiting);
  };
  const job: DownloadJob = {
    ...{ client, input, getObject, signal, controller, pieces: [], changed: false, held: undefined },
    ...bounded,
    pace,
    call: { signal: controller.signal, stallTimeout, integrity, maxRetryTime, onWaiting },
    checksums: () => (integrity === "none" ? undefined : import("../../checksum/crc64.ts")),
    slot: () => slots?.take(controller.signal, priority),
    progress,
    end() {
      limit.stop();
      job.held?.();
      signal?.removeEventListener("abort", stop);
    },
  };
  return job;
}
