/**
 * Header fields that several operations share.
 * @module
 */

import { httpDate } from "../codec/time.ts";
import { encodeQuery } from "../codec/uri.ts";
import type { Wire, WireField } from "../core/operation.ts";
import {
  bigintHeader,
  booleanHeader,
  dateHeader,
  type HeaderReading,
  header,
  metadataHeaders,
  numberHeader,
} from "../core/response.ts";
import { checkInteger, show } from "../core/validate.ts";
import type { ObjectAcl, OpenEnum, Result, StorageClass } from "../types.ts";

/** How an object is encrypted at rest. */
export interface EncryptionHeaders {
  /** `AES256` with keys of OSS, `KMS` with keys of Key Management Service, `SM4`. */
  readonly serverSideEncryption?: OpenEnum<"AES256" | "KMS" | "SM4"> | undefined;
  /** The KMS key's id. */
  readonly serverSideEncryptionKeyId?: string | undefined;
  /** The algorithm under KMS: `SM4`. */
  readonly serverSideDataEncryption?: string | undefined;
}

/** What can be said of an object when it is written. */
export interface ObjectHeaders extends EncryptionHeaders {
  readonly acl?: ObjectAcl | undefined;
  readonly storageClass?: OpenEnum<StorageClass> | undefined;
  /** By default the body's own type, else by the key's extension, else `application/octet-stream`. */
  readonly contentType?: string | undefined;
  readonly cacheControl?: string | undefined;
  readonly contentDisposition?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly contentLanguage?: string | undefined;
  readonly expires?: Date | undefined;
  /** `x-oss-meta-*`: names of letters, digits and `-` (case is lost), values of printable ASCII, under 8 KB in all. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** At most 10 tags; keys up to 128, values up to 256 characters. */
  readonly tagging?: Readonly<Record<string, string>> | undefined;
  /** Refuse to replace an object of the same key (`FileAlreadyExists`). */
  readonly forbidOverwrite?: boolean | undefined;
}

/** How fast a body may travel. */
export interface TrafficLimit {
  /**
   * Bits per second, 245,760 (of late 819,200) to 838,860,800. For a presigned URL that shall need no headers:
   * `query: { "x-oss-traffic-limit": bits }`.
   */
  readonly trafficLimit?: number | undefined;
}

/** Conditions on the object that is read. */
export interface ReadConditions {
  /** Only if the ETag is this one; else 412. */
  readonly ifMatch?: string | undefined;
  /** Only if the ETag is another one; else the result has status 304. */
  readonly ifNoneMatch?: string | undefined;
  /** Only if changed since; else the result has status 304. */
  readonly ifModifiedSince?: Date | undefined;
  /** Only if not changed since; else 412. */
  readonly ifUnmodifiedSince?: Date | undefined;
}

/** One version of an object. */
export interface VersionInput {
  /** The version; `"null"` is the one written without versioning. @default the current one */
  readonly versionId?: string | undefined;
}

/** The place on the wire of a property that travels inside the body, or only tells the sender something. */
export const inBody = (): Readonly<Record<string, string>> => ({});

function encodeMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = {};
  let size = 0;
  for (const [name, value] of Object.entries(metadata)) {
    size += name.length + value.length;
    if (size > 8192 || !/^[a-z\d-]+:([!-~]( *[!-~])*)?$/i.test(`${name}:${value}`)) {
      throw new (size > 8192 ? RangeError : TypeError)(
        `metadata must be printable ASCII (use encodeURIComponent), trimmed, 8 KB, with names of a-z, 0-9 and "-", got ${show(name)}: ${show(value)}`,
      );
    }
    headers[`x-oss-meta-${name.toLowerCase()}`] = value;
  }
  return headers;
}

/**
 * Encodes tags as `k=v&k=v`, each percent-encoded.
 * @param tagging values by key
 * @returns the value of `x-oss-tagging`
 * @throws RangeError beyond 10 tags, keys of 1 to 128 or values of 256 characters
 */
export function encodeTagging(tagging: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(tagging);
  for (const [name, value] of pairs) {
    if (pairs.length > 10 || !name || name.length > 128 || value.length > 256) {
      throw new RangeError(
        `tagging must be 10 tags, keys of 1 to 128, values of 256, got ${pairs.length}: ${show(name)}`,
      );
    }
  }
  return encodeQuery(pairs);
}

/** Where {@link EncryptionHeaders} go. */
export const encryptionWire = (): Wire<EncryptionHeaders> => ({
  serverSideEncryption: "x-oss-server-side-encryption",
  serverSideEncryptionKeyId: "x-oss-server-side-encryption-key-id",
  serverSideDataEncryption: "x-oss-server-side-data-encryption",
});

