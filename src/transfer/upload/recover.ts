/**
 * Finds out what became of a multipart upload whose completion went unanswered.
 * @module
 */
import { isTransient, pause } from "../../core/retry.ts";
import { sleep } from "../../core/wait.ts";
import { type CallbackError, isOSSError } from "../../errors.ts";
import type { Query } from "../../types.ts";
import { bareRequest } from "../bare.ts";
import type { Expected, OpenUpload, StoredObject, Turn } from "../job.ts";
import { graceful } from "./ended.ts";
import type { UploadResult } from "./types.ts";

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
  job: OpenUpload,
  uploadId: string,
  expected: Expected,
  failure: unknown,
  complete: () => Promise<StoredObject>,
): Promise<StoredObject> {
  let error = failure;
  for (let attempt = 1; ; attempt++) {
    if (!mayHaveWorked(error, attempt)) {
      // There is an object then, and no upload that could be aborted.
      if (isOSSError(error) && error.name === "CallbackError") {
        job.uploadId = undefined;
        const { crc64, size } = expected;
        const { result } = error as CallbackError<StoredObject>;
        Object.assign(result, { ...(crc64 !== undefined && { crc64 }), ...result, size, uploadId });
      }
      throw error;
    }
    job.unsure = expected;
    const list = await ask(job, job.turn, "ListParts", { uploadId, "max-parts": 1 });
    const stored = list ? undefined : await find(job, job.turn, expected);
    if (stored) return stored;
    if (list) job.unsure = undefined;
    if (!list || attempt === ATTEMPTS) throw error;
    await sleep(pause(attempt, {}), job.controller.signal);
    try {
      return await complete();
    } catch (next) {
      error = next;
    }
  }
}

/**
 * After these failures nobody knows whether the service has acted; of a refusal everybody does. But a request whose
 * answer was lost may still have been at work when the upload was seen open: then its own object is in the way.
 */
function mayHaveWorked(error: unknown, attempt: number): boolean {
  if (!isOSSError(error)) return false;
  const { code, name } = error;
  if (code === "FileAlreadyExists" && attempt > 1) return true;
  return isTransient(error) || code === "NoSuchUpload" || name === "DecodeError";
}

/**
 * Finds the object of an upload that has ended before it was known whether completing had made it.
 * @param job the upload
 * @returns nothing when it is still open, or cannot be found
 */
export async function findCompleted(job: OpenUpload): Promise<UploadResult | undefined> {
  const { unsure, uploadId } = job;
  if (!unsure || !uploadId) return undefined;
  if (await ask(job, graceful, "ListParts", { uploadId, "max-parts": 1 })) return undefined;
  const stored = await find(job, graceful, unsure);
  if (!stored) return undefined;
  job.uploadId = undefined;
  const { size, crc64 } = unsure;
  return { ...(crc64 !== undefined && { crc64 }), ...stored, size, uploadId };
}

/** The service's answer, read; none when it refuses or cannot be reached. */
async function ask(job: OpenUpload, turn: Turn, operation: string, query?: Query): Promise<Response | undefined> {
  const { client, controller } = job;
  const request = bareRequest(job.input, query ? "GET" : "HEAD", operation, query);
  try {
    return await turn((call) =>
      client.send(request, call, async (response, watch) => {
        await watch.text();
        return response;
      }),
    );
  } catch {
    if (turn === job.turn) controller.signal.throwIfAborted();
    return undefined;
  }
}

/** The object, if it is the one that was to be put together. */
async function find(job: OpenUpload, turn: Turn, expected: Expected): Promise<StoredObject | undefined> {
  const response = await ask(job, turn, "HeadObject");
  return response && identify(job, response, expected);
}

/**
 * Tells whether an object is the one that was to be put together.
 * @param job the upload that was to make it
 * @param response the answer to HeadObject
 * @param expected what the object must be
 * @returns nothing when it is another one
 */
export function identify(
  job: Pick<OpenUpload, "since">,
  response: Response,
  expected: Expected,
): StoredObject | undefined {
  const { headers, status } = response;
  const of = (name: string): string | undefined => headers.get(name) ?? undefined;
  const [crc, etag, versionId, requestId] = ["hash-crc64ecma", "", "version-id", "request-id"].map((name) =>
    of(name ? `x-oss-${name}` : "etag"),
  );
  // Last-Modified has whole seconds. It is that of the opening where the service takes after S3.
  const modified = Date.parse(of("last-modified") ?? "");
  const since = (job.since ?? Number.NaN) - 1000;
  const type = of("x-oss-object-type");
  // Nobody else's object, and none that was there before, though it may have the same bytes under other headers.
  if (modified < since || (type !== undefined && type !== "Multipart")) return undefined;
  const known = expected.crc64 !== undefined && crc !== undefined;
  // Where the CRC-64 is hidden or unwanted: of this length, and newer than the upload.
  const same = known ? crc === `${expected.crc64}` : modified >= since && of("content-length") === `${expected.size}`;
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
