/**
 * Recognises what an upload had made before it was cut short. Loaded on demand.
 * @module
 */
import { ServiceError } from "../../errors.ts";
import { bareRequest } from "../bare.ts";
import type { OpenUpload, UploadJob } from "../job.ts";
import { identify } from "../upload/recover.ts";
import type { UploadResult } from "../upload/types.ts";
import { sumSource } from "./sum_source.ts";
import type { MultipartRecord, UploadRecord } from "./types.ts";

/**
 * Recognises the object of an upload that was completed, and whose record nobody removed.
 * @param job the upload
 * @param record says what the object must be
 * @returns the object when it is that one, and the body has its very bytes
 */
export async function recognise(job: UploadJob, record: UploadRecord): Promise<UploadResult | undefined> {
  const made = await findMade(job, record);
  if (!made || (job.source.size ?? made.size) !== made.size) return undefined;
  const { crc64 } = made;
  const { lastModified } = job.source;
  // The file may have been written to since, and is then to be uploaded.
  const same =
    crc64 === undefined
      ? lastModified !== undefined && lastModified === record.lastModified
      : (await sumSource(job)) === crc64;
  return same ? made : undefined;
}

/**
 * Finds the object that completing was asked for.
 * @param job that was to make it
 * @param record says what the object must be
 */
export async function findMade(job: OpenUpload, record: MultipartRecord): Promise<UploadResult | undefined> {
  const { completing, uploadId, since } = record;
  if (!completing || !uploadId) return undefined;
  const { size } = completing;
  const crc64 = completing.crc64 === undefined ? undefined : BigInt(completing.crc64);
  const request = bareRequest(job.input, "HEAD", "HeadObject");
  const response = await job
    .turn((call) =>
      job.client.send(request, call, async (response, watch) => {
        await watch.text();
        return response;
      }),
    )
    .catch((error: unknown) => {
      // Who may write may not be allowed to look; the upload is gone in any case.
      if (
        !(error instanceof ServiceError) ||
        !/^(NoSuchKey|NoSuchVersion|NotFound|AccessDenied|Forbidden)$/.test(error.code)
      )
        throw error;
    });
  const stored = response && identify({ since }, response, { crc64, size });
  return stored ? { ...(crc64 !== undefined && { crc64 }), ...stored, size, uploadId } : undefined;
}
