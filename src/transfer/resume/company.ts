/**
 * What is said among those who look at one transfer. Loaded when another one is heard.
 * @module
 */
import { sleep } from "../../core/wait.ts";
import type { Progress } from "../../streams/progress.ts";
import { castProgress } from "./cast.ts";
import type { Seat, Verdict } from "./seat.ts";

/** Milliseconds that word of the end may be late: it travels beside the lock. */
const LATE = 5000;

/**
 * Hears what another one says.
 * @param seat who hears it
 * @param message what was said, by any version of this library
 */
export function hear(seat: Seat, message: unknown): void {
  const { type, progress } = Object(message) as { type?: unknown; progress?: Progress };
  if (seat.isDriving) {
    castOnce(seat);
    if (type === "hello") seat.post(seat.newest ?? { type: "driven" });
    return;
  }
  seat.wasDriven ||= type !== "hello";
  if (type === "progress" && progress) show(seat, progress);
  if (type === "done" || type === "discarded") {
    seat.verdict = message as Verdict;
    if (type === "done") showWhole(seat, (message as Verdict & { type: "done" }).result);
    seat.ending.abort();
  }
}

/**
 * Waits for word of the end, where another one has driven the transfer.
 * @param seat who waits
 * @param existed whether there was a record
 */
export async function awaitWord(seat: Seat, existed: boolean): Promise<void> {
  if ((existed || seat.wasDriven) && !seat.verdict) await sleep(LATE, seat.waiting).catch(() => {});
}

/**
 * Begins to tell the others the progress.
 * @param seat who drives
 */
export function castOnce(seat: Seat): void {
  const { job, isDriving, isCast, onProgress, heard } = seat;
  if (!job || !isDriving || isCast) return;
  seat.isCast = true;
  castProgress(job, seat, onProgress, heard);
}

function show(seat: Seat, progress: Progress): void {
  seat.heard = progress;
  try {
    seat.onProgress?.(progress);
  } catch (error) {
    seat.controller.abort(error);
  }
}

/** Its driver may have been done before it told anything. */
function showWhole(seat: Seat, result: unknown): void {
  const { job, heard } = seat;
  const { size } = Object(result) as { size?: number };
  if (!job || size === undefined || heard?.acknowledged === size) return;
  const parts = heard?.parts.total ?? Math.ceil(size / job.partSize);
  show(seat, { loaded: size, acknowledged: size, total: size, rate: 0, parts: { done: parts, total: parts } });
}
