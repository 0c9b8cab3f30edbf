/**
 * The seam between the steps of an upload and its record.
 * @module
 */
import type { TransferRecord } from "../../checkpoints.ts";

/** Writes down how far a transfer into a multipart upload has come. Nothing of it ever rejects: see `keeper.ts`. */
export interface Track {
  /** The upload is about to be opened. */
  asking(): Promise<void>;
  /** It is open, since the job's `since`. */
  opened(uploadId: string): Promise<void>;
  /** All parts are there, and completing is about to be asked for. */
  completing(expected: { readonly crc64: bigint | undefined; readonly size: number }): Promise<void>;
  /** It is paused, or goes on. */
  turned(state: TransferRecord["state"]): Promise<void>;
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
