/**
 * Learns from ListParts what a browser hides in the answers of UploadPart: its document is readable where headers are
 * not. Loaded when something is hidden.
 * @module
 */
import { CorsError, IntegrityError } from "../errors.ts";
import type { ListPartsResult, UploadedPart } from "../operations/object/list_multipart.ts";
import type { UploadJob } from "./job.ts";
import type { SentPart } from "./parts.ts";

/**
 * Fills in missing ETags and compares sizes and CRC-64s.
 * @param job the upload
 * @param parts what was sent, in order from part 1
 * @param hidden the headers that were missing in answers
 * @param list reads the page of parts that follows a number
 * @throws IntegrityError when the service holds a part that differs
 * @throws CorsError when an ETag is hidden and the list does not tell it either
 */
export async function confirmParts(
  job: UploadJob,
  parts: readonly SentPart[],
  hidden: readonly string[],
  list: (after: number | undefined) => Promise<ListPartsResult>,
): Promise<void> {
  const { client, call } = job;
  const advice = `add ${hidden.join(" and ")} to the ExposeHeader list of the bucket's CORS rule`;
  client.context.warn(`The answers of UploadPart lack ${hidden.join(" and ")}, so ListParts is asked: ${advice}`);
  let cause: unknown;
  try {
    let marker: number | undefined;
    do {
      const page: ListPartsResult = await list(marker);
      for (const listed of page.parts) compare(parts[listed.partNumber - 1], listed);
      marker = page.isTruncated ? page.nextPartNumberMarker : undefined;
    } while (marker);
  } catch (error) {
    if (error instanceof IntegrityError || call.signal?.aborted) throw error;
    cause = error;
  }
  // Where listing is not allowed only a check is lost, as long as the ETags are known.
  if (parts.some((part) => part.etag === undefined)) {
    throw new CorsError(`Cannot complete the upload without the ETags of its parts: ${advice}`, hidden, cause);
  }
}

function compare(sent: SentPart | undefined, listed: UploadedPart): void {
  if (!sent) return;
  differ(sent, "length", sent.size, listed.size);
  differ(sent, "crc64", sent.crc64, listed.crc64);
  sent.etag = listed.etag;
  sent.storedAt = listed.lastModified?.getTime();
}

function differ(part: SentPart, check: "length" | "crc64", sent?: number | bigint, stored?: number | bigint): void {
  if (sent === undefined || stored === undefined || sent === stored) return;
  const message = `Part ${part.partNumber} arrived with ${check} ${stored} instead of ${sent}`;
  throw new IntegrityError(message, check, String(sent), String(stored));
}
