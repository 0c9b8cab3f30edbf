/**
 * How an object is copied: in one request where that will do, else in parts.
 * @module
 */
import { failure } from "../../core/late.ts";
import { checkKey, show } from "../../core/validate.ts";
import { ServiceError, TimeoutError } from "../../errors.ts";
import { copyObject } from "../../operations/object/copy.ts";
import { createProgress } from "../../streams/progress.ts";
import { createTimer } from "../../timer.ts";
import type { Client } from "../../types.ts";
import { makePlan } from "../check_plan.ts";
import type { Plan } from "../plan.ts";
import { checkOptions } from "../upload/check_options.ts";
import type { CopyJob } from "./job.ts";
import { copySteps } from "./steps.ts";
import { objectHeaders, sizeOf } from "./stored_facts.ts";
import { twoBuckets } from "./two_buckets.ts";
import type { CopyInput, CopyOptions, CopyResult } from "./types.ts";

/** So much the service promises to copy in one request. */
const MOST_COPIED: number = 2 ** 30;
/** No bytes travel, so that a part costs little more than its request. */
const COPY_PART = 2 ** 26;

/** What the service takes from the source unless it is told otherwise. */
const DESCRIBING = [
  "metadata",
  "contentType",
  "cacheControl",
  "contentDisposition",
  "contentEncoding",
  "contentLanguage",
  "expires",
] as const;

/** What is known already, or wanted beyond what a caller can say. */
export interface CopyMode {
  /** It is larger than the threshold, as a list has told. */
  readonly large?: boolean | undefined;
  /** Storage class, encryption and ACL go along, too. */
  readonly keep?: boolean | undefined;
}

/**
 * Checks how an object is to be cut.
 * @throws RangeError naming the option and its value
 */
export function copyPlan(options: Pick<CopyOptions, "partSize" | "concurrency" | "multipartThreshold">): Plan {
  const { partSize = COPY_PART, concurrency, multipartThreshold = MOST_COPIED } = options;
  return makePlan({ partSize, concurrency, multipartThreshold });
}

/**
 * Checks what can be checked without a request.
 * @throws TypeError, RangeError naming the argument
 */
function prepare(client: Client, input: CopyInput, options: CopyOptions, keep: boolean): CopyJob {
  const { bucket, sourceBucket } = twoBuckets(client, input);
  const { sourceKey, sourceBucket: _, sourceVersionId, ...described } = input;
  checkKey(input.key);
  checkKey(sourceKey);
  const { metadataDirective, tagging, taggingDirective = tagging && "Replace" } = input;
  const given = DESCRIBING.find((name) => input[name] !== undefined);
  if (given && metadataDirective !== "REPLACE")
    throw new TypeError(
      `${given} needs metadataDirective "REPLACE", which takes all headers and metadata from the input: without it the service keeps the source's`,
    );
  if (tagging && taggingDirective !== "Replace")
    throw new TypeError(`tagging needs taggingDirective "Replace", got ${show(taggingDirective)}`);
  const source = { bucket: sourceBucket, key: sourceKey, versionId: sourceVersionId };
  const request = { ...described, bucket, copySource: source, taggingDirective };
  // What is wrong with the other fields is found now, too.
  copyObject.toRequest(request);
  const {
    signal,
    stallTimeout,
    integrity = client.context.integrity,
    exposed,
    maxRetryTime,
    onWaiting,
    onProgress,
  } = options;
  const plan = copyPlan(options);
  checkOptions(options);
  signal?.throwIfAborted();
  const controller = new AbortController();
  const report: typeof onProgress =
    onProgress &&
    ((progress) => {
      // One that is asynchronous fails outside of every call, where it would end a server.
      Promise.resolve(onProgress(progress)).catch((error: unknown) => controller.abort(error));
    });
  return {
    ...{ client, request, source, plan, controller, options, report, keep, steps: copySteps },
    title: `Cannot copy ${show(sourceKey)} to ${show(input.key)}`,
    progress: createProgress(report, client.context.now),
    call: { signal: controller.signal, stallTimeout, integrity, exposed, maxRetryTime, onWaiting },
  };
}

/**
 * Copies an object.
 * @param client the client
 * @param input what a caller can say of it
 * @param options how to do it
 * @param mode what else is known
 */
export async function runCopy(
  client: Client,
  input: CopyInput,
  options: CopyOptions,
  mode: CopyMode = {},
): Promise<CopyResult> {
  const { key, sourceVersionId = "null" } = input;
  const job = prepare(client, input, options, mode.keep ?? false);
  const { title, controller, request } = job;
  const { signal, timeout } = options;
  const stop = (): void => controller.abort(signal?.reason);
  const limit = createTimer((ms) =>
    controller.abort(new TimeoutError(`${title}: not done within ${ms} ms`, "timeout", ms)),
  );
  signal?.addEventListener("abort", stop);
  if (timeout !== undefined) limit.start(timeout);
  try {
    // Then the service takes headers and metadata from the request, whatever it is told; elsewhere another version of
    // the same name is another object.
    const self = request.bucket === job.source.bucket && key === job.source.key && sourceVersionId === "null";
    return await run(await patient(self ? { ...job, keep: true } : job), self, mode.large);
  } catch (error) {
    controller.abort(error);
    throw signal?.aborted ? signal.reason : error;
  } finally {
    limit.stop();
    signal?.removeEventListener("abort", stop);
  }
}

/** One that goes on waits for a service that is away, from its first question on. */
async function patient(job: CopyJob): Promise<CopyJob> {
  if (!job.options.checkpoints) return job;
  return import("../resume/patient_copy.ts").then(
    ({ patientCopy }) => patientCopy(job),
    () => job,
  );
}

async function run(job: CopyJob, self: boolean, large: boolean | undefined): Promise<CopyResult> {
  const { client, source, request, plan, call, progress } = job;
  const inParts = (): Promise<typeof import("./parts.ts")> => import("./parts.ts");
  if (large) return (await inParts()).copyParts(job);
  const { requestPayer } = request;
  const headers = await objectHeaders(client, { ...source, requestPayer }, call);
  const link = headers.get("x-oss-object-type") === "Symlink";
  const size = sizeOf(headers);
  if (size > plan.threshold && !link) return (await inParts()).copyParts(job);
  const known = Number.isNaN(size) || link ? undefined : { size };
  if (known) {
    progress.expect(size, 1);
    progress.sent(1, size);
  }
  // What is copied is what was looked at: else there is nothing to compare. A link's headers are those of its target.
  const etag = link ? null : headers.get("etag");
  const pinned = { ...request, copySourceIfMatch: request.copySourceIfMatch ?? etag ?? undefined };
  const whole = self && !link ? await (await inParts()).ontoItself({ ...job, request: pinned }) : pinned;
  const copied = await copyObject(client, whole, call).catch(async (error: unknown) => {
    if (
      !(error instanceof ServiceError) ||
      error.code !== "PreconditionFailed" ||
      request.copySourceIfMatch !== undefined
    )
      throw error;
    throw (await inParts()).changed(job, error);
  });
  const expected = headers.get("x-oss-hash-crc64ecma");
  const { crc64 } = copied;
  if (call.integrity !== "none" && etag && expected !== null && crc64 !== undefined && `${crc64}` !== expected)
    throw (await failure()).alteredError(job.title, BigInt(expected), `${crc64}`);
  progress.confirmed(1, known?.size ?? 0);
  if (job.options.checkpoints)
    await import("../resume/tidy_copy.ts").then(
      ({ tidyUpCopy }) => tidyUpCopy(job),
      () => undefined,
    );
  return { ...copied, ...known };
}
