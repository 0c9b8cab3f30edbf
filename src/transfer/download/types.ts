/**
 * What goes into a download and what comes out.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import type { ObjectProperties } from "../../operations/fields.ts";
import type { GetObjectInput } from "../../operations/object/get.ts";
import type { Progress } from "../../streams/progress.ts";
import type { Slots } from "../../streams/slots.ts";
import type { CallOptions, Result } from "../../types.ts";

/** The object to read: the fields of GetObject. */
export interface DownloadInput extends GetObjectInput {}

/** How to download; nothing of it goes on the wire. */
interface TransferOptions extends Omit<CallOptions, "maxBuffer"> {
  /** Bytes of a part: what one request asks for. `"auto"` adapts it, as in an upload. @default 8 MiB */
  readonly partSize?: number | "auto" | undefined;
  /** Requests at once; at most 5 in browsers. `"auto"` adapts it, up to 32, or 5 in browsers and in workerd. @default 4 */
  readonly concurrency?: number | "auto" | undefined;
  /** Milliseconds for the whole download. The client's own `timeout` bounds each request. @default no limit */
  readonly timeout?: number | undefined;
  /** Called with the progress a few times a second, and at the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** A pool of request slots that is shared with other transfers. @default none */
  readonly slots?: Slots | undefined;
  /** Among those who wait for a slot the higher is served first. @default 0 */
  readonly priority?: number | undefined;
}

/** How to download into a stream. */
export interface DownloadOptions extends TransferOptions {
  /**
   * Bytes that may be in memory, read but not handed over, beside one part. What adapts keeps to it as well. Parts
   * become as small as this, but not below 100 KiB.
   * @default concurrency x part size; where one of them adapts 224 MiB, in browsers 96 MiB and in workerd 48 MiB
   */
  readonly readAhead?: number | undefined;
}

/** How to download into a sink. */
export interface DownloadToOptions extends TransferOptions {
  /** Objects up to this length are read in one request. @default the part size */
  readonly multipartThreshold?: number | undefined;
  /**
   * Where to write down what has arrived: the same call, made again, fetches only the rest, and an abort keeps what is
   * there. Sinks that cannot keep it (in memory, an open file) begin anew. @default nowhere
   */
  readonly checkpoints?: CheckpointStore | undefined;
  /**
   * How much of what an earlier run left is read back and compared before it is trusted: everything; the first piece,
   * the last and two others; nothing. Where a place is known by a name alone, which others may have, `"none"` is
   * `"sample"`.
   * @default "all"
   */
  readonly verify?: "all" | "sample" | "none" | undefined;
  /** Delete what an earlier run left, and begin anew: the object was replaced, for example. @default false */
  readonly fresh?: boolean | undefined;
}

/** What is known of a downloaded object. */
interface Downloaded extends Omit<ObjectProperties, "contentLength" | "contentRange">, Result {
  /** First and last byte that are read; absent for an empty object, and where `size` is. */
  readonly range?: readonly [first: number, last: number];
  /** Bytes of the whole object. */
  readonly objectSize?: number;
}

/** An object on its way. Status 304 and an empty body when a condition says that nothing changed. */
export interface DownloadResult extends Downloaded {
  /** The bytes in order; it fails at the end when their CRC-64 is wrong. Cancel it when you do not read to the end. */
  readonly body: ReadableStream<Uint8Array>;
  /** Bytes that the body will have; absent where only the end tells (processed, compressed). */
  readonly size?: number;
}

/** An object that is in a sink. Status 304, and an aborted sink, when a condition says that nothing changed. */
export interface DownloadToResult extends Downloaded {
  /** Bytes that were written. */
  readonly size: number;
}

/** What is left of a download that failed: plain JSON. */
export interface DownloadCheckpoint {
  readonly kind: "download";
  readonly bucket?: string | undefined;
  readonly key: string;
  readonly versionId?: string | undefined;
  /** The object's ETag; what is done is worth nothing when it has another one. */
  readonly etag?: string | undefined;
  /** CRC-64 of the whole object, in decimals. */
  readonly crc64?: string | undefined;
  /** Bytes of the whole object. */
  readonly objectSize: number;
  /** First byte that was asked for, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** What has arrived, in order. */
  readonly done: readonly DownloadedPiece[];
}

/** A piece of an object that has arrived. */
export interface DownloadedPiece {
  /** Its first byte, counted from the object's. */
  readonly position: number;
  /** Its bytes. */
  readonly length: number;
  /** Its CRC-64 in decimals; absent when nothing is checked. */
  readonly crc64?: string;
}
