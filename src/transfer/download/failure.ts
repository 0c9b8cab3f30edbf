/**
 * What the caller of a download sees of its failures.
 * @module
 */
import { show } from "../../core/validate.ts";
import { TransferError } from "../../errors.ts";
import type { DownloadJob } from "./job.ts";

/**
 * Names a failure after the first answer.
 * @param job the download
 * @param error what went wrong
 * @param checkpoint what had arrived, as plain JSON
 * @returns the reason of the caller's abort untouched, else a TransferError with its cause
 */
export function failureOf({ input, signal, changed }: DownloadJob, error: unknown, checkpoint?: object): unknown {
  if (signal?.aborted) return signal.reason;
  const what = `Cannot download ${show(input.key)}${changed ? ", which changed while it was read" : ""}`;
  const why = (Object(error) as Partial<Error>).message ?? String(error);
  return new TransferError(`${what}: ${why}`, { checkpoint, cause: error });
}
