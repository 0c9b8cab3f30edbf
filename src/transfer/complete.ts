/**
 * Completes a multipart upload exactly once, also when an answer is lost.
 * @module
 */
import { failure } from "../core/late.ts";
import { show } from "../core/validate.ts";
import { completeMultipartUpload } from "../operations/object/multipart.ts";
import type { StoredObject, UploadJob } from "./job.ts";
import type { SentPart } from "./parts.ts";
import { completeInput } from "./requests.ts";

/**
 * Puts the parts together.
 * @param job the upload
 * @param uploadId its multipart upload
 * @param parts all parts, in order
 * @returns the object; its `crc64` is that of the parts where the service does not tell it
 * @throws IntegrityError when the object's CRC-64 is not that of the parts
 */
export async function complete(
  job: UploadJob,
  uploadId: string,
  parts: readonly SentPart[],
): Promise<StoredObject & { size: number }> {
  const { client, input, call } = job;
  // Loaded while all is well: once it is needed, the network may be gone.
  const recovery = import("./recover.ts").catch(() => undefined);
  const checksums = await job.checksums();
  let expected = checksums && 0n;
  let size = 0;
  const completed = parts.map((part) => {
    if (checksums && expected !== undefined && part.crc64 !== undefined) {
      expected = checksums.combineCrc64(expected, part.crc64, part.size);
    }
    size += part.size;
    return { partNumber: part.partNumber, etag: part.etag ?? "" };
  });
  const request = { ...completeInput(input), uploadId, parts: completed };
  const send = (): Promise<StoredObject> => completeMultipartUpload(client, request, call);
  let stored: StoredObject;
  try {
    stored = await send();
  } catch (error) {
    const rescue = await recovery;
    if (!rescue) throw error;
    const since = parts[0]?.storedAt;
    stored = await rescue.recover(job, uploadId, { crc64: expected, size, since }, error, send);
  }
  // From here on there is an object and no upload that could be aborted.
  job.uploadId = undefined;
  const { crc64 = expected } = stored;
  if (expected !== undefined && crc64 !== expected) {
    throw (await failure()).alteredError(`Upload of ${show(input.key)}`, expected, String(crc64));
  }
  return { ...stored, size, ...(crc64 !== undefined && { crc64 }) };
}
