/**
 * The places of those who look at one transfer.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import type { Progress } from "../../streams/progress.ts";
import type { UploadJob } from "../job.ts";
import type { Keeper } from "./keeper.ts";

/** How the transfer ended, driven by another one. */
export type Verdict =
  | {
      readonly type: "done";
      readonly result: unknown;
      /** Those that describe the object. */
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Its parts are deleted. */
  | { readonly type: "discarded" };

/** Who drives a transfer, or has seen another one do it. */
export interface Place {
  /** Nothing is to be done any more, and the place is left. */
  readonly verdict?: Verdict;
  /**
   * Tells how it goes.
   * @param quietly only those who come now or later: the others were told a moment ago
   */
  send(message: Verdict | { readonly type: "progress"; readonly progress: Progress }, quietly?: boolean): void;
  /** Lets others drive; never rejects. */
  leave(): Promise<void>;
}

/** A transfer that can tell others how far it is. */
export interface Casting extends Pick<UploadJob, "client" | "progress" | "uploadId" | "held" | "partSize"> {
  readonly source: { readonly size?: number | undefined };
  readonly parts: ReadonlyMap<number, unknown>;
  readonly sizes?: readonly number[];
}

/** What attending takes. */
export interface Attendance {
  readonly store: CheckpointStore;
  readonly keeper: Pick<Keeper, "read" | "tell" | "leave">;
  /** Of the record. */
  readonly id: string;
  /** Of the transfer; aborted when it is to end. */
  readonly controller: AbortController;
  /** Called when another one has taken over: it is to be aborted. */
  onLost(): unknown;
  /** Told the progress of whoever drives. */
  readonly onProgress: ((progress: Progress) => void) | undefined;
  /** The others are told its progress, once there are any. */
  readonly job?: Casting;
}

/** What is known at a place; `company.ts` goes on with it once another one is heard. */
export interface Seat extends Attendance, Place {
  /** Is it driven here? */
  isDriving?: boolean;
  /** What was sent last. */
  newest?: unknown;
  /** Has another one driven it? */
  wasDriven?: boolean;
  /** What that one has told last. */
  heard?: Progress;
  verdict?: Verdict;
  /** Are the others told the progress? */
  isCast?: boolean;
  /** Ends the wait for the lock. */
  readonly ending: AbortController;
  /** Aborted when nothing is to be waited for any more. */
  readonly waiting: AbortSignal;
  post(message: unknown): void;
}
