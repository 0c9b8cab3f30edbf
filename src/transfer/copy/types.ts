/**
 * What goes into a copy and what comes out.
 * @module
 */
import type { CheckpointStore } from "../../checkpoints.ts";
import type { ObjectInput } from "../../core/operation.ts";
import type { CopyObjectInput, CopyObjectResult } from "../../operations/object/copy.ts";
import type { Progress } from "../../streams/progress.ts";
import type { Slots } from "../../streams/slots.ts";
import type { KeepingOptions } from "./stored_facts.ts";

/** Input of `copy`: `key` and `bucket` are the copy's. */
export interface CopyInput
  extends ObjectInput,
    Omit<
      CopyObjectInput,
      | "copySource"
      | "copySourceIfNoneMatch"
      | "copySourceIfModifiedSince"
      | "copySourceIfUnmodifiedSince"
      | "metadataDirective"
      | "taggingDirective"
    > {
  /** The object to copy. */
  readonly sourceKey: string;
  /** Where it is; must be given when `bucket` is another than the client's. @default the client's `bucket` */
  readonly sourceBucket?: string | undefined;
  /** Which version of it. @default the current one */
  readonly sourceVersionId?: string | undefined;
  /**
   * `REPLACE` gives the copy the headers and metadata of this input, and no others: what is left out is gone. They are
   * refused without it, since the service would ignore them. @default "COPY": those of the source
   */
  readonly metadataDirective?: "COPY" | "REPLACE" | undefined;
  /** `Replace` gives the copy the tags of this input. @default "Replace" when there are some, else "Copy" */
  readonly taggingDirective?: "Copy" | "Replace" | undefined;
}

/** How to copy; nothing of it goes on the wire. */
export interface CopyOptions extends KeepingOptions {
  /** Milliseconds for the whole copy. The client's own `timeout` bounds each request. @default no limit */
  readonly timeout?: number | undefined;
  /** The largest object that is copied in one request, up to 5 GiB. @default 1 GiB, which the service promises */
  readonly multipartThreshold?: number | undefined;
  /** Bytes of a part, 100 KiB to 5 GiB; it grows where 10,000 parts would not do. @default 64 MiB */
  readonly partSize?: number | undefined;
  /** Parts at once; at most 5 in browsers. @default 4 */
  readonly concurrency?: number | undefined;
  /** Called when a part is begun and when it is done; not after the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Slots that are shared with other transfers: each request for a part takes one. @default none */
  readonly slots?: Slots | undefined;
  /** Whose requests get a slot first: those of the transfer with the higher number. @default 0 */
  readonly priority?: number | undefined;
  /**
   * Where to write down what it takes to go on with a copy in parts after a crash: the same call, made again, then
   * copies only what the service does not have. With it, an abort keeps the parts. @default nowhere
   */
  readonly checkpoints?: CheckpointStore | undefined;
  /** Delete what an earlier run left, and begin anew. @default false */
  readonly fresh?: boolean | undefined;
}

/** The copy. */
export interface CopyResult extends CopyObjectResult {
  /** Its length in bytes; absent where a page may not see it. */
  readonly size?: number;
  /** The multipart upload that made it, if one did. */
  readonly uploadId?: string;
}

/** What the service has of a copy in parts: enough to go on from, or to delete it. Plain JSON, without secrets. */
export interface CopyCheckpoint {
  /** Of this format. */
  readonly version: 1;
  readonly kind: "copy";
  readonly bucket: string;
  readonly key: string;
  /** The multipart upload, open at the service. */
  readonly uploadId: string;
  /** What is copied, and the ETag that every part of it is pinned to. */
  readonly source: {
    readonly bucket: string;
    readonly key: string;
    readonly versionId?: string;
    readonly etag: string;
    /** CRC-64 of the whole source, in decimal digits; absent where the service does not tell it. */
    readonly crc64?: string;
  };
  /** Bytes of the source. */
  readonly size: number;
  /** Bytes of each part but the last. */
  readonly partSize: number;
  /** The parts that the service has, in ascending order. */
  readonly parts: readonly {
    /** 1 to 10,000. */
    readonly number: number;
    readonly size: number;
    readonly etag: string;
    /** In decimal digits. */
    readonly crc64?: string;
  }[];
}
