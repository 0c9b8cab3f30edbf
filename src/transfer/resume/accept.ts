/**
 * What becomes of an upload that another one has done meanwhile. Loaded on demand.
 * @module
 */
import { CallbackError, OSSError } from "../../errors.ts";
import type { UploadJob } from "../job.ts";
import type { UploadResult } from "../upload/types.ts";
import { otherHeader } from "./other_header.ts";
import { resultOf } from "./results.ts";
import type { Verdict } from "./seat.ts";
import { sumSource } from "./sum_source.ts";
import type { UploadRecord } from "./types.ts";

/**
 * Takes the object over, if it is the one that was to be uploaded here.
 * @param job the upload
 * @param headers that describe its object
 * @param verdict what the other one has told
 * @returns nothing when it is another one: two buffers of one length have one record, too
 * @throws OSSError `Discarded`
 * @throws CallbackError when it is stored, but its callback failed
 */
export async function accept(
  job: UploadJob,
  headers: UploadRecord["headers"],
  verdict: Verdict,
): Promise<UploadResult | undefined> {
  if (verdict.type === "discarded") throw new OSSError("it was discarded elsewhere", "Discarded");
  const { callbackFailed, ...result } = resultOf<UploadResult & { readonly callbackFailed?: string }>(verdict.result);
  const { crc64 } = result;
  if (crc64 === undefined || otherHeader(headers, verdict.headers)) return undefined;
  if ((await sumSource(job)) !== crc64) return undefined;
  if (callbackFailed !== undefined) throw new CallbackError(callbackFailed, result);
  return result;
}
