/**
 * Copies in parts, each of them pinned to the source. Loaded with the first large object.
 * @module
 */
import { combineCrc64 } from "../../checksum/crc64.ts";
import { alteredError } from "../../core/network_error.ts";
import { DecodeError, ServiceError, SourceChangedError } from "../../errors.ts";
import type { CopyObjectInput } from "../../operations/object/copy.ts";
import { runPool } from "../../streams/pool.ts";
import type { SentPart } from "../job.ts";
import { partInput } from "../requests.ts";
import * as rescue from "../upload/rescue.ts";
import { copyEnded } from "./ended.ts";
import { describe } from "./facts.ts";
import type { CopyJob, CopyUpload } from "./job.ts";
import type { StoredFacts } from "./stored_facts.ts";
import type { CopyResult } from "./types.ts";

/**
 * What makes a copy of an object onto itself one that loses nothing: the service would take all from the request.
 * @param job the copy
 * @returns the request
 */
export async function ontoItself(job: CopyJob): Promise<CopyObjectInput> {
  const { facts, described } = await describe(job);
  const { tagging, ...others } = described;
  const { taggingDirective = "Copy" } = job.request;
  return {
    ...job.request,
    ...others,
    copySourceIfMatch: job.request.copySourceIfMatch ?? facts.etag,
    metadataDirective: "REPLACE",
    taggingDirective,
    tagging: taggingDirective === "Replace" ? tagging : undefined,
  };
}

/**
 * Copies an object in parts.
 * @param job the copy
 * @returns the copy
 * @throws TransferError with a checkpoint, when parts of it are kept at the service
 */
export async function copyParts(job: CopyJob): Promise<CopyResult> {
  const { client, request, plan, call, controller, options, steps } = job;
  const { facts, described } = await describe(job);
  const { copySource: _, copySourceIfMatch, metadataDirective, taggingDirective, trafficLimit, ...fields } = request;
  if (copySourceIfMatch !== undefined && bare(copySourceIfMatch) !== bare(facts.etag)) throw changed(job);
  const onWaiting = (waiting: boolean): void => {
    job.progress.idle();
    call.onWaiting?.(waiting);
  };
  const upload: CopyUpload = {
    checkpoints: options.checkpoints,
    ...{ client, controller, input: { ...fields, ...described } },
    async turn(work) {
      const release = await options.slots?.take(call.signal, options.priority);
      try {
        return await work({ ...call, onWaiting });
      } finally {
        release?.();
      }
    },
    checksums: () => (call.integrity === "none" ? undefined : import("../../checksum/crc64.ts")),
    rescue: Promise.resolve(rescue),
    partSize: steps.determinePartSize(facts.size, plan.partSize),
    progress: job.progress,
    source: facts,
    parts: new Map(),
    uploadId: undefined,
    since: undefined,
    failedParts: [],
  };
  try {
    const { checkpoints: store } = options;
    if (store) {
      const { beginCopy } = await import("../resume/begin_copy.ts");
      const done = await beginCopy({ job, upload, store, facts, contentType: fields.contentType });
      if (done) return done;
    }
    upload.uploadId ??= await upload.turn((call) => steps.initiate(upload, fields.contentType, call));
    const { uploadId } = upload;
    await sendParts(job, upload, facts, trafficLimit);
    const parts = [...upload.parts.values()].sort((a, b) => a.partNumber - b.partNumber);
    if (call.integrity !== "none") compare(job, facts, crc64Of(parts));
    const copied = await steps.complete(upload, uploadId, parts);
    if (call.integrity !== "none") compare(job, facts, copied.crc64);
    const result = { ...copied, uploadId };
    await upload.track?.over(result);
    return result;
  } catch (error) {
    controller.abort(error);
    throw await copyEnded(job, upload, facts, error);
  }
}

async function sendParts(
  job: CopyJob,
  upload: CopyUpload,
  facts: StoredFacts,
  trafficLimit: number | undefined,
): Promise<void> {
  const { client, source, plan, controller, progress, steps } = job;
  const { partSize, parts, uploadId = "" } = upload;
  const count = Math.ceil(facts.size / partSize);
  const base = {
    ...partInput(upload.input),
    trafficLimit,
    uploadId,
    copySource: source,
    copySourceIfMatch: facts.etag,
  };
  let claimed = 0;
  progress.expect(facts.size, count);
  await runPool(plan.concurrency, controller, async () => {
    while (parts.has(claimed + 1)) claimed++;
    if (claimed >= count) return false;
    const partNumber = ++claimed;
    const start = (partNumber - 1) * partSize;
    const size = Math.min(partSize, facts.size - start);
    try {
      await upload.turn(async (call) => {
        progress.sent(partNumber, size);
        const copySourceRange = [start, start + size - 1] as const;
        const { etag, crc64 } = await steps.uploadPartCopy(client, { ...base, partNumber, copySourceRange }, call);
        if (!etag) throw new DecodeError(`${job.title}: the answer for part ${partNumber} has no ETag`);
        parts.set(partNumber, { partNumber, size, etag, crc64, confirmed: true });
        progress.confirmed(partNumber, size);
      });
    } catch (error) {
      if (controller.signal.aborted) throw error;
      upload.failedParts.push(partNumber);
      throw isGone(error) ? changed(job, error) : error;
    }
    return true;
  });
}

/** Is the source no longer what was looked at? */
function isGone(error: unknown): boolean {
  return error instanceof ServiceError && /^(PreconditionFailed|NoSuchKey|NoSuchVersion)$/.test(error.code);
}

/**
 * Describes a source that is no longer what was looked at.
 * @param job the copy
 * @param cause what the service said
 */
export function changed({ title }: CopyJob, cause?: unknown): SourceChangedError {
  return new SourceChangedError(`${title}: the source was replaced or deleted, so nothing was made of it`, cause);
}

function bare(etag: string): string {
  return etag.replace(/"/g, "").toUpperCase();
}

/** CRC-64 of all parts, where the service has told each. */
function crc64Of(parts: readonly SentPart[]): bigint | undefined {
  let whole: bigint | undefined = 0n;
  for (const { crc64, size } of parts)
    whole = whole === undefined || crc64 === undefined ? undefined : combineCrc64(whole, crc64, size);
  return whole;
}

/** The service may leave either out. */
function compare({ title }: CopyJob, facts: StoredFacts, copied: bigint | undefined): void {
  if (facts.crc64 !== null && copied !== undefined && facts.crc64 !== `${copied}`)
    throw alteredError(title, BigInt(facts.crc64), `${copied}`);
}
