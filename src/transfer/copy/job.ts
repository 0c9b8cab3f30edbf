/**
 * One copy while it runs: what its steps share.
 * @module
 */
import type { CopySource } from "../../operations/copy_source.ts";
import type { CopyObjectInput } from "../../operations/object/copy.ts";
import type { ProgressMeter } from "../../streams/progress.ts";
import type { Client } from "../../types.ts";
import type { OpenUpload, SentPart, Turn } from "../job.ts";
import type { Plan } from "../plan.ts";
import type { CopySteps } from "./steps.ts";
import type { KeepingOptions } from "./stored_facts.ts";
import type { CopyOptions } from "./types.ts";

/** A copy while it runs. */
export interface CopyJob {
  readonly client: Client;
  /** For messages: `Cannot copy "a" to "b"`. */
  readonly title: string;
  /** The copy as one request would make it. */
  readonly request: CopyObjectInput & { readonly bucket: string };
  readonly source: CopySource;
  readonly plan: Plan;
  /** Its abort, by the caller, the time limit or the first failure, stops everything in flight. */
  readonly controller: AbortController;
  readonly progress: ProgressMeter;
  /** Tells the caller the progress, where somebody listens. */
  readonly report: CopyOptions["onProgress"];
  /** Options of each request; their signal is the controller's. */
  readonly call: KeepingOptions & { readonly signal: AbortSignal };
  readonly options: CopyOptions;
  readonly keep: boolean;
  readonly steps: CopySteps;
}

/** The multipart upload of a copy. */
export interface CopyUpload extends OpenUpload {
  turn: Turn;
  readonly partSize: number;
  readonly progress: ProgressMeter;
  readonly source: { readonly size: number };
  /** The parts that the service has, by their numbers. */
  readonly parts: Map<number, SentPart>;
  /** Numbers of the parts that failed. */
  readonly failedParts: number[];
}
