/**
 * How a copy in parts ends that does not succeed.
 * @module
 */
import { isOSSError, ServiceError, TransferError } from "../../errors.ts";
import { discard, graceful, reasonOf } from "../upload/ended.ts";
import { sweep } from "../upload/sweep.ts";
import type { CopyJob, CopyUpload } from "./job.ts";
import type { StoredFacts } from "./stored_facts.ts";
import type { CopyCheckpoint } from "./types.ts";

/**
 * Makes of a failure what the caller gets. The parts stay at the service where it can be gone on from them.
 * @param job the copy; nothing of it is in flight any more
 * @param upload its multipart upload
 * @param facts the source as it was looked at
 * @param error what ended it
 */
export async function copyEnded(
  job: CopyJob,
  upload: CopyUpload,
  facts: StoredFacts,
  error: unknown,
): Promise<unknown> {
  const { signal } = job.options;
  const { failedParts } = upload;
  await sweep(upload, graceful);
  if (error instanceof ServiceError && error.code === "NoSuchUpload") upload.uploadId = undefined;
  const over = signal?.aborted || !isOSSError(error);
  const { track } = upload;
  // What went wrong cannot be gone on from.
  const spoilt = isOSSError(error) && /^(SourceChanged|Integrity)Error$/.test(error.name);
  if (spoilt || (over && !track)) await discard(upload);
  // Also what could not be deleted: nobody else could drive it otherwise.
  await track?.ended(signal?.aborted ? "stopped" : "failed", !upload.uploadId && isRefusal(error));
  if (over) return signal?.aborted ? signal.reason : error;
  const { uploadId } = upload;
  const part = failedParts[0] ? `, part ${failedParts.join()}` : "";
  // What the copy itself found wrong begins with its title.
  const reason = reasonOf(error).replace(`${job.title}: `, "");
  return new TransferError(`${job.title}${part}: ${reason}`, {
    uploadId,
    failedParts,
    checkpoint: uploadId && takeCheckpoint(job, upload, uploadId, facts),
    cause: error,
  });
}

/** Is there nothing to go on from? Of an opening that went unanswered nobody knows. */
function isRefusal(error: unknown): boolean {
  return error instanceof ServiceError && error.status < 500;
}

function takeCheckpoint(
  { request, source }: CopyJob,
  { parts, partSize }: CopyUpload,
  uploadId: string,
  { etag, crc64, size }: StoredFacts,
): CopyCheckpoint {
  return {
    version: 1,
    kind: "copy",
    bucket: request.bucket,
    key: request.key,
    uploadId,
    source: {
      bucket: source.bucket,
      key: source.key,
      ...(source.versionId != null && { versionId: source.versionId }),
      etag,
      ...(crc64 !== null && { crc64 }),
    },
    size,
    partSize,
    parts: [...parts.values()]
      .sort((a, b) => a.partNumber - b.partNumber)
      .map(({ partNumber, size, etag = "", crc64 }) => ({
        number: partNumber,
        size,
        etag,
        ...(crc64 !== undefined && { crc64: `${crc64}` }),
      })),
  };
}
