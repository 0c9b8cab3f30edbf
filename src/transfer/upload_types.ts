/**
 * What goes into an upload and what comes out.
 * @module
 */
import type { PutObjectInput } from "../operations/object/basic.ts";
import type { Progress } from "../streams/progress.ts";
import type { SourceBody } from "../streams/source.ts";
import type { CallOptions, Result } from "../types.ts";
import type { PlanOptions } from "./plan.ts";

/** The object to write: the fields of PutObject, and a body of any length. */
export interface UploadInput extends Omit<PutObjectInput, "body" | "contentMd5"> {
  /** Text, a buffer, a Blob or File, a stream of bytes, or a Response. A Blob is never read as a whole. */
  readonly body: SourceBody;
  /** Bytes of a stream that does not tell its length; checked. Without it such a stream is sent in parts. */
  readonly contentLength?: number | undefined;
}

/** How to upload; nothing of it goes on the wire. */
export interface UploadOptions extends CallOptions, PlanOptions {
  /** Milliseconds for the whole upload. The client's own `timeout` bounds each request. @default no limit */
  readonly timeout?: number | undefined;
  /** Called with the progress at the start, when a part leaves and when it is confirmed; not after the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
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
