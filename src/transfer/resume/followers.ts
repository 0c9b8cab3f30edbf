/**
 * What driver and followers of a transfer say to each other. Loaded when another one is heard.
 * @module
 */
import { sleep } from "../../core/wait.ts";
import type { Progress } from "../../streams/progress.ts";
import { broadcastProgress } from "./broadcast_progress.ts";
import type { Outcome, Participant } from "./participant.ts";

/** Milliseconds that the outcome may be late: it travels beside the lock. */
const LATE = 5000;

/**
 * Hears what another one says.
 * @param self who hears it
 * @param message what was said, by any version of this library
 */
export function hear(self: Participant, message: unknown): void {
  const { type, progress } = Object(message) as { type?: unknown; progress?: Progress };
  if (self.isDriving) {
    beginBroadcast(self);
    if (type === "hello") self.post(self.newest ?? { type: "driven" });
    return;
  }
  self.wasDriven ||= type !== "hello";
  if (type === "progress" && progress) show(self, progress);
  if (type === "done" || type === "discarded") {
    self.outcome = message as Outcome;
    if (type === "done") showWhole(self, (message as Outcome & { type: "done" }).result);
    self.ending.abort();
  }
}

/**
 * Waits to hear the outcome, where another one has driven the transfer.
 * @param self who waits
 * @param existed whether there was a record
 */
export async function awaitOutcome(self: Participant, existed: boolean | undefined): Promise<void> {
  if ((existed || self.wasDriven) && !self.outcome) await sleep(LATE, self.waiting).catch(() => {});
}

/**
 * Begins to tell the others the progress.
 * @param self who drives
 */
export function beginBroadcast(self: Participant): void {
  const { job, isDriving, isBroadcasting, onProgress, heard } = self;
  if (!job || !isDriving || isBroadcasting) return;
  self.isBroadcasting = true;
  broadcastProgress(job, self, onProgress, heard);
}

function show(self: Participant, progress: Progress): void {
  self.heard = progress;
  try {
    // One that is asynchronous fails outside of every call, where it would end a server.
    Promise.resolve(self.onProgress?.(progress)).catch((error: unknown) => self.controller.abort(error));
  } catch (error) {
    self.controller.abort(error);
  }
}

/** Its driver may have been done before it told anything. */
function showWhole(self: Participant, result: unknown): void {
  const { job, heard } = self;
  const { size } = Object(result) as { size?: number };
  if (!job || size === undefined || heard?.acknowledged === size) return;
  // It may come from another version of this library.
  const parts = heard?.parts?.total ?? Math.ceil(size / job.partSize);
  show(self, { loaded: size, acknowledged: size, total: size, rate: 0, parts: { done: parts, total: parts } });
}
