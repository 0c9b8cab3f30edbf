/**
 * From an object through transform streams to another object, without ever holding it.
 * @module
 */
import type { ObjectInput } from "../core/operation.ts";
import { checkKey, show } from "../core/validate.ts";
import { ServiceError, TransferError } from "../errors.ts";
import type { ObjectHeaders, TrafficLimit } from "../operations/fields.ts";
import { abortMultipartUpload } from "../operations/object/multipart.ts";
import type { Bytes, Client } from "../types.ts";
import { twoBuckets } from "./copy/two_buckets.ts";
import { download } from "./download.ts";
import { checkOptions } from "./upload/check_options.ts";
import type { UploadInput, UploadOptions, UploadResult } from "./upload/types.ts";
import { prepareUpload } from "./upload.ts";

/** Input of `pipe`: the new object, with the fields of PutObject, and the one that is read. */
export interface PipeInput extends ObjectInput, ObjectHeaders, TrafficLimit {
  /** The object that is read. */
  readonly sourceKey: string;
  /** Where it is; must be given when `bucket` is another than the client's. @default the client's `bucket` */
  readonly sourceBucket?: string | undefined;
  /** Which version of it. @default the current one */
  readonly sourceVersionId?: string | undefined;
}

/** A stage of `pipe`: a `TransformStream`, a `CompressionStream`. It is used up. */
export interface PipeStage {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Bytes>;
}

/** Bytes that are read ahead at most: enough that asking for more costs little. */
const READ_AHEAD = 4 * 2 ** 20;

/** Milliseconds granted to what cleans up. */
const GRACE = 5000;

/** Checks the stages: each is used up by a call, so one that was used before would end it at once. */
function checkStages(stages: readonly PipeStage[]): void {
  if (!Array.isArray(stages)) throw new TypeError(`stages must be an array, got ${show(stages)}`);
  stages.forEach((stage: Partial<PipeStage> | undefined, index) => {
    const { readable, writable } = Object(stage) as Partial<PipeStage>;
    if (!readable?.pipeThrough || !writable?.getWriter)
      throw new TypeError(`stages[${index}] must have a readable and a writable stream, got ${show(stage)}`);
    if (readable.locked || writable.locked) throw new TypeError(`stages[${index}] is in use already`);
    if (stages.findIndex((other) => other.writable === writable) < index)
      throw new TypeError(`stages[${index}] is given twice: each place needs a stage of its own`);
  });
}

/** What the streams of a pipe share. */
interface Course {
  error?: unknown;
  failed?: boolean;
  /** Reads the source no longer. */
  stop?: (reason: unknown) => Promise<void>;
}

/** The same bytes; what goes wrong is noted, and told at the end to those who would not hear of it. */
function passOn(stream: ReadableStream<Uint8Array>, state: Course): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  state.stop ??= (reason) => reader.cancel(reason);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          if (state.failed) throw state.error;
          controller.close();
        } catch (caught) {
          // What a download wraps is wrapped again by the upload.
          const error = caught instanceof TransferError ? caught.cause : caught;
          if (!state.failed) Object.assign(state, { error, failed: true });
          controller.error(state.error);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/**
 * Reads an object, sends its bytes through streams, and stores what comes out as another object, or in its own place.
 *
 * Nothing is held as a whole: memory stays below (`concurrency` + 3) x part size, in a Cloudflare Worker too. A broken
 * connection goes on from where it broke. Whatever else fails, in whichever stage, stops all the others; what had the
 * new key before is still there then. With `checkpoints` the parts that were sent stay, and the same call, with new
 * stages that give the same bytes, reads the source again and sends only what is missing.
 *
 * What was stored with `Content-Encoding: gzip` is read decoded. Headers, metadata and tags do not go along: the new
 * object has those of the input.
 *
 * @param client the client
 * @param input the new object, and the one that is read
 * @param stages the streams, in order
 * @param options those of `upload`
 * @returns the new object's ETag, CRC-64, version and length
 * @throws TypeError, RangeError on bad arguments, before any request
 * @throws ServiceError when the object cannot be read
 * @throws TransferError when a stage failed, or the new object could not be stored: `cause` tells why
 * @example
 * ```ts
 * import { createClient, pipe, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["logs"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "logs" });
 * await putObject(client, { key: "today.log", body: "hello\n".repeat(1000) });
 * const input = { sourceKey: "today.log", key: "today.log.gz", contentType: "application/gzip" };
 * const { size } = await pipe(client, input, [new CompressionStream("gzip")]);
 * console.log(size < 6000); // true
 * ```
 * @see https://developer.mozilla.org/en-US/docs/Web/API/Streams_API
 */
export async function pipe(
  client: Client,
  input: PipeInput,
  stages: readonly PipeStage[],
  options: UploadOptions = {},
): Promise<UploadResult> {
  const { sourceKey, sourceBucket: _, sourceVersionId, ...target } = input;
  const { bucket, sourceBucket } = twoBuckets(client, input);
  checkKey(sourceKey);
  checkStages(stages);
  const { signal, stallTimeout, integrity, maxRetryTime, onWaiting } = options;
  const { requestPayer } = input;
  // What is wrong with the other fields and the options is found now: once the source is open, it would stay so.
  const uploaded = { ...target, bucket, body: "" as UploadInput["body"] };
  checkOptions(options);
  const { job, run } = prepareUpload(client, uploaded, options);
  const source = { bucket: sourceBucket, key: sourceKey, versionId: sourceVersionId, requestPayer };
  const readAhead = Math.min(READ_AHEAD, job.partSize);
  // One connection: with the parts of the upload there are six at most in workerd, which has no more.
  const call = { signal, stallTimeout, integrity, maxRetryTime, onWaiting, readAhead, concurrency: 1 };
  const { body } = await download(client, source, call);
  const controller = new AbortController();
  const state: Course = {};
  let stream = passOn(body, state);
  // A stage that takes the failure of the one before for an end would make a truncated object look whole.
  for (const stage of stages) stream = passOn(stream.pipeThrough(stage, { signal: controller.signal }), state);
  uploaded.body = stream;
  try {
    return await run();
  } catch (error) {
    controller.abort(error);
    if (error instanceof TransferError && error.uploadId && !options.checkpoints)
      throw await cleanedUp(client, { ...target, bucket }, error);
    throw error;
  } finally {
    // A stage that had enough, or hangs, passes on no word of it.
    state.failed = true;
    state.stop?.(state.error).catch(() => undefined);
  }
}

/** Nobody will go on from the parts: the streams are used up. */
async function cleanedUp(client: Client, target: ObjectInput, error: TransferError): Promise<TransferError> {
  const { uploadId = "", failedParts, cause, message } = error;
  const { bucket, key, requestPayer } = target;
  try {
    await abortMultipartUpload(client, { bucket, key, requestPayer, uploadId }, { timeout: GRACE });
  } catch (failure) {
    if (!(failure instanceof ServiceError) || failure.code !== "NoSuchUpload")
      client.context.warn(`Parts of upload ${uploadId} of "${key}" were left behind: ${String(failure)}`);
  }
  return new TransferError(message, { failedParts, cause });
}
