/**
 * What the in-process OSS remembers: buckets, objects, uploads and parts. Records never change, they are replaced.
 * @module
 */
import type { BucketAcl, ObjectAcl } from "../types.ts";
import type { SortedMap } from "./sorted_map.ts";
import type { Piece } from "./store.ts";

/** Bytes of a piece. */
export interface Span {
  readonly piece: Piece;
  /** First byte. */
  readonly start: number;
  /** How many bytes. */
  readonly size: number;
}

/** The bytes of an object or a part: spans of pieces, one after the other. */
export interface Content {
  readonly size: number;
  readonly spans: readonly Span[];
}

/** How an object was made. */
export type ObjectType = "Normal" | "Multipart" | "Appendable";

/** Content headers and `x-oss-meta-*`, by lower-case name. */
export type StoredHeaders = Readonly<Record<string, string>>;

/** One restoration of an archived object. */
export interface Restoration {
  /** When the object becomes readable, in milliseconds. */
  readonly ready: number;
  /** When it freezes again. */
  readonly expires: number;
}

/** An object. */
export interface ObjectRecord {
  readonly key: string;
  readonly content: Content;
  /** With its quotes. */
  readonly etag: string;
  readonly crc64: bigint;
  /** In base64, where the service knows it. */
  readonly md5?: string | undefined;
  /** Milliseconds, whole seconds. */
  readonly modified: number;
  readonly type: ObjectType;
  readonly storageClass: string;
  readonly acl: ObjectAcl;
  readonly headers: StoredHeaders;
  /** How it is encrypted, as the headers that tell it. */
  readonly encryption?: StoredHeaders | undefined;
  readonly restoration?: Restoration | undefined;
  /** When an appendable object was sealed, in milliseconds. */
  readonly sealed?: number | undefined;
}

/** A part of an upload. */
export interface PartRecord {
  readonly number: number;
  readonly content: Content;
  readonly etag: string;
  readonly crc64: bigint;
  readonly modified: number;
}

/** An unfinished multipart upload. */
export interface UploadRecord {
  readonly id: string;
  readonly key: string;
  readonly initiated: number;
  readonly storageClass: string;
  readonly headers: StoredHeaders;
  readonly encryption?: StoredHeaders | undefined;
}

/** An upload with the parts that arrived. */
export interface Upload {
  readonly record: UploadRecord;
  readonly parts: Map<number, PartRecord>;
}

/** One rule of a bucket's CORS configuration. */
export interface CorsRule {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders?: readonly string[] | undefined;
  readonly exposeHeaders?: readonly string[] | undefined;
  readonly maxAgeSeconds?: number | undefined;
}

/** A bucket's CORS configuration. */
export interface CorsConfiguration {
  readonly rules: readonly CorsRule[];
  readonly responseVary?: boolean | undefined;
}

/** A bucket's own facts. */
export interface BucketRecord {
  readonly name: string;
  /** `cn-hangzhou`. */
  readonly region: string;
  /** The account's id. */
  readonly owner: string;
  readonly created: number;
  readonly acl: BucketAcl;
  readonly storageClass: string;
  readonly redundancy: string;
  readonly cors?: CorsConfiguration | undefined;
  /** Configuration documents, by the sub-resource that names them. */
  readonly documents?: Readonly<Record<string, string>> | undefined;
}

/** A bucket and what is in it. */
export interface Bucket {
  record: BucketRecord;
  readonly objects: SortedMap<ObjectRecord>;
  /** By key, then upload id: {@link uploadName}. */
  readonly uploads: SortedMap<Upload>;
}

/**
 * The name under which an upload is kept, so that uploads sort by key, then by age.
 * @param key its key
 * @param id its id
 */
export function uploadName(key: string, id: string): string {
  return `${key}\0${id}`;
}
