/**
 * A transfer: one file on its way up or down.
 * @module
 */
import type { FileHandle } from "oss-fetch";
import type { Explanation } from "../session/explain.ts";

/** `left`: by an earlier visit, and nobody goes on with it. `elsewhere`: another tab does it. */
export type TransferState = "waiting" | "running" | "paused" | "done" | "failed" | "cancelled" | "left" | "elsewhere";

/** How far it has come; bytes, bytes per second, milliseconds. */
export interface Advance {
  /** What the other side has confirmed. */
  readonly confirmed: number;
  /** The same and what is under way. */
  readonly sent: number;
  readonly rate: number;
  readonly left?: number | undefined;
}

/** What a task that can be paused hands out. */
export interface Pausable {
  pause(): unknown;
  resume(): unknown;
}

/** What can be done with something that an earlier visit left. */
export interface Leftover {
  /** What it takes to go on: a click, which may ask for permission, its file, chosen again, or a choice: it is another. */
  readonly needs: "click" | "file" | "choice";
  /** Was it left on purpose? */
  readonly paused: boolean;
  resume(): void;
  /** Begins anew with the file that is there. */
  restart?: (() => void) | undefined;
  discard(): void;
}

/** What is to be done. */
export interface Task {
  readonly kind: "upload" | "download";
  /** The file's name, without folders. */
  readonly name: string;
  readonly key: string;
  readonly size: number;
  /** The file of an upload. */
  readonly source?: Blob | FileHandle | undefined;
  /** Does it go on where it was, when the page is closed and opened again? */
  readonly lasting: boolean;
  /**
   * Does it, once.
   * @param replace whether a file that is there already may be overwritten
   * @param control given at once, where it can be paused
   */
  run(context: {
    signal: AbortSignal;
    report: (advance: Advance) => void;
    replace: boolean;
    /** Told when it begins to wait for the network or the storage, and before each time that it tries again. */
    onWaiting: (waiting: boolean) => void;
    control: (job: Pausable) => void;
  }): Promise<void>;
}

/** A task and what became of it. Replaced at each change, never changed. */
export interface Transfer {
  readonly id: number;
  readonly task: Task;
  readonly state: TransferState;
  readonly advance: Advance;
  /** Why it waits while it runs: `you are offline`. */
  readonly waits?: string | undefined;
  /** Of one that was left. */
  readonly leftover?: Leftover | undefined;
  /** Why it failed. */
  readonly problem?: Explanation | undefined;
  /** How long it took. */
  readonly milliseconds?: number | undefined;
}

export const NOTHING: Advance = { confirmed: 0, sent: 0, rate: 0 };

/** Is it over, one way or the other? */
export function isOver({ state }: Transfer): boolean {
  return state === "done" || state === "failed" || state === "cancelled";
}

/** Does this page do it, now or soon? */
export function isOpen({ state }: Transfer): boolean {
  return state === "waiting" || state === "running" || state === "paused";
}
