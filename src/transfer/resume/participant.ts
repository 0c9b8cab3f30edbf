/**
 * Those who take part in one transfer: one drives it, the others follow.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import type { Progress } from "../../streams/progress.ts";
import type { UploadJob } from "../job.ts";
import type { GuardedStore } from "./guarded_store.ts";

/** How the transfer ended, driven by another one. */
export type Outcome =
  | {
      readonly type: "done";
      readonly result: unknown;
      /** Those that describe the object. */
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Its parts are deleted. */
  | { readonly type: "discarded" };

/** Who may drive a transfer now, unless another one has ended it. */
export interface LockHolder {
  /** Nothing is to be done any more, and the lock is released. */
  readonly outcome?: Outcome;
  /**
   * Tells how it goes.
   * @param quietly only those who come now or later: the others were told a moment ago
   */
  send(message: Outcome | { readonly type: "progress"; readonly progress: Progress }, quietly?: boolean): void;
  /** Lets others drive; never rejects. */
  release(): Promise<void>;
}

/** A transfer that can tell others how far it is. */
export interface ProgressSource extends Pick<UploadJob, "client" | "progress" | "uploadId" | "held" | "partSize"> {
  readonly source: { readonly size?: number | undefined };
  readonly parts: ReadonlyMap<number, unknown>;
  readonly sizes?: readonly number[];
}

/** What waiting for the lock takes. */
export interface LockOptions {
  readonly store: CheckpointStore;
  readonly guarded: Pick<GuardedStore, "read" | "tell" | "close" | "closed">;
  /** Of the record. */
  readonly id: string;
  /** Of the transfer; aborted when it is to end. */
  readonly controller: AbortController;
  /** Called when another one has taken over: it is to be aborted. */
  onLost(): unknown;
  /** Told the progress of whoever drives. */
  readonly onProgress: ((progress: Progress) => void) | undefined;
  /** The others are told its progress, once there are any. */
  readonly job?: ProgressSource;
}

/** What one of them knows; `followers.ts` goes on with it once another one is heard. */
export interface Participant extends LockOptions, LockHolder {
  /** Is it driven here? */
  isDriving?: boolean;
  /** What was sent last. */
  newest?: unknown;
  /** Has another one driven it? */
  wasDriven?: boolean;
  /** What that one has told last. */
  heard?: Progress;
  outcome?: Outcome;
  /** Are the others told the progress? */
  isBroadcasting?: boolean;
  /** Ends the wait for the lock. */
  readonly ending: AbortController;
  /** Aborted when nothing is to be waited for any more. */
  readonly waiting: AbortSignal;
  post(message: unknown): void;
}
