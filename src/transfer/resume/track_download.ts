/**
 * Writes down how far a download has come.
 * @module
 */
import type { TransferRecord } from "../../checkpoints.ts";
import type { SinkPartial } from "../../streams/sink.ts";
import { createTimer } from "../../timer.ts";
import { plainPieces } from "../download/checkpoint.ts";
import type { DownloadTrack } from "../download/fill.ts";
import type { DownloadJob, Piece } from "../download/job.ts";
import type { DownloadRecord } from "./download_record.ts";
import type { GuardedStore } from "./guarded_store.ts";
import { createLedger } from "./ledger.ts";

/** Milliseconds between two records, and how much longer than writing one that is. */
const REST = 100;
const RATIO = 10;

/** What recording takes. */
export interface DownloadRecording {
  readonly job: DownloadJob;
  readonly guarded: GuardedStore;
  readonly partial: SinkPartial;
  /** What there is to write, but for what has arrived. */
  readonly record: DownloadRecord;
}

/** The track of a download with a record. */
export interface RecordedTrack extends DownloadTrack {
  /** Notes pieces that are in the sink. */
  note(pieces: readonly Piece[]): void;
  /** Writes for the last time, when nothing runs any more. */
  end(state: TransferRecord["state"]): Promise<void>;
  /** Has anything arrived? */
  readonly begun: boolean;
}

/**
 * Makes a track. What it writes down is in the sink by then, so that it may be trusted after a kill.
 * @param recording what it takes
 */
export function trackDownload({ job, guarded, partial, record }: DownloadRecording): RecordedTrack {
  const { client, pieces, controller } = job;
  const { now } = client.context;
  const ledger = createLedger(record.end - record.start, job.partSize);
  const noted = new Set<Piece>();
  let seen = 0;
  let over = false;
  let resting = false;
  let news = false;
  let writing: Promise<void> | undefined;

  const note = (arrived: readonly Piece[]): void => {
    for (const piece of arrived) {
      if (noted.has(piece)) continue;
      noted.add(piece);
      ledger.add(piece);
    }
  };
  const write = async (state: TransferRecord["state"]): Promise<void> => {
    const done = plainPieces(ledger.pieces);
    try {
      await partial.sync();
    } catch (error) {
      return controller.abort(error);
    }
    const next: DownloadRecord = { ...record, state, updated: now(), done };
    await guarded.write(next);
  };
  const timer = createTimer(() => {
    resting = false;
    if (news) tell();
  });
  const tell = (): void => {
    news = true;
    if (resting || over) return;
    resting = true;
    news = false;
    const began = now();
    writing = write("running").then(() => {
      if (!over) timer.start(Math.max(REST, (now() - began) * RATIO));
    });
  };
  const track: RecordedTrack = {
    writer: undefined,
    note,
    async arrived() {
      const fresh = pieces.slice(seen);
      seen = pieces.length;
      await track.writer?.settle();
      if (track.writer?.broken) return;
      note(fresh);
      tell();
    },
    async stop() {
      over = true;
      timer.stop();
      await writing;
    },
    async end(state) {
      await track.stop();
      if (!track.writer?.broken) note(pieces);
      await write(state);
    },
    get begun() {
      return ledger.pieces.length > 0;
    },
  };
  return track;
}
