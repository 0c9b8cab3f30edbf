/**
 * What goes into an upload and what comes out.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import type { PutObjectInput } from "../../operations/object/basic.ts";
import type { Progress } from "../../streams/progress.ts";
import type { Slots } from "../../streams/slots.ts";
import type { SourceBody } from "../../streams/source.ts";
import type { CallOptions, Result } from "../../types.ts";
import type { PlanOptions } from "../plan.ts";
import type { UploadRecord } from "../resume/types.ts";

/** The object to write: the fields of PutObject, and a body of any length. */
export interface UploadInput extends Omit<PutObjectInput, "body" | "contentMd5"> {
  /**
   * Text, a buffer, a Blob or File, a stream or iterable of bytes, a Response, a file handle of a page, or a source such as
   * `fileSource` of `oss-fetch/node` makes. No file is ever read as a whole.
   */
  readonly body: SourceBody;
  /** Bytes of a stream that does not tell its length; checked. Without it such a stream is sent in parts. */
  readonly contentLength?: number | undefined;
}

/** How to upload; nothing of it goes on the wire. */
export interface UploadOptions extends CallOptions, PlanOptions {
  /**
   * Milliseconds for the whole upload, pauses not counted. The client's own `timeout` bounds each request.
   * @default no limit
   */
  readonly timeout?: number | undefined;
  /** Called with the progress at the start, when a part leaves and when it is confirmed; not after the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Slots that are shared with other transfers: each request takes one before it reads its bytes. @default none */
  readonly slots?: Slots | undefined;
  /** Whose requests get a slot first: those of the transfer with the higher number. @default 0 */
  readonly priority?: number | undefined;
  /**
   * Where to write down what it takes to go on after a crash: the same call, made again, then sends only what the
   * service does not have. With it, an abort keeps the parts. @default nowhere
   */
  readonly checkpoints?: CheckpointStore | undefined;
  /** What an earlier run left, to go on from: the checkpoint of its TransferError or of `stop`, or its record. */
  readonly checkpoint?: UploadCheckpoint | UploadRecord | undefined;
  /** Delete what an earlier run left, and begin anew. @default false */
  readonly fresh?: boolean | undefined;
}

/**
 * Where an upload is: at work, paused, done; stopped or failed with its parts kept; or discarded, its parts deleted.
 */
export type UploadState = "running" | "paused" | "done" | "stopped" | "failed" | "discarded";

/** `Symbol.asyncDispose`, where the compiler knows of it: other projects could not check these types otherwise. */
type AsyncDisposal = SymbolConstructor extends { readonly asyncDispose: infer S extends symbol }
  ? { readonly [P in S]: () => Promise<void> }
  : object;

/**
 * An upload under way. It is not thenable: await `finished`.
 *
 * Iterated, it tells its progress: the newest first, then each that is newer, until the upload has ended, however it
 * ended; `acknowledged` then is `total` if it is done.
 *
 * Where there is a `Symbol.asyncDispose`, `await using` discards an upload that has not ended.
 */
export interface Upload extends AsyncIterable<Progress>, AsyncDisposal {
  /**
   * The object that was written. It rejects as `upload` does, and with a TransferError when the upload is stopped or
   * discarded; where nobody looks at it, nothing happens.
   */
  readonly finished: Promise<UploadResult>;
  readonly state: UploadState;
  /**
   * Stops what is in flight, until `resume`. What was asked for that must not be left half-way, beginning and completing
   * the upload, gets five seconds for its answer, and may so be done in spite of the pause.
   * @returns resolves when nothing is in flight any more; it never rejects
   */
  pause(): Promise<void>;
  /** Goes on. */
  resume(): void;
  /**
   * Ends the upload, its parts kept: nothing resumes this job, but the checkpoint tells what there is to go on from.
   * @returns resolves when nothing is in flight any more; with nothing when no parts are kept, as the upload was done,
   *   had not begun, or needed no parts
   */
  stop(): Promise<UploadCheckpoint | undefined>;
  /**
   * Ends the upload, its parts deleted, those that an earlier run left as well; also after it was stopped or has failed.
   * An object that is done stays.
   * @returns resolves when they are deleted
   * @throws ServiceError, NetworkError when they could not be: it may be called again
   * @throws OSSError `Driven` when another tab or process drives the upload
   */
  discard(): Promise<void>;
}

/** What the service has of an upload in parts: enough to go on from, or to delete it. Plain JSON, without secrets. */
export interface UploadCheckpoint {
  /** Of this format. */
  readonly version: 1;
  readonly kind: "upload";
  readonly bucket: string;
  readonly key: string;
  /** The multipart upload, open at the service. */
  readonly uploadId: string;
  /** Bytes of the body, where they are known. */
  readonly size?: number;
  /** Bytes of each part but the last; the parts of a body whose length nobody knew may be larger. */
  readonly partSize: number;
  /** Bytes of parts 1, 2 and so on, of all that were begun, where an automatic plan made them unequal. */
  readonly sizes?: readonly number[];
  /** The parts that the service has, in ascending order. */
  readonly parts: readonly UploadCheckpointPart[];
  /** Headers that describe the object, by lower-case name, as the upload was opened with. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One part that the service has. */
export interface UploadCheckpointPart {
  /** 1 to 10,000. */
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  /** Absent where a browser hides it. */
  readonly etag?: string;
  /** CRC-64 of the bytes as they were read, in decimal digits; absent when nothing was checked. */
  readonly crc64?: string;
}

/** The object that was written. */
export interface UploadResult extends Result {
  /** Its ETag, in quotes; absent where a browser hides it (a body sent in one request). */
  readonly etag?: string;
  /** Its CRC-64, when it was checked or the service told it. */
  readonly crc64?: bigint;
  /** Its version, in a bucket that keeps versions. */
  readonly versionId?: string;
  /** What the server that `callback` names answered: JSON. */
  readonly callbackResult?: string;
  /** Its length in bytes. */
  readonly size: number;
  /** The multipart upload that made it, if one did. */
  readonly uploadId?: string;
}
