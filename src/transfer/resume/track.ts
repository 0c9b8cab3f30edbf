/**
 * The seam between the steps of an upload and its record.
 * @module
 */
import type { TransferRecord } from "../../checkpoints.ts";
import type { MultipartRecord } from "./types.ts";

/** What changes on the way. */
export interface Changes extends Partial<Pick<MultipartRecord, "state" | "uploadId">> {
  readonly completing?: { readonly size: number; readonly crc64: string | undefined };
}

/** Writes down how far a transfer into a multipart upload has come. Nothing of it ever rejects: see `guarded_store.ts`. */
export interface Track {
  /** Something has changed that the service cannot tell: it is about to be opened, is open, paused, to be completed. */
  note(changes: Changes): Promise<void>;
  /**
   * It ended, its parts kept; who waits to drive it may take over.
   * @param gone there are no parts, and nothing to go on from
   */
  ended(state: TransferRecord["state"], gone?: boolean): Promise<void>;
  /**
   * It is done, or its parts are deleted: nothing is left to go on from.
   * @param result the object; with `callbackFailed`, a message, where that is what the caller is told
   */
  over(result?: object): Promise<void>;
}
