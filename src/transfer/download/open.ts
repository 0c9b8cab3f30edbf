/**
 * The first answer of a download: how much there is, and whether it can be read in parts.
 * @module
 */
import { readHeaders, resultOf } from "../../core/response.ts";
import type { ServiceError } from "../../errors.ts";
import { type ObjectProperties, objectReading } from "../../operations/fields.ts";
import { type ByteRange, getObject } from "../../operations/object/get.ts";
import type { Result } from "../../types.ts";
import { type Answer, extentOf, IDENTITY, type InParts, isEncoded, type Opened } from "./answer.ts";
import type { DownloadJob } from "./job.ts";
import type { DownloadToResult } from "./types.ts";

/** What headers tell of the object, and what of it is read. */
type Described = Omit<ObjectProperties, "contentLength" | "contentRange"> &
  Result &
  Pick<DownloadToResult, "range" | "objectSize">;

/**
 * What the first answer tells of the object.
 * @param opened the first answer
 * @returns the properties of the result, but for its size
 */
export function describe({ parts, single }: Opened): Described {
  const response = parts ? parts.response : single;
  // Those are of the first part.
  const { contentLength, contentRange, ...properties } = readHeaders<ObjectProperties>(
    response.headers,
    objectReading(),
  ) as ObjectProperties;
  const { start = 0, end = 0, total } = parts?.extent ?? {};
  return {
    ...resultOf(response),
    ...properties,
    ...(parts && { range: [start, end - 1] as const }),
    ...(total !== undefined && { objectSize: total }),
  };
}

/** What is to be read, as far as the answer tells; nothing where it fits the question badly, or a page sees too little. */
function locate(range: ByteRange, [first, last]: ByteRange, answer: Answer): InParts | undefined {
  const { headers } = answer.response;
  const { start, end, total } = extentOf(answer.response) ?? {};
  if (start === undefined || end === undefined || total === undefined) return undefined;
  const at = (position: number): number => (position < 0 ? Math.max(0, total + position) : position);
  if (start !== at(first) || end !== Math.min((last ?? total) + 1, total)) return undefined;
  const [from, to = total] = range;
  const extent = { start: at(from), end: Math.min(to + 1, total), total };
  if (end !== extent.end && !IDENTITY.some((name) => headers.has(name))) return undefined;
  return { ...answer, extent, end: start === extent.start ? end : 0 };
}

/**
 * Sends the first request, and looks at what it tells.
 * @param job the download
 * @param length bytes to ask for at first
 * @throws what GetObject throws
 */
export async function open(job: DownloadJob, length: number): Promise<Opened> {
  const { input, client, call } = job;
  const { range = [0] as const } = input;
  const [from, to = Number.MAX_SAFE_INTEGER] = range;
  const other = async (asked?: ByteRange, answer?: Answer): Promise<Opened> =>
    (await import("./single.ts")).open(job, asked, answer);
  job.held = await job.slot();
  // A processed object is another one each time, and has no ranges.
  if (input.process !== undefined || input.query?.["x-oss-process"] !== undefined) return other();
  // Of the last so many bytes, the last one tells where they begin.
  const asked: ByteRange =
    from >= 0 ? [from, Math.min(to, Number.MAX_SAFE_INTEGER, from + length - 1)] : [-from <= length ? from : -1];
  try {
    const answer = await client.send(
      getObject.toRequest({ ...input, range: asked }),
      call,
      (response, watch): Answer => ({ response, watch }),
    );
    const { response } = answer;
    const parts = response.status === 206 && !isEncoded(response) ? locate(range, asked, answer) : undefined;
    return parts ? { parts } : await other(asked, answer);
  } catch (error) {
    // Nothing of an empty object can be asked for; it is there all the same. Bun and Chromium
    // fail to decode slices of what is stored compressed before they answer.
    const { status, cause } = Object(error) as Partial<ServiceError & { cause: Error }>;
    if ((status === 416 && !input.range) || /Zlib|^Failed to fetch/.test(`${cause?.message}`)) return other();
    throw error;
  }
}
