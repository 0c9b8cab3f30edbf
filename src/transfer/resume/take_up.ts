/**
 * Goes on from what the service has of an upload.
 * @module
 */
import { ServiceError } from "../../errors.ts";
import { bareRequest } from "../bare.ts";
import type { SentPart, StoredObject, UploadJob } from "../job.ts";
import { listParts } from "../part_list.ts";
import { identify } from "../recover.ts";
import type { UploadCheckpoint } from "../upload_types.ts";
import { type HeldPart, heldParts } from "./held.ts";
import { isSame, otherBody, proveSource, sumSource } from "./proof.ts";
import type { UploadRecord } from "./types.ts";

/** What an earlier run left: a record, or the checkpoint of one without a store. */
export type Left = UploadRecord | UploadCheckpoint;

/** The value, or nothing when the service says that there is none. */
async function unless<T>(code: RegExp, promise: Promise<T>): Promise<T | undefined> {
  return promise.catch((error: unknown) => {
    if (error instanceof ServiceError && code.test(error.code)) return undefined;
    throw error;
  });
}

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
  const listed = uploadId && (await unless(/^NoSuchUpload$/, listParts(job, uploadId)));
  if (!listed) return false;
  const { size } = source;
  if (size !== undefined && left.size !== undefined && size !== left.size)
    throw otherBody(job, `${size} bytes are not the ${left.size} that`);
  // A plan that adapts only now goes on behind the parts that were cut alike.
  const alike = plan.auto && new Array<number>(listed.at(-1)?.partNumber ?? 0).fill(partSize);
  const { parts, sizes } = heldParts({ size, partSize, sizes: left.sizes ?? alike }, listed);
  await proveSource(job, parts);

  const summed = job.checksums() !== undefined;
  job.uploadId = uploadId;
  job.partSize = partSize;
  if (sizes) job.sizes = sizes;
  job.since = "since" in left ? left.since : undefined;
  const held: NonNullable<UploadJob["held"]> = new Map();
  job.held = held;
  if (size !== undefined) progress.expect(size, Math.ceil(size / partSize));
  for (const part of parts) {
    // Who wants no checks is content with the sample; the bytes of a stream have to be read all the same.
    if (source.read && !summed) job.parts.set(part.partNumber, sentPart(part));
    else
      held.set(part.partNumber, async (bytes, known) =>
        (await isSame(bytes, part, known)) ? sentPart(part, known) : undefined,
      );
    progress.confirmed(part.partNumber, part.size);
  }
  progress.idle();
  return true;
}

function sentPart({ partNumber, size, etag }: HeldPart, crc64?: bigint): SentPart {
  return { partNumber, size, etag, crc64, confirmed: true };
}

/**
 * Recognises the object of an upload that was completed, and whose record nobody removed.
 * @param job the upload
 * @param record says what the object must be
 * @returns the object when it is that one, and the body has its very bytes
 */
export async function recognise(
  job: UploadJob,
  record: UploadRecord,
): Promise<(StoredObject & { size: number; uploadId: string }) | undefined> {
  const { completing, uploadId, since } = record;
  if (!completing || !uploadId) return undefined;
  const { size } = completing;
  const crc64 = completing.crc64 === undefined ? undefined : BigInt(completing.crc64);
  const request = bareRequest(job.input, "HEAD", "HeadObject");
  const response = await unless(
    // Who may write may not be allowed to look; the upload is gone in any case.
    /^(NoSuchKey|NoSuchVersion|NotFound|AccessDenied|Forbidden)$/,
    job.turn((call) =>
      job.client.send(request, call, async (response, watch) => {
        await watch.text();
        return response;
      }),
    ),
  );
  const stored = response && identify({ since }, response, { crc64, size });
  if (!stored || (job.source.size ?? size) !== size) return undefined;
  // The file may have been written to since, and is then to be uploaded.
  const same = crc64 === undefined ? job.source.lastModified === record.lastModified : (await sumSource(job)) === crc64;
  return same ? { ...(crc64 !== undefined && { crc64 }), ...stored, size, uploadId } : undefined;
}
