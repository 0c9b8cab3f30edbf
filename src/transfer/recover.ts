/**
 * Finds out what became of a multipart upload whose completion went unanswered.
 *
 * It is loaded on demand, and asks with bare requests: a bundler would move the rows it shared with others, and all
 * that they need, to what a page loads first.
 * @module
 */
import { isTransient, pause } from "../core/retry.ts";
import { sleep } from "../core/wait.ts";
import { isOSSError } from "../errors.ts";
import type { OSSRequest, Query } from "../types.ts";
import type { StoredObject, UploadJob } from "./job.ts";
import { partInput } from "./requests.ts";

/** What the object must be to be the one that was uploaded. */
export interface Expected {
  /** CRC-64 of all parts, if it was computed. */
  readonly crc64: bigint | undefined;
  readonly size: number;
  /** When the first part was stored, in milliseconds by the service's clock, if it told. */
  readonly since: number | undefined;
}

/** How often completing is tried; each time but the first the upload was seen open. */
const ATTEMPTS = 4;

/**
 * Goes on after a failed completion: adopts the object if the service has made it, and completes again only while the
 * upload is seen to be open.
 * @param job the upload
 * @param uploadId its multipart upload
 * @param expected what the object must be
 * @param failure why completing failed
 * @param complete tries again
 * @throws the last failure, when it was a refusal or nothing helped
 */
export async function recover(
  job: UploadJob,
  uploadId: string,
  expected: Expected,
  failure: unknown,
  complete: () => Promise<StoredObject>,
): Promise<StoredObject> {
  let error = failure;
  for (let attempt = 1; ; attempt++) {
    if (!mayHaveWorked(error)) {
      // There is an object then, and no upload that could be aborted.
      if (isOSSError(error) && error.name === "CallbackError") job.uploadId = undefined;
      throw error;
    }
    const open = await ask(job, "ListParts", { uploadId, "max-parts": 1 });
    const stored = open ? undefined : await find(job, expected);
    if (stored) return stored;
    if (!open || attempt === ATTEMPTS) throw error;
    await sleep(pause(attempt, {}), job.call.signal);
    try {
      return await complete();
    } catch (next) {
      error = next;
    }
  }
}

/** After these failures nobody knows whether the service has acted; of a refusal everybody does. */
function mayHaveWorked(error: unknown): boolean {
  return isOSSError(error) && (isTransient(error) || error.code === "NoSuchUpload" || error.name === "DecodeError");
}

/** The service's answer, read; none when it refuses or cannot be reached. */
async function ask(job: UploadJob, operation: string, query?: Query): Promise<Response | undefined> {
  const { client, call } = job;
  const { requestPayer, ...base } = partInput(job.input);
  const request: OSSRequest = {
    ...base,
    method: query ? "GET" : "HEAD",
    operation,
    query: { ...base.query, ...query },
    headers: { ...base.headers, "x-oss-request-payer": requestPayer },
  };
  try {
    return await client.send(request, call, async (response, watch) => {
      await watch.text();
      return response;
    });
  } catch {
    call.signal?.throwIfAborted();
    return undefined;
  }
}

/** The object, if it is the one that was to be put together. */
async function find(job: UploadJob, expected: Expected): Promise<StoredObject | undefined> {
  const response = await ask(job, "HeadObject");
  if (!response) return undefined;
  const { headers, status } = response;
  const of = (name: string): string | undefined => headers.get(name) ?? undefined;
  const [crc, etag, versionId, requestId] = ["hash-crc64ecma", "", "version-id", "request-id"].map((name) =>
    of(name ? `x-oss-${name}` : "etag"),
  );
  // Where the CRC-64 is hidden or unwanted: of this length, and newer than the parts. Last-Modified has whole seconds.
  const modified = Date.parse(of("last-modified") ?? "");
  const same =
    expected.crc64 !== undefined && crc !== undefined
      ? crc === `${expected.crc64}`
      : modified > (expected.since ?? Number.NaN) - 1000 && of("content-length") === `${expected.size}`;
  if (!same) return undefined;
  return {
    status,
    headers,
    ...(requestId && { requestId }),
    ...(etag && { etag }),
    ...(crc && { crc64: BigInt(crc) }),
    ...(versionId && { versionId }),
  };
}
