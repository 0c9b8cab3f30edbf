/**
 * ListParts and ListMultipartUploads.
 * @module
 */
import { bigint, boolean, date, key, list, named, number, object, text } from "../../codec/shape.ts";
import type { BaseInput, ObjectInput } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { xmlResult } from "../../core/response.ts";
import { need } from "../../core/validate.ts";
import type { OpenEnum, Result, StorageClass } from "../../types.ts";
import { pageSizeWire } from "../fields.ts";

/** A part that the service holds. */
export interface UploadedPart {
  readonly partNumber: number;
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified?: Date;
  /** CRC-64 of the part. */
  readonly crc64?: bigint;
}

/** Input of ListParts. */
export interface ListPartsInput extends ObjectInput {
  readonly uploadId: string;
  /** Parts a page, 1 to 1,000. @default 1,000, the service's */
  readonly maxParts?: number | undefined;
  /** Only parts with higher numbers. */
  readonly partNumberMarker?: number | undefined;
}

/** Result of ListParts. */
export interface ListPartsResult extends Result {
  readonly parts: readonly UploadedPart[];
  readonly isTruncated: boolean;
  readonly nextPartNumberMarker?: number;
  readonly partNumberMarker?: number;
  readonly maxParts?: number;
  readonly uploadId?: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly storageClass?: OpenEnum<StorageClass>;
}

/**
 * Lists one page of the parts of a multipart upload, by number.
 * @throws ServiceError `NoSuchUpload`
 * @example
 * ```ts
 * import { createClient, initiateMultipartUpload, listParts } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { uploadId } = await initiateMultipartUpload(client, { key: "trip.mp4" });
 * console.log((await listParts(client, { key: "trip.mp4", uploadId })).parts);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listparts
 */
export const listParts: ListOperation<ListPartsInput, ListPartsResult, UploadedPart> = /* @__PURE__ */ listOperation(
  () => ({
    name: "ListParts",
    method: "GET",
    scope: "object",
    query: { "encoding-type": "url" },
    wire: {
      uploadId: "?uploadId",
      maxParts: pageSizeWire("maxParts", "?max-parts"),
      partNumberMarker: "?part-number-marker",
    },
    request(input) {
      need(input, "uploadId");
      return {};
    },
    result: xmlResult("ListPartsResult", {
      parts: named(
        "Part",
        list<UploadedPart>(
          object<UploadedPart>({
            partNumber: number,
            etag: named("ETag", text),
            size: number,
            lastModified: date,
            crc64: named("HashCrc64ecma", bigint),
          }),
        ),
      ),
      isTruncated: boolean,
      nextPartNumberMarker: number,
      partNumberMarker: number,
      maxParts: number,
      uploadId: text,
      bucket: text,
      key,
      storageClass: text,
    }),
  }),
  {
    next: ({ isTruncated, nextPartNumberMarker }) =>
      isTruncated ? { partNumberMarker: nextPartNumberMarker } : undefined,
    items: ({ parts }) => parts,
  },
);

/** A multipart upload that is neither completed nor aborted. */
export interface OpenUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly initiated?: Date;
  readonly storageClass?: OpenEnum<StorageClass>;
}

/** Input of ListMultipartUploads. */
export interface ListMultipartUploadsInput extends BaseInput {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  /** Uploads a page, 1 to 1,000. @default 1,000, the service's */
  readonly maxUploads?: number | undefined;
  /** Only keys after it or, with `uploadIdMarker`, also this key's later uploads. */
  readonly keyMarker?: string | undefined;
  readonly uploadIdMarker?: string | undefined;
}

/** Result of ListMultipartUploads. */
export interface ListMultipartUploadsResult extends Result {
  readonly uploads: readonly OpenUpload[];
  readonly commonPrefixes: readonly { readonly prefix: string }[];
  readonly isTruncated: boolean;
  readonly nextKeyMarker?: string;
  readonly nextUploadIdMarker?: string;
  readonly keyMarker?: string;
  readonly uploadIdMarker?: string;
  readonly maxUploads?: number;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly delimiter?: string;
}

/**
 * Lists one page of the bucket's open multipart uploads, by key.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, listMultipartUploads } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await listMultipartUploads(client, { prefix: "2025/" })).uploads);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listmultipartuploads
 */
export const listMultipartUploads: ListOperation<ListMultipartUploadsInput, ListMultipartUploadsResult, OpenUpload> =
  /* @__PURE__ */ listOperation(
    () => ({
      name: "ListMultipartUploads",
      method: "GET",
      subresource: "uploads",
      query: { "encoding-type": "url" },
      wire: {
        prefix: "?prefix",
        delimiter: "?delimiter",
        maxUploads: pageSizeWire("maxUploads", "?max-uploads"),
        keyMarker: "?key-marker",
        uploadIdMarker: "?upload-id-marker",
      },
      result: xmlResult("ListMultipartUploadsResult", {
        uploads: named(
          "Upload",
          list<OpenUpload>(object<OpenUpload>({ key, uploadId: text, initiated: date, storageClass: text })),
        ),
        commonPrefixes: named(
          "CommonPrefixes",
          list<{ readonly prefix: string }>(object<{ readonly prefix: string }>({ prefix: key })),
        ),
        isTruncated: boolean,
        nextKeyMarker: key,
        nextUploadIdMarker: text,
        keyMarker: key,
        uploadIdMarker: text,
        maxUploads: number,
        bucket: text,
        prefix: key,
        delimiter: key,
      }),
    }),
    {
      next: ({ isTruncated, nextKeyMarker, nextUploadIdMarker }) =>
        isTruncated ? { keyMarker: nextKeyMarker, uploadIdMarker: nextUploadIdMarker } : undefined,
      items: ({ uploads }) => uploads,
    },
  );
