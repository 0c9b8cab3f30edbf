/**
 * Sends the parts of an upload, several at once, each checked by its CRC-64.
 * @module
 */
import { sendsSlices } from "../../core/runtime.ts";
import { watchBody } from "../../core/watched_body.ts";
import { uploadPart } from "../../operations/object/multipart.ts";
import { runPool } from "../../streams/pool.ts";
import type { Bytes } from "../../types.ts";
import { type Piece, type TurnOptions, type UploadJob, withBytes } from "../job.ts";
import { partInput } from "../requests.ts";

/**
 * Sends everything that the source has, but for the parts that the service has.
 * @param job the upload, opened; its `parts` grow
 * @param first what was read of part 1 already
 */
export async function sendParts(job: UploadJob, first: Piece): Promise<void> {
  const { client, controller, source, progress, parts, partSize, plan, held, uploadId = "" } = job;
  const total = source.size;
  const base = { ...partInput(job.input), trafficLimit: job.input.trafficLimit, uploadId };
  // A body whose length nobody knows needs parts that grow.
  const pace = plan.auto || job.sizes || total === undefined ? (await import("./pace.ts")).uploadPace(job) : undefined;
  const checksums = await job.checksums();
  let claimed = 0;
  let offset = 0;
  let ended = false;

  /** Is nothing left to be claimed? */
  const over = (): boolean => {
    for (let held = parts.get(claimed + 1); held; held = parts.get(claimed + 1)) {
      claimed++;
      offset += held.size;
    }
    return ended || offset === total;
  };
  const send = async (partNumber: number, part: Bytes | Blob, size: number, call: TurnOptions): Promise<void> => {
    const bytes = "size" in part ? undefined : part;
    const known = bytes && checksums?.crc64(bytes);
    let sent = bytes && (await held?.get(partNumber)?.(bytes, known));
    if (!sent) {
      pace?.started(partNumber, size);
      let sum: Promise<bigint | undefined> | undefined;
      const body = job.watch(bytes ?? watchBody(part, { onSum: (found) => (sum = found) }), partNumber);
      const request = { ...uploadPart.toRequest({ ...base, partNumber, body }), crc64: { body: known } };
      const headers = await client.send(request, call, async (response, watch) => {
        await watch.text();
        return response.headers;
      });
      const crc64 = known ?? (await sum);
      const etag = headers.get("etag") ?? undefined;
      sent = { partNumber, size, crc64, etag, confirmed: headers.has("x-oss-hash-crc64ecma") };
    }
    parts.set(partNumber, sent);
    pace?.finished(partNumber);
    progress.confirmed(partNumber, size);
  };

  const step = async (): Promise<boolean> => {
    let piece: Piece | undefined;
    let partNumber = 0;
    let start = 0;
    let length = 0;
    return (
      !over() &&
      job.turn(async (call) => {
        if (!piece) {
          // While a slot was waited for, others may have claimed what was left.
          if (over()) return false;
          partNumber = ++claimed;
          start = offset;
          const left = (total ?? 0) - start;
          length = pace ? pace.next(partNumber, start, total && left) : Math.min(partSize, left);
          offset += length;
          piece = partNumber > 1 ? {} : first;
        }
        try {
          // Read by the network itself, and by us to sum it up meanwhile: a page sends nothing faster.
          const slice =
            total !== undefined && !held?.has(partNumber) && sendsSlices() && source.slice?.(start, start + length);
          if (slice) {
            await send(partNumber, slice, length, call);
            return true;
          }
          return await withBytes(job, call.signal, piece, start, length, async (body) => {
            if (body.length < length && !ended) {
              ended = true;
              progress.expect(start + body.length, partNumber - (body.length ? 0 : 1));
            }
            if (!body.length) return false;
            await send(partNumber, body, body.length, call);
            // The service has it: its memory may serve the next part.
            source.recycle?.(body);
            return true;
          });
        } catch (error) {
          if (!call.signal.aborted) job.failedParts.push(partNumber);
          throw error;
        }
      })
    );
  };

  if (total !== undefined) progress.expect(total, Math.ceil(total / partSize));
  for (const { partNumber, size } of parts.values()) progress.confirmed(partNumber, size);
  await runPool(pace?.lanes ?? plan.concurrency, controller, step);
}