/** Where {@link ObjectHeaders} go. */
export const objectWire = (): Wire<ObjectHeaders> => ({
  ...encryptionWire(),
  acl: "x-oss-object-acl",
  storageClass: "x-oss-storage-class",
  contentType: "content-type",
  cacheControl: "cache-control",
  contentDisposition: "content-disposition",
  contentEncoding: "content-encoding",
  contentLanguage: "content-language",
  expires: ["expires", httpDate],
  metadata: encodeMetadata,
  tagging: ["x-oss-tagging", encodeTagging],
  forbidOverwrite: "x-oss-forbid-overwrite",
});

/**
 * Where the size of a list's page goes: 1 to 1,000.
 * @param name of the property, for the error
 * @param parameter of the query
 */
export const pageSizeWire = (name: string, parameter: string): readonly [string, (size: number) => string] => [
  parameter,
  (size) => {
    checkInteger(name, size, 1, 1000);
    return String(size);
  },
];

/** Where {@link TrafficLimit} goes. */
export const trafficWire = (): Wire<TrafficLimit> => ({
  trafficLimit: [
    "x-oss-traffic-limit",
    (bits) => {
      checkInteger("trafficLimit", bits, 245_760, 838_860_800);
      return String(bits);
    },
  ],
});

/** Where a part's number goes. */
export const partNumberField: WireField<number> = [
  "?partNumber",
  (partNumber: number): string => {
    checkInteger("partNumber", partNumber, 1, 10_000);
    return String(partNumber);
  },
];

/** Where {@link ReadConditions} go. */
export const conditionWire = (): Wire<ReadConditions> => ({
  ifMatch: "if-match",
  ifNoneMatch: "if-none-match",
  ifModifiedSince: ["if-modified-since", httpDate],
  ifUnmodifiedSince: ["if-unmodified-since", httpDate],
});

/** How an answer says that an object is encrypted at rest. */
export interface EncryptionProperties {
  readonly serverSideEncryption?: OpenEnum<"AES256" | "KMS" | "SM4">;
  readonly serverSideEncryptionKeyId?: string;
  readonly serverSideDataEncryption?: OpenEnum<"SM4">;
}

/** Where {@link EncryptionProperties} stand in an answer. */
export const encryptionReading = (): HeaderReading<EncryptionProperties & Result> => ({
  serverSideEncryption: header("x-oss-server-side-encryption"),
  serverSideEncryptionKeyId: header("x-oss-server-side-encryption-key-id"),
  serverSideDataEncryption: header("x-oss-server-side-data-encryption"),
});

/** What an answer tells of one object. */
export interface ObjectProperties extends EncryptionProperties {
  /** Bytes as they are stored. */
  readonly contentLength?: number;
  readonly contentType?: string;
  /** With its quotes, as `ifMatch` wants it. Not an MD5 after multipart uploads and appends. */
  readonly etag?: string;
  readonly lastModified?: Date;
  /** CRC-64 of the whole object, also in answers to ranged reads. */
  readonly crc64?: bigint;
  readonly contentRange?: string;
  readonly contentEncoding?: string;
  readonly contentDisposition?: string;
  readonly contentLanguage?: string;
  readonly cacheControl?: string;
  readonly expires?: Date;
  readonly contentMd5?: string;
  readonly objectType?: OpenEnum<"Normal" | "Multipart" | "Appendable" | "Symlink">;
  readonly storageClass?: OpenEnum<StorageClass>;
  readonly versionId?: string;
  readonly deleteMarker?: boolean;
  readonly taggingCount?: number;
  /** Of an archived object that is or was restored; `restoreState` reads it. */
  readonly restore?: string;
  readonly expiration?: string;
  readonly nextAppendPosition?: number;
  /** When an appendable object was sealed. */
  readonly sealedTime?: Date;
  /** `x-oss-meta-*`, names in lower case without the prefix. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where {@link ObjectProperties} stand in an answer. */
export const objectReading = (): HeaderReading<ObjectProperties & Result> => ({
  ...encryptionReading(),
  contentLength: numberHeader("content-length"),
  contentType: header("content-type"),
  etag: header("etag"),
  lastModified: dateHeader("last-modified"),
  crc64: bigintHeader("x-oss-hash-crc64ecma"),
  contentRange: header("content-range"),
  contentEncoding: header("content-encoding"),
  contentDisposition: header("content-disposition"),
  contentLanguage: header("content-language"),
  cacheControl: header("cache-control"),
  expires: dateHeader("expires"),
  contentMd5: header("content-md5"),
  objectType: header("x-oss-object-type"),
  storageClass: header("x-oss-storage-class"),
  versionId: header("x-oss-version-id"),
  deleteMarker: booleanHeader("x-oss-delete-marker"),
  taggingCount: numberHeader("x-oss-tagging-count"),
  restore: header("x-oss-restore"),
  expiration: header("x-oss-expiration"),
  nextAppendPosition: numberHeader("x-oss-next-append-position"),
  sealedTime: dateHeader("x-oss-sealed-time"),
  metadata: metadataHeaders,
});
