/**
 * What is written down of what goes into a multipart upload.
 * @module
 */
import type { TransferRecord } from "../../checkpoints.ts";
import type { Lost } from "../../core/call.ts";
import type { CopyCheckpoint } from "../copy/types.ts";

/** A transfer into a multipart upload. What the service has of it, the service tells. */
export interface MultipartRecord extends TransferRecord {
  /** The multipart upload; absent while nobody knows whether the service has opened it. */
  readonly uploadId?: string;
  /** When opening it was asked for, in milliseconds by the service's clock, as far as it was known. */
  readonly asked: number;
  /** When it was opened, in milliseconds by the service's own clock; unknown where a browser hides it. */
  readonly since?: number;
  /** How opening it was tried before: what that has opened is still to be deleted. */
  readonly lost?: Lost;
  /** Bytes of each part but the last. */
  readonly partSize: number;
  /** Headers that describe the object, by lower-case name, as the upload was opened with. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the object must be: completing was asked for, and nobody knows whether it was done. */
  readonly completing?: {
    readonly size: number;
    /** In decimal digits; absent when nothing was checked. */
    readonly crc64?: string;
  };
}

/** An upload in parts, as a checkpoint store keeps it. */
export interface UploadRecord extends MultipartRecord {
  readonly kind: "upload";
  /** Bytes of the body, where they are known. */
  readonly size?: number;
  /** Name of the file, where it has one. */
  readonly name?: string;
  /** When the file was last changed, in milliseconds since 1970: a hint. */
  readonly lastModified?: number;
  /** Bytes of parts 1, 2 and so on, of those that were begun, where an automatic plan made them unequal. */
  readonly sizes?: readonly number[];
  /** The object is there: the record is kept until all files of its batch are, so that this one is not sent again. */
  readonly done?: true;
}

/** A copy in parts, as a checkpoint store keeps it. */
export interface CopyRecord extends MultipartRecord {
  readonly kind: "copy";
  /** What is copied, and the ETag that every part of it is pinned to. */
  readonly source: CopyCheckpoint["source"];
  /** Bytes of the source. */
  readonly size: number;
}
