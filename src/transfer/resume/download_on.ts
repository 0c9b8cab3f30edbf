/**
 * Goes on with a download from what an earlier run left. Loaded on demand.
 * @module
 */
import { show } from "../../core/validate.ts";
import { IntegrityError, isOSSError, type OSSError, TransferError } from "../../errors.ts";
import type { Sink, SinkPartial } from "../../streams/sink.ts";
import type { InParts, Opened } from "../download/answer.ts";
import { checkpointOf } from "../download/checkpoint.ts";
import { failureOf } from "../download/failure.ts";
import { type Beginning, fill } from "../download/fill.ts";
import type { DownloadJob, Piece } from "../download/job.ts";
import type { DownloadToOptions, DownloadToResult } from "../download/types.ts";
import { type DownloadDrive, withRecord } from "./download_begin.ts";
import { type DownloadRecord, tagOf } from "./download_record.ts";
import { patiently } from "./patience.ts";
import { type RecordedTrack, trackDownload } from "./track_download.ts";
import { type Verify, verifyPieces } from "./verify_pieces.ts";

/** What a download with a record takes. */
export interface Resumable extends Beginning {
  readonly sink: Sink;
  /** What an earlier run left in it. */
  readonly partial: SinkPartial;
  readonly options: DownloadToOptions;
}

/**
 * Downloads into a sink that keeps what was left, with a record.
 * @param job the download
 * @param resumable where it goes, and how it begins
 * @returns the object
 */
export function downloadOn(job: DownloadJob, resumable: Resumable): Promise<DownloadToResult> {
  const { sink, partial, options, describe } = resumable;
  return withRecord(job, partial, options, async (drive) => {
    const before = options.fresh ? undefined : drive.before;
    const opened = await ask(job, resumable, before);
    const { parts } = opened;
    const whole = !parts || parts.end === parts.extent.end;
    // What is over with its first request is not worth a record, and what cannot be told from another has none.
    if ((whole && !before) || !parts?.response.headers.has("etag")) {
      // With 304 nothing becomes of what is left.
      if (drive.before && opened.single?.status !== 304) await forget(drive);
      return { ...describe(opened), size: await fill(job, opened, sink) };
    }
    const record = recordOf(drive, parts);
    const track = trackDownload({ ...drive, record });
    try {
      job.pieces.push(...(await reopen(drive, record, before, options.verify)));
      track.note(job.pieces);
    } catch (error) {
      // Nothing of it is lost, for nothing was written; and of what never began there is nothing to keep.
      if (before) await partial.keep();
      else await drop(drive, sink, error);
      throw failureOf(job, error);
    }
    job.call = patiently(job.call);
    try {
      const size = await fill(job, { parts: before ? { ...parts, end: 0 } : parts }, sink, track);
      return { ...describe(opened), size };
    } catch (error) {
      await leave(drive, sink, track, error);
      throw error;
    }
  });
}

/** Sends the first request: what is left is of one object, and worth nothing when that was replaced. */
async function ask(job: DownloadJob, { open, length }: Resumable, before: DownloadRecord | undefined): Promise<Opened> {
  if (!before) return open(job, length);
  job.input = { ...job.input, ifMatch: job.input.ifMatch ?? before.etag };
  // It was reached by the earlier run.
  job.call = patiently(job.call);
  try {
    // A byte tells whether it is still there: what is left is compared before more is asked for.
    const opened = await open(job, 1);
    if (opened.parts) checkSame(opened.parts, before);
    return opened;
  } catch (cause) {
    if (!isOSSError(cause) || !/^(PreconditionFailed|IntegrityError)$/.test(cause.code)) throw cause;
    const advice = "say fresh: true to delete what is left of the old one and begin anew";
    throw new TransferError(
      `Cannot download ${show(job.input.key)}: it was replaced after an earlier run had begun to download it: ${advice}`,
      { cause, checkpoint: before },
    );
  }
}

/** Not every service heeds the condition. */
function checkSame({ response, extent, watch }: InParts, before: DownloadRecord): void {
  const { headers } = response;
  const crc64 = headers.get("x-oss-hash-crc64ecma");
  const facts = [
    [headers.get("etag"), before.etag],
    [extent.total, before.objectSize],
    [extent.start, before.start],
    [extent.end, before.end],
    ...(crc64 !== null && before.crc64 !== undefined ? [[crc64, before.crc64]] : []),
  ];
  for (const [found, expected] of facts)
    if (found !== expected)
      throw new IntegrityError(`${watch.title}: ${found} is not ${expected}`, "etag", `${expected}`, `${found}`);
}

/** What there is to write down, but for what has arrived. */
function recordOf({ job, partial, id, endpoint, bucket, before }: DownloadDrive, parts: InParts): DownloadRecord {
  const time = job.client.context.now();
  return {
    ...checkpointOf(job, parts),
    ...{ version: 1, id, kind: "download", state: "running", endpoint, bucket, place: partial.name },
    etag: parts.response.headers.get("etag") ?? "",
    ...{ created: before?.created ?? time, updated: time },
  };
}

/** Opens the sink, with what was left and is right. */
async function reopen(
  { job, partial, guarded }: DownloadDrive,
  record: DownloadRecord,
  before: DownloadRecord | undefined,
  verify: Verify = "all",
): Promise<readonly Piece[]> {
  const { id, start, end } = record;
  if (!before) {
    // What nobody has written down is worth nothing; of what is made from here on, somebody knows.
    await guarded.write(record);
    await partial.discard(tagOf(id));
  }
  const left = await partial.open(end - start, tagOf(id));
  const listed = (before?.done ?? []).map(
    ({ crc64, ...piece }): Piece => ({ ...piece, crc64: crc64 === undefined ? undefined : BigInt(crc64) }),
  );
  // Beside others that are summed, those without a sum would be wrong.
  const pieces = job.checksums() ? listed.filter(({ crc64 }) => crc64 !== undefined) : listed;
  // A file of that name may be another one: it is looked into at least.
  const least = partial.ambiguous && verify === "none" ? "sample" : verify;
  return verifyPieces({ partial, pieces, start, left, verify: least, signal: job.controller.signal });
}

/** Leaves what was written for the next run, when there is something. */
async function leave(drive: DownloadDrive, sink: Sink, track: RecordedTrack, error: unknown): Promise<void> {
  const { cause } = Object(error) as { cause?: unknown };
  // Every byte came, and not those of the object: nobody knows which are wrong.
  const wrong = cause instanceof IntegrityError && cause.check === "crc64";
  await track.end(drive.job.signal?.aborted ? "stopped" : "failed");
  if (track.begun && !wrong) return drive.partial.keep();
  await drop(drive, sink, error);
}

/** Leaves nothing of a sink that is open, unless another one writes there by now. */
async function drop({ job, partial, guarded, id }: DownloadDrive, sink: Sink, error: unknown): Promise<void> {
  const { code } = Object(job.controller.signal.reason) as Partial<OSSError>;
  if (code === "TakenOver") return partial.keep();
  await sink.abort(error);
  await guarded.remove(id);
}

/** Removes what an earlier run left, and its record. */
async function forget({ partial, guarded, id }: DownloadDrive): Promise<void> {
  await partial.discard(tagOf(id));
  await guarded.remove(id);
}
