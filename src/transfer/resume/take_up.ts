/**
 * Goes on from what the service has of an upload.
 * @module
 */
import type { ServiceError } from "../../errors.ts";
import type { SentPart, UploadJob } from "../job.ts";
import { listParts } from "../upload/part_list.ts";
import type { UploadCheckpoint } from "../upload/types.ts";
import { type HeldPart, heldParts } from "./held.ts";
import { differenceOf, isSame } from "./proof.ts";
import type { UploadRecord } from "./types.ts";

/** What an earlier run left: a record, or the checkpoint of one without a store. */
export type Left = UploadRecord | UploadCheckpoint;

/**
 * Goes on with an upload that is open at the service.
 * @param job the upload; from here on it is that one
 * @param left how it was cut
 * @returns whether it is still open
 * @throws SourceChangedError when the body is not the one that it began with: nothing was touched
 */
export async function takeUp(job: UploadJob, left: Left): Promise<boolean> {
  const { source, progress, plan } = job;
  const { uploadId, partSize } = left;
  if (!uploadId) return false;
  const listed = await listParts(job, uploadId).catch((error: unknown) => {
    if ((error as Partial<ServiceError> | undefined)?.code !== "NoSuchUpload") throw error;
  });
  if (!listed) return false;
  const { size } = source;
  const { parts, sizes } = heldParts({ size, partSize, sizes: left.sizes }, listed);
  const difference = await differenceOf(job, left.size, parts);
  if (difference) throw (await import("./other_body.ts")).otherBody(job, difference);

  const held: NonNullable<UploadJob["held"]> = new Map();
  const { since, lost } = left as Partial<UploadRecord>;
  // A plan that adapts only now goes on behind the parts that were cut alike.
  Object.assign(job, { uploadId, partSize, since, lost, held, ...((left.sizes || plan.auto) && { sizes }) });
  if (size !== undefined) progress.expect(size, Math.ceil(size / partSize));
  for (const part of parts) {
    const { partNumber } = part;
    // Who wants no checks is content with the sample; the bytes of a stream have to be read all the same.
    if (source.read && !job.checksums()) job.parts.set(partNumber, sentPart(part));
    else
      held.set(partNumber, async (bytes, known) =>
        (await isSame(bytes, part, known)) ? sentPart(part, known) : undefined,
      );
    progress.confirmed(partNumber, part.size);
  }
  progress.idle();
  return true;
}

/** A part that the service has, as if it had been sent now. */
export function sentPart({ partNumber, size, etag }: HeldPart, crc64?: bigint): SentPart {
  return { partNumber, size, etag, crc64, confirmed: true };
}
