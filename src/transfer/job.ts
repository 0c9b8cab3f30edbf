/**
 * One upload while it runs: what its steps share.
 * @module
 */
import type { CheckpointStore } from "../checkpoints.ts";
import type { Lost } from "../core/call.ts";
import type { putObject } from "../operations/object/basic.ts";
import { abortable } from "../streams/abort.ts";
import type { ProgressMeter } from "../streams/progress.ts";
import type { Source, SourceBody } from "../streams/source.ts";
import type { Timer } from "../timer.ts";
import type { Bytes, CallOptions, Client, Result } from "../types.ts";
import type { Plan } from "./plan.ts";
import type { Track } from "./resume/track.ts";
import type { UploadInput, UploadOptions, UploadResult } from "./upload/types.ts";

/** An object without its bytes. */
export type Described = Omit<UploadInput, "body">;

/** The functions of `checksum/crc64.ts`. */
export type Checksums = typeof import("../checksum/crc64.ts");

/** A part that the service has. */
export interface SentPart {
  readonly partNumber: number;
  readonly size: number;
  /** CRC-64 of its bytes as they were read here; absent when nothing is checked. */
  readonly crc64: bigint | undefined;
  /** As the answer told it; a browser may hide it. */
  etag: string | undefined;
  /** Was its CRC-64 in the answer, and so compared? */
  readonly confirmed: boolean;
}

/** What a whole object must be to be the one that was uploaded. */
export interface Expected {
  /** CRC-64 of all parts, if it was computed. */
  readonly crc64: bigint | undefined;
  readonly size: number;
}

/** The code of `rescue.ts`: for what goes wrong, or is cut short. */
export interface Rescue {
  /** Makes of a failure what the caller gets, and deletes the parts where nobody could find them. */
  ended(job: UploadJob, error: unknown, row: typeof putObject): Promise<unknown>;
  /** Deletes the multipart upload and its parts, if there is one. */
  deleteParts(job: OpenUpload, call: CallOptions): Promise<void>;
  /** Finds out what became of a completion that failed, and completes again where that is right. */
  recover(
    job: OpenUpload,
    uploadId: string,
    expected: Expected,
    failure: unknown,
    complete: () => Promise<StoredObject>,
  ): Promise<StoredObject>;
  /** Why an upload ends that another one drives now. */
  takenOver(): unknown;
  /** Tells what is wrong with the options, before any request. */
  checkOptions(options: UploadOptions): void;
  /** Deletes empty uploads that were opened in vain, as their answers were lost; never rejects. */
  sweep(job: OpenUpload, turn: Turn): Promise<void>;
  /** Finds the object of an upload that has ended before it was known whether completing had made it. */
  findCompleted(job: OpenUpload): Promise<UploadResult | undefined>;
}

/**
 * Makes one request, within a slot, as long as the upload runs.
 *
 * An upload that can be paused stops it meanwhile, and begins it again later: what was read must be kept, or be read
 * again.
 *
 * @param work makes the request, with the options that stop it
 * @param once it must not be made again: a pause waits for its answer a while, and then it throws a TimeoutError
 */
export type Turn = <T>(work: (call: TurnOptions) => Promise<T>, once?: boolean) => Promise<T>;

/**
 * Makes one request within a slot.
 * @param signal ends the wait for the slot
 * @param work makes the request
 * @param until stops the request. @default `signal`
 */
export type Within = <T>(
  signal: AbortSignal,
  work: (call: TurnOptions) => Promise<T>,
  until?: AbortSignal,
) => Promise<T>;

/** Options of a request; the signal is always there. */
export interface TurnOptions extends CallOptions {
  readonly signal: AbortSignal;
}

/** What opening, completing and deleting a multipart upload takes, wherever its parts come from. */
export interface OpenUpload {
  readonly client: Client;
  /** The object. */
  readonly input: Described;
  readonly turn: Turn;
  /** Its abort, by the caller, the time limit or the first failure, stops everything in flight. */
  readonly controller: AbortController;
  /** What computes and combines CRC-64s, a chunk that is loaded with the first part; none when nothing is checked. */
  readonly checksums: () => Promise<Checksums> | undefined;
  /** Loaded while all is well: once it is needed, the network may be gone. */
  readonly rescue: Promise<Rescue | undefined>;
  /** The multipart upload, while one is open at the service. */
  uploadId?: string | undefined;
  /** When it was opened, in milliseconds by the service's own clock; unknown where a browser hides it. */
  since?: number | undefined;
  /** How opening it was tried before. */
  lost?: Lost | undefined;
  /** Where the records of this transfer and of others are. */
  readonly checkpoints?: CheckpointStore | undefined;
  /** What the object must be, while nobody knows whether completing has made it. */
  unsure?: Expected | undefined;
  /** Writes down how far it has come; none without a checkpoint store. */
  track?: Track | undefined;
}

