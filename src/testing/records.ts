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
export type ObjectType = "Normal" | "Multipart" | "Appendable" | "Symlink";

/** Tags: values by key, at least one. */
export type Tagging = Readonly<Record<string, string>>;

/** Content headers and `x-oss-meta-*`, by lower-case name. */
export type StoredHeaders = Readonly<Record<string, string>>;

/** One restoration of an archived object. */
export interface Restoration {
  /** When the object becomes readable, in milliseconds. */
  readonly ready: number;
  /** When it freezes again. */
  readonly expires: number;
}

/** Until when a version can be neither deleted nor replaced. */
export interface Retention {
  /** `COMPLIANCE` or `GOVERNANCE`. */
  readonly mode: string;
  /** Milliseconds. */
  readonly until: number;
}

/** What every version of a key has. */
interface VersionFacts {
  readonly key: string;
  /** None is `null`: written without versioning, or while it was suspended. */
  readonly versionId?: string | undefined;
  /** Rises with every version that a bucket with versioning takes in; none is older than all others. */
  readonly sequence?: number | undefined;
  /** Milliseconds, whole seconds. */
  readonly modified: number;
}

/** An object, or one version of it. */
export interface ObjectRecord extends VersionFacts {
  readonly content: Content;
  /** With its quotes. */
  readonly etag: string;
  readonly crc64: bigint;
  /** In base64, where the service knows it. */
  readonly md5?: string | undefined;
  readonly type: ObjectType;
  readonly storageClass: string;
  readonly acl: ObjectAcl;
  readonly headers: StoredHeaders;
  /** How it is encrypted, as the headers that tell it. */
  readonly encryption?: StoredHeaders | undefined;
  readonly restoration?: Restoration | undefined;
  /** When an appendable object was sealed, in milliseconds. */
  readonly sealed?: number | undefined;
  readonly tagging?: Tagging | undefined;
  /** The key that a symbolic link points to. */
  readonly target?: string | undefined;
  readonly retention?: Retention | undefined;
  /** Held until that is ended. */
  readonly legalHold?: boolean | undefined;
}

/** A delete marker: the newest version of a key that was deleted without naming a version. */
export interface MarkerRecord extends VersionFacts {
  readonly deleteMarker: true;
}

/** A version of a key. */
export type VersionRecord = ObjectRecord | MarkerRecord;

/** Whether a version is a delete marker. */
export function isMarker(record: VersionRecord): record is MarkerRecord {
  return "deleteMarker" in record;
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
  /** Whether its parts come in order, so that the object gets an MD5. */
  readonly sequential?: boolean | undefined;
  readonly tagging?: Tagging | undefined;
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

/** A live channel. */
export interface LiveChannelRecord {
  readonly name: string;
  readonly description: string;
  readonly status: string;
  readonly fragDuration: number;
  readonly fragCount: number;
  readonly playlistName: string;
  /** As text, by element. */
  readonly snapshot?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds. */
  readonly modified: number;
}

/** An asynchronous fetch. */
export interface FetchTaskRecord {
  readonly state: string;
  /** What went wrong, or nothing. */
  readonly error: string;
  /** The task as it was put, by element. */
  readonly info: Readonly<Record<string, string>>;
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
  /** None: never set. */
  readonly versioning?: "Enabled" | "Suspended" | undefined;
  readonly cors?: CorsConfiguration | undefined;
  /** Configuration documents, by the sub-resource that names them. */
  readonly documents?: Readonly<Record<string, string>> | undefined;
  /** Live channels by name. */
  readonly channels?: Readonly<Record<string, LiveChannelRecord>> | undefined;
  /** Asynchronous fetches by id. */
  readonly fetchTasks?: Readonly<Record<string, FetchTaskRecord>> | undefined;
}

/** A bucket and what is in it. */
export interface Bucket {
  record: BucketRecord;
  /** The current version of each key, unless that is a delete marker. */
  readonly objects: SortedMap<ObjectRecord>;
  /** All other versions, delete markers among them, by key, oldest first: empty where versioning was never set. */
  readonly history: SortedMap<VersionRecord[]>;
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
