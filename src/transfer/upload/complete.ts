/**
 * Completes a multipart upload exactly once, also when an answer is lost.
 * @module
 */
import { failure } from "../../core/late.ts";
import { show } from "../../core/validate.ts";
import { completeMultipartUpload } from "../../operations/object/multipart.ts";
import type { OpenUpload, SentPart, StoredObject } from "../job.ts";
import { completeInput } from "../requests.ts";

/**
 * Puts the parts together.
 * @param job the upload
 * @param uploadId its multipart upload
 * @param parts all parts, in order
 * @returns the object; its `crc64` is that of the parts where the service does not tell it
 * @throws IntegrityError when the object's CRC-64 is not that of the parts
 */
export async function complete(
  job: OpenUpload,
  uploadId: string,
  parts: readonly SentPart[],
): Promise<StoredObject & { size: number }> {
  const { client, input } = job;
  const checksums = await job.checksums();
  const rescue = await job.rescue;
  await rescue?.sweep(job, job.turn);
  let expected = checksums && 0n;
  let size = 0;
  const completed = parts.map((part) => {
    const { partNumber, crc64, etag = "" } = part;
    // Of a whole nothing is known when one part's is unknown.
    expected =
      checksums && expected !== undefined && crc64 !== undefined
        ? checksums.combineCrc64(expected, crc64, part.size)
        : undefined;
    size += part.size;
    return { partNumber, etag };
  });
  const request = { ...completeInput(input), uploadId, parts: completed };
  const send = (): Promise<StoredObject> => job.turn((call) => completeMultipartUpload(client, request, call), true);
  const whole = { crc64: expected, size };
  await job.track?.note({ completing: { size, crc64: expected?.toString() } });
  let stored: StoredObject;
  try {
    stored = await send();
  } catch (error) {
    if (!rescue) throw error;
    stored = await rescue.recover(job, uploadId, whole, error, send);
  }
  // From here on there is an object and no upload that could be aborted.
  job.uploadId = undefined;
  const { crc64 = expected } = stored;
  if (expected !== undefined && crc64 !== expected) {
    throw (await failure()).alteredError(`Upload of ${show(input.key)}`, expected, String(crc64));
  }
  return { ...stored, size, ...(crc64 !== undefined && { crc64 }) };
}
