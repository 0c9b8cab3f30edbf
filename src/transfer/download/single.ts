/**
 * Downloads in one request: what cannot be asked for in ranges (processed, compressed, empty) or cannot be pinned.
 * Loaded on demand.
 * @module
 */
import { guard } from "../../core/guard.ts";
import { decodesAlways } from "../../core/runtime.ts";
import { show } from "../../core/validate.ts";
import type { ByteRange } from "../../operations/object/get.ts";
import { type Answer, extentOf, type InParts, isEncoded, type Opened } from "./answer.ts";
import { failureOf } from "./failure.ts";
import type { DownloadJob } from "./job.ts";
import type { DownloadInput } from "./types.ts";

/** What a page sees of an answer whose Content-Range is hidden: what is shorter than asked for ends there. */
function locateBlindly({ range = [0] }: DownloadInput, [first, last]: ByteRange, answer: Answer): InParts | undefined {
  const { headers, status } = answer.response;
  const length = Number(headers.get("content-length") ?? Number.NaN);
  if (status !== 206 || isEncoded(answer.response) || headers.has("content-range") || last === undefined)
    return undefined;
  const ended = length < last + 1 - first;
  if (!ended && !(last === range[1] && length === last + 1 - first)) return undefined;
  const end = first + length;
  return { ...answer, end, extent: { start: first, end, total: ended ? end : undefined } };
}

/**
 * Begins a download that is not simply one of parts.
 * @param job the download
 * @param asked the range that was asked for, if one was
 * @param answer the answer to that; it is used when it is the object itself
 * @returns the object in one answer, its body under guard; or in parts after all
 * @throws what GetObject throws; DecodeError for another range than was asked for
 */
export async function open(job: DownloadJob, asked?: ByteRange, answer?: Answer): Promise<Opened> {
  const { input, client, call, getObject } = job;
  if (answer && asked) {
    const { response, watch } = answer;
    const blind = locateBlindly(input, asked, answer);
    if (blind) return { parts: blind };
    const range = (bounds: ByteRange | undefined): string | undefined =>
      getObject.toRequest({ ...input, range: bounds }).headers?.["range"];
    // Also refuses another range than was asked for. A slice of what is compressed is of no use.
    const wanted = response.status !== 206 ? input.range : isEncoded(response) ? undefined : asked;
    const guarded = guard(response, watch, range(wanted));
    if (response.status !== 206) return { single: guarded };
    const { start, end, total } = extentOf(response) ?? {};
    // All of a compressed object can be decoded, a slice of it cannot. Deno leaves what answers a range as it is.
    if (decodesAlways() && isEncoded(response) && start === 0 && end === total && !input.range)
      return { single: guarded };
    // Bun has failed to decode it by now.
    await guarded.body?.cancel().catch(() => undefined);
    if (!isEncoded(response)) {
      const names = "Content-Range and ETag";
      client.context.warn(
        `Downloads in parts need ExposeHeader ${names} in the bucket's CORS rule: ${show(input.key)} is read in one request`,
      );
    }
  }
  return { single: await getObject(client, input, call) };
}

/**
 * The length that an answer's body will have.
 * @param response the answer
 * @param visible are all headers seen? A page may not see that a body is decoded
 * @returns bytes, where they are known
 */
export function lengthOf(response: Response, visible: boolean): number | undefined {
  const length = response.headers.get("content-length");
  if (response.status === 304 || length === "0") return 0;
  return length === null || isEncoded(response) || !visible ? undefined : Number(length);
}

/** One chunk after the other, with progress?. */
export interface SingleReader {
  /** The next chunk; none at the end. */
  next(): Promise<Uint8Array | undefined>;
  cancel(reason: unknown): Promise<void>;
}

/**
 * Reads a body under guard.
 * @param job the download
 * @param response the answer
 * @param size its bytes, where they are known
 */
export function readSingle({ progress }: DownloadJob, response: Response, size: number | undefined): SingleReader {
  const reader = response.body?.getReader();
  let received = 0;
  if (size !== undefined) progress?.expect(size, 1);
  return {
    async next() {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) {
        progress?.expect(received, 1);
        progress?.moved(received, received, 1);
        return undefined;
      }
      received += value.length;
      progress?.moved(received, received, 0);
      return value;
    },
    async cancel(reason) {
      await reader?.cancel(reason);
    },
  };
}

/**
 * Makes the body of a download in one request.
 * @param job the download
 * @param response the answer
 * @param size its bytes, where they are known
 */
export function singleBody(job: DownloadJob, response: Response, size: number | undefined): ReadableStream<Uint8Array> {
  const reader = readSingle(job, response, size);
  return new ReadableStream<Uint8Array>(
    {
      async pull(out) {
        try {
          const chunk = await reader.next();
          if (chunk) return out.enqueue(chunk);
          job.end();
          out.close();
        } catch (error) {
          job.end();
          out.error(failureOf(job, error));
        }
      },
      async cancel(reason) {
        job.controller.abort(reason);
        job.end();
        await reader.cancel(reason).catch(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