/**
 * Compares a part that the service has with its bytes, as they are read here.
 * @param bytes of the part
 * @param crc64 theirs, where it was computed
 * @returns the part when they are equal
 */
export type Compare = (bytes: Bytes, crc64: bigint | undefined) => Promise<SentPart | undefined>;

/** What the steps of an upload share. */
export interface UploadJob extends OpenUpload {
  readonly input: UploadInput;
  /** The caller's own signal. */
  readonly signal: AbortSignal | undefined;
  readonly plan: Plan;
  readonly source: Source;
  /** Loaded where somebody asks for the progress. */
  progress: ProgressMeter;
  /** Makes a part's bytes, or the whole body as part 1, tell the meter how much of them has left. */
  readonly watch: <B extends SourceBody>(body: B, part: number) => B;
  turn: Turn;
  /** Of the whole upload. */
  limit: Timer;
  /** Bytes of each part but the last; those of a stream whose length nobody knows grow. */
  partSize: number;
  /** Bytes of the parts that were begun, in their order, where they are not equal. */
  sizes?: number[];
  /** The parts that the service has, by their numbers. */
  readonly parts: Map<number, SentPart>;
  /** What an earlier run has sent, by the numbers of the parts: it is sent again only where it differs. */
  held?: Map<number, Compare>;
  /**
   * Takes up what an earlier run left, and waits for whoever drives the upload already.
   * @param first what was read of part 1; it is read again where parts are cut otherwise. Nothing when one request has
   *   done it all: then nobody wants what was left
   * @returns the object when nothing is to be done any more
   */
  begin: ((first?: Piece) => Promise<UploadResult | undefined>) | undefined;
  /** What the caller gave to go on from, unless it turned out to be gone. */
  checkpoint?: UploadOptions["checkpoint"];
  /** The source, while it is being opened and from then on. */
  opening?: Promise<Source>;
  /** Are the parts to be deleted when it has ended? */
  discarding?: boolean;
  /** Numbers of the parts that failed. */
  readonly failedParts: number[];
  /** What the source threw, if it did. */
  sourceFailure?: unknown;
}

/** What the service says of the whole object. */
export interface StoredObject extends Result {
  readonly etag?: string;
  readonly crc64?: bigint;
  readonly versionId?: string;
  readonly callbackResult?: string;
}

/** What was read and is not acknowledged yet, from one turn to the next. */
export interface Piece {
  bytes?: Promise<Bytes> | undefined;
}

/**
 * What is uploaded is, as told, as its source says, or by the extension of its key.
 * @param job the upload
 */
export async function contentTypeOf({ input, source }: UploadJob): Promise<string | undefined> {
  return input.contentType ?? source.type ?? (await import("../codec/mime.ts")).mimeType(input.key);
}

/**
 * Reads a piece of the source, unless it is there already, and uses it; an abort does not wait for a slow source.
 *
 * Streams are read in the order of these calls. What can be read again is let go of when it could not be used: a paused
 * upload holds only what nobody could give it back.
 *
 * @param job the upload
 * @param signal stops the reading
 * @param piece keeps what was read
 * @param start where it begins
 * @param length how many bytes
 * @param use sends them
 */
export async function withBytes<T>(
  job: UploadJob,
  signal: AbortSignal,
  piece: Piece,
  start: number,
  length: number,
  use: (bytes: Bytes) => Promise<T>,
): Promise<T> {
  const { source } = job;
  try {
    piece.bytes ??= source.read ? source.read(start, start + length) : source.next(length);
    const bytes = await abortable(piece.bytes, signal).catch((error: unknown) => {
      if (!signal.aborted) job.sourceFailure = error;
      throw error;
    });
    return await use(bytes);
  } catch (error) {
    if (source.read) piece.bytes = undefined;
    throw error;
  }
}
