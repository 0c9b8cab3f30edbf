/**
 * How a copy with a record begins: with the right to drive it, and from what an earlier run left. Loaded on demand.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import { OSSError, ServiceError, SourceChangedError } from "../../errors.ts";
import { describing } from "../checkpoint.ts";
import type { CopyJob, CopyUpload } from "../copy/job.ts";
import type { StoredFacts } from "../copy/stored_facts.ts";
import type { CopyResult } from "../copy/types.ts";
import { initiateInput } from "../requests.ts";
import { discard } from "../upload/ended.ts";
import { listParts } from "../upload/part_list.ts";
import { sweep } from "../upload/sweep.ts";
import { adopt, otherRecords } from "./adopt.ts";
import { awaitLock } from "./await_lock.ts";
import { copyFault } from "./copy_fault.ts";
import { findRecord } from "./find_record.ts";
import { type GuardedStore, guardStore } from "./guarded_store.ts";
import { heldParts } from "./held.ts";
import { copyId } from "./id.ts";
import { otherHeader } from "./other_header.ts";
import type { LockHolder } from "./participant.ts";
import { bePatient } from "./patience.ts";
import { findMade } from "./recognise.ts";
import { recordMultipart } from "./record_multipart.ts";
import { plainResult, resultOf } from "./results.ts";
import { sentPart } from "./take_up.ts";
import { takenOver } from "./taken_over.ts";
import type { CopyRecord } from "./types.ts";

/** What a copy begins with. */
export interface BeginningCopy {
  readonly job: CopyJob;
  /** From here on it is the one that was begun before, if there is one. */
  readonly upload: CopyUpload;
  /** Where its record is. */
  readonly store: CheckpointStore;
  /** The source as it is now. */
  readonly facts: StoredFacts;
  /** Of the copy. */
  readonly contentType: string | undefined;
}

/**
 * Begins a copy.
 * @param beginning what it takes
 * @returns the copy when nothing is to be done any more
 * @throws SourceChangedError when the source is not the one that an earlier run began with: nothing was touched
 */
export async function beginCopy(beginning: BeginningCopy): Promise<CopyResult | undefined> {
  const { job, upload, store, facts, contentType } = beginning;
  const { client, request, source, controller, steps } = job;
  const { bucket, key } = request;
  const { headers = {} } = steps.initiateMultipartUpload.toRequest(initiateInput(upload.input, contentType));
  const described = describing(headers);
  const guarded = guardStore(store, client.context.warn, controller.signal);
  const endpoint = client.context.url(bucket, key).host;
  const id = copyId(job);
  const onLost = (): void => controller.abort(takenOver());
  const wait = (): Promise<LockHolder> =>
    awaitLock({ store, guarded, id, controller, onLost, onProgress: job.report, job: upload });
  let holder = await wait();
  for (; holder.outcome; holder = await wait()) {
    const { outcome } = holder;
    if (outcome.type === "discarded") throw new OSSError("it was discarded elsewhere", "Discarded");
    const result = resultOf<CopyResult>(outcome.result);
    // A source that was replaced meanwhile is to be copied again.
    const same = facts.crc64 === null || result.crc64 === undefined || `${result.crc64}` === facts.crc64;
    if (same && !otherHeader(described, outcome.headers)) return result;
  }
  try {
    const found = await findRecord<CopyRecord>(guarded, id, copyFault, client.context.warn);
    const isOurs = found?.bucket === bucket && found.key === key && found.source.key === source.key;
    const before = isOurs && found.source.bucket === source.bucket ? found : undefined;
    bePatient(upload, before);
    const done = before && (await goOn(job, upload, facts, before, described, guarded));
    if (done) {
      holder.send({ type: "done", result: plainResult(done), headers: described });
      await guarded.remove(id);
      await holder.release();
      return done;
    }
    const { partSize } = upload;
    const { versionId } = source;
    const { etag, crc64, size } = facts;
    const pinned = {
      bucket: source.bucket,
      key: source.key,
      ...(versionId != null && { versionId }),
      etag,
      ...(crc64 !== null && { crc64 }),
    };
    upload.track = recordMultipart({
      ...{ job: upload, guarded, holder, id, before },
      facts: () => ({ kind: "copy", endpoint, bucket, key, headers: described, partSize, source: pinned, size }),
    });
    await upload.track.note({ state: "running" });
    return undefined;
  } catch (error) {
    // Kept, as the record is.
    upload.uploadId = undefined;
    await holder.release();
    throw error;
  }
}

/** Goes on from what was left, if that is possible; tells the copy when it is done already. */
async function goOn(
  { title, client, options, progress }: CopyJob,
  upload: CopyUpload,
  facts: StoredFacts,
  before: CopyRecord,
  headers: CopyRecord["headers"],
  guarded: GuardedStore,
): Promise<CopyResult | undefined> {
  const { source, size, partSize } = before;
  const { fresh } = options;
  if (!fresh && (source.etag !== facts.etag || size !== facts.size || (source.crc64 ?? null) !== facts.crc64))
    throw new SourceChangedError(
      `${title}: the source was replaced after an earlier run had begun to copy it: say fresh: true to delete what is there and begin anew`,
    );
  const other = otherHeader(headers, before.headers);
  const uploadId = before.uploadId ?? (await adopt(upload, before, await otherRecords(guarded, before.id)));
  if (fresh || other) {
    if (!fresh)
      client.context.warn(`${title}: an unfinished copy had another ${other}: it is deleted, and another one begins`);
    const old = { ...upload, uploadId, lost: before.lost, since: before.since };
    await sweep(old, upload.turn);
    await discard(old);
    return undefined;
  }
  const listed =
    uploadId &&
    (await listParts(upload, uploadId).catch((error: unknown) => {
      if (!(error instanceof ServiceError) || error.code !== "NoSuchUpload") throw error;
    }));
  if (!listed) {
    await sweep({ ...upload, uploadId, lost: before.lost, since: before.since }, upload.turn);
    return findMade(upload, before);
  }
  const { since, lost } = before;
  Object.assign(upload, { uploadId, partSize, since, lost });
  // Each part is the source's, which the service has seen to: what is left to be compared is the whole.
  const { parts } = heldParts({ size, partSize }, listed);
  progress.expect(size, Math.ceil(size / partSize));
  for (const part of parts) {
    upload.parts.set(part.partNumber, sentPart(part, part.crc64));
    progress.confirmed(part.partNumber, part.size);
  }
  progress.idle();
  return undefined;
}
