/**
 * Sends the parts of an upload, several at once, each checked by its CRC-64.
 * @module
 */
import { uploadPart } from "../operations/object/multipart.ts";
import { runPool } from "../streams/pool.ts";
import type { Bytes } from "../types.ts";
import { readNext, type UploadJob } from "./job.ts";
import { determinePartSize, growingPartSize, MAX_PARTS } from "./plan.ts";
import { partInput } from "./requests.ts";

/** A part that the service has. */
export interface SentPart {
  readonly partNumber: number;
  readonly size: number;
  /** CRC-64 of its bytes as they were read here; absent when nothing is checked. */
  readonly crc64: bigint | undefined;
  /** As the answer told it; a browser may hide it. */
  etag: string | undefined;
  /** Was its CRC-64 in the answer, and so compared? */
  readonly confirmed: boolean;
  /** When it was stored, in milliseconds by the service's own clock; unknown where a browser hides it. */
  storedAt: number | undefined;
}

/**
 * Sends everything that the source has.
 * @param job the upload
 * @param uploadId the open multipart upload
 * @param head bytes of part 1, when they were read already
 * @returns the parts in ascending order
 */
export async function sendParts(job: UploadJob, uploadId: string, head: Bytes | undefined): Promise<SentPart[]> {
  const { client, controller, source, plan, progress } = job;
  const total = source.size;
  const partSize = total === undefined ? plan.partSize : determinePartSize(total, plan.partSize);
  const base = partInput(job.input);
  const checksums = await job.checksums();
  const parts: SentPart[] = [];
  let first = head;
  let claimed = 0;
  let offset = 0;
  let ended = false;

  const send = async (partNumber: number, body: Bytes): Promise<void> => {
    progress.sent(partNumber, body.length);
    const size = body.length;
    const checksum = checksums?.crc64(body);
    const request = {
      ...uploadPart.toRequest({ ...base, trafficLimit: job.input.trafficLimit, uploadId, partNumber, body }),
      crc64: { body: checksum },
    };
    const headers = await client.send(request, job.call, async (response, watch) => {
      await watch.text();
      return response.headers;
    });
    parts.push({
      partNumber,
      size,
      crc64: checksum,
      etag: headers.get("etag") ?? undefined,
      confirmed: headers.has("x-oss-hash-crc64ecma"),
      storedAt: Date.parse(headers.get("date") ?? "") || undefined,
    });
    progress.confirmed(partNumber, size);
  };

  const step = async (): Promise<boolean> => {
    if (ended || offset === total) return false;
    const partNumber = ++claimed;
    const start = offset;
    const length =
      total === undefined ? growingPartSize(partNumber, start, partSize) : Math.min(partSize, total - start);
    offset += length;
    try {
      const body = first ?? (await readNext(job, length));
      first = undefined;
      if (body.length < length && !ended) {
        ended = true;
        progress.expect(start + body.length, partNumber - (body.length ? 0 : 1));
      }
      if (!body.length) return false;
      if (partNumber > MAX_PARTS)
        throw new RangeError(`body must fit in ${MAX_PARTS} parts: a partSize above ${partSize} is needed`);
      await send(partNumber, body);
    } catch (error) {
      if (!controller.signal.aborted) job.failedParts.push(partNumber);
      throw error;
    }
    return true;
  };

  if (total !== undefined) progress.expect(total, Math.ceil(total / partSize));
  await runPool(plan.concurrency, controller, step);
  return parts.sort((a, b) => a.partNumber - b.partNumber);
}
