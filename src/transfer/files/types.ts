/**
 * What uploads and downloads of many files have in common.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import type { Progress } from "../../streams/progress.ts";
import type { Slots } from "../../streams/slots.ts";
import type { MaybePromise } from "../../types.ts";
import type { BatchOptions } from "../batch.ts";
import type { PlanOptions } from "../plan.ts";

/** How far a transfer of many files has come. Numbers never decrease, but for a total that was announced too large. */
export interface FilesProgress {
  readonly files: {
    /** Files that are where they should be. */
    readonly done: number;
    readonly failed: number;
    /** Files found so far, those that `filter` leaves out not counted. */
    readonly total: number;
  };
  /** Bytes handed over, to the network or by it. */
  readonly loaded: number;
  /** Bytes confirmed: what a progress bar should show. It ends at the total when no file failed. */
  readonly acknowledged: number;
  /** Bytes of the files found so far, as far as their sizes are known. */
  readonly total: number;
  /** Have all files been found? Until then the totals grow. */
  readonly final: boolean;
  /** Confirmed bytes per second, over the last ten seconds or so. */
  readonly rate: number;
  /** Milliseconds left at this rate; absent while the total or the rate is unknown. */
  readonly eta?: number;
}

/** A file and its object. */
export interface FileAndKey {
  /** Relative, with `/`. */
  readonly path: string;
  readonly key: string;
}

/** A file that has been transferred. */
export interface TransferredFile extends FileAndKey {
  /** Bytes. */
  readonly size: number;
}

/** How to transfer many files; nothing of it goes on the wire. */
export interface FilesOptions extends Omit<BatchOptions, "onProgress" | "concurrency" | "maxBuffer">, PlanOptions {
  /** Files that are open at once; at most 5 in browsers. @default `concurrency` */
  readonly files?: number | undefined;
  /** Slots that are shared with other transfers. @default as many as `concurrency` says */
  readonly slots?: Slots | undefined;
  /** Files that may be found before their turn comes: memory holds their names. @default 10,000 */
  readonly lookAhead?: number | undefined;
  /**
   * Where to write down what it takes to go on after a crash: the same call, made again, goes on where each file was.
   * With it, an abort keeps what has arrived. @default nowhere
   */
  readonly checkpoints?: CheckpointStore | undefined;
  /** Delete what an earlier run left of each file, and begin anew. @default false */
  readonly fresh?: boolean | undefined;
  /** Stops at the first file that fails, instead of doing all others. @default false */
  readonly stopOnFailure?: boolean | undefined;
  /** Called with the progress of all, a few times a second and at the end. */
  readonly onProgress?: ((progress: FilesProgress) => void) | undefined;
  /** Called with the progress of one file. */
  readonly onFileProgress?: ((file: FileAndKey, progress: Progress) => void) | undefined;
  /** Called when a file is done; the next one of its lane waits for it. */
  readonly onFile?: ((file: TransferredFile) => MaybePromise<void>) | undefined;
}

/** What was transferred. */
export interface FilesResult {
  /** How many files. */
  readonly files: number;
  /** Their bytes. */
  readonly size: number;
  /** How many were left out: by `filter`, or folder markers without a byte. */
  readonly skipped: number;
}
