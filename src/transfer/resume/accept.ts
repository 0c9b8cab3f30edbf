/**
 * What becomes of an upload that another one has done meanwhile. Loaded on demand.
 * @module
 */
import { CallbackError, OSSError } from "../../errors.ts";
import type { UploadJob } from "../job.ts";
import type { UploadResult } from "../upload/types.ts";
import { otherHeader } from "./other_header.ts";
import type { Outcome } from "./participant.ts";
import { resultOf } from "./results.ts";
import { sumSource } from "./sum_source.ts";
import type { UploadRecord } from "./types.ts";

/**
 * Takes the object over, if it is the one that was to be uploaded here.
 * @param job the upload
 * @param headers that describe its object
 * @param outcome what the other one has told
 * @returns nothing when it is another one: two buffers of one length have one record, too
 * @throws OSSError `Discarded`
 * @throws CallbackError when it is stored, but its callback failed
 */
export async function accept(
  job: UploadJob,
  headers: UploadRecord["headers"],
  outcome: Outcome,
): Promise<UploadResult | undefined> {
  if (outcome.type === "discarded") throw new OSSError("it was discarded elsewhere", "Discarded");
  const { callbackFailed, ...result } = resultOf<UploadResult & { readonly callbackFailed?: string }>(outcome.result);
  const { crc64 } = result;
  if (crc64 === undefined || otherHeader(headers, outcome.headers)) return undefined;
  if ((await sumSource(job)) !== crc64) return undefined;
  if (callbackFailed !== undefined) throw new CallbackError(callbackFailed, result);
  return result;
}
