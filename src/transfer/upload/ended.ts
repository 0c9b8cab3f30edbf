/**
 * How an upload ends that does not succeed: what becomes of its parts, and what the caller is told.
 * @module
 */

import { show } from "../../core/validate.ts";
import { type CallbackError, isOSSError, type OSSError, ServiceError, TransferError } from "../../errors.ts";
import type { putObject } from "../../operations/object/basic.ts";
import { takeCheckpoint } from "../checkpoint.ts";
import type { OpenUpload, Turn, UploadJob } from "../job.ts";
import { deleteParts } from "./delete_parts.ts";
import { sweep } from "./sweep.ts";
import type { UploadCheckpoint } from "./types.ts";

/** Milliseconds granted, after an abort, to what cleans up. */
const GRACE = 5000;

/** No turn is left, and nobody wants to wait. */
export const graceful: Turn = (work) => work({ signal: new AbortController().signal, timeout: GRACE });

/**
 * Makes of a failure what the caller gets. Where that is an error which can carry the upload's state, the parts stay at
 * the service; else nobody could find them, and they are deleted.
 * @param job the upload; nothing of it is in flight any more
 * @param error what ended it
 * @param row describes the object; a bundler would move what this chunk imported to what every page loads first
 */
export async function ended(job: UploadJob, error: unknown, row: typeof putObject): Promise<unknown> {
  const { input, signal, failedParts } = job;
  await sweep(job, graceful);
  if (signal?.aborted) error = signal.reason;
  const own = isOSSError(error);
  // With a result the object is stored, and only its callback failed. Reasons of aborts may have one, too: in Firefox all.
  const { result, message: callbackFailed } = (
    isOSSError(error) && error.name === "CallbackError" ? error : {}
  ) as Partial<CallbackError<object>>;
  const stored = result !== undefined;
  const { track } = job;
  if (track) {
    const halted = signal?.aborted || (Object(error) as Partial<OSSError>).code === "Stopped";
    // Refused at the door, or gone: there is nothing to go on from.
    const gone = !job.unsure && error instanceof ServiceError && isGone(job, error);
    if (stored) await track.over({ ...result, callbackFailed });
    else if (!job.discarding) await track.ended(halted ? "stopped" : "failed", gone);
  }
  if (signal?.aborted || stored || (!own && error !== job.sourceFailure)) {
    if (!track) await discard(job);
    return error;
  }
  // It cannot be gone on with, then.
  if (error instanceof ServiceError && error.code === "NoSuchUpload") job.uploadId = undefined;
  const part = failedParts[0] ? `part ${failedParts.join()} of ` : "";
  const checkpoint = (await takeCheckpoint(job, row)) ?? leftOf(job);
  return new TransferError(`Cannot upload ${part}${show(input.key)}: ${reasonOf(error)}`, {
    uploadId: checkpoint?.uploadId,
    failedParts,
    checkpoint,
    cause: error,
  });
}

/** What the caller gave to go on from, if it is still to be gone on from. */
function leftOf({ checkpoint, held }: UploadJob): UploadCheckpoint | undefined {
  return !held && checkpoint && "parts" in checkpoint ? checkpoint : undefined;
}

/**
 * Says why a transfer failed, and what to do where the service does not say it.
 * @param error what ended it
 */
export function reasonOf(error: unknown): string {
  const { message = String(error) } = Object(error) as Partial<Error>;
  if (!(error instanceof ServiceError) || error.operation !== "ListParts" || error.status !== 403) return message;
  return `${message}: grant oss:ListParts to go on from what an earlier run left, or say fresh: true to delete that and begin anew`;
}

function isGone({ uploadId }: OpenUpload, { code, status }: ServiceError): boolean {
  return code === "NoSuchUpload" || (!uploadId && status < 500);
}

/**
 * Deletes the parts. The failure that led here is what the caller must see, so one of its own is only told.
 * @param job the upload
 */
export async function discard(job: OpenUpload): Promise<void> {
  const { client, input, uploadId } = job;
  await deleteParts(job, { timeout: GRACE }).catch((error: unknown) => {
    client.context.warn(`Parts of upload ${uploadId} of "${input.key}" were left behind: ${String(error)}`);
  });
}
