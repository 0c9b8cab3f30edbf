/**
 * What DoMetaQuery tells of an object.
 * @module
 */
import { bigint, date, list, named, number, object, type Shape, text } from "../../codec/shape.ts";
import type { OpenEnum, StorageClass } from "../../types.ts";
import {
  type MetaQueryAddress,
  type MetaQueryAudioStream,
  type MetaQueryInsights,
  type MetaQuerySubtitle,
  type MetaQueryVideoStream,
  mediaShape,
} from "./meta_query_media.ts";

/** A tag, or a header `x-oss-meta-*`. */
export interface MetaQueryPair {
  readonly key: string;
  readonly value: string;
}

/** An object that fits a query. What is not known of it is absent. */
export interface MetaQueryFile {
  /** The key. */
  readonly filename?: string;
  readonly uri?: string;
  /** Bytes. */
  readonly size?: number;
  readonly fileModifiedTime?: Date;
  readonly etag?: string;
  readonly ossCrc64?: bigint;
  readonly ossObjectType?: OpenEnum<"Normal" | "Multipart" | "Appendable" | "Symlink">;
  readonly ossStorageClass?: OpenEnum<StorageClass>;
  readonly objectAcl?: OpenEnum<"default" | "private" | "public-read" | "public-read-write">;
  readonly ossExpiration?: string;
  readonly ossTaggingCount?: number;
  readonly ossTagging: readonly MetaQueryPair[];
  readonly ossUserMeta: readonly MetaQueryPair[];
  readonly serverSideEncryption?: string;
  readonly serverSideEncryptionCustomerAlgorithm?: string;
  readonly serverSideEncryptionKeyId?: string;
  readonly serverSideDataEncryption?: string;
  readonly contentType?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  readonly contentLanguage?: string;
  readonly cacheControl?: string;
  readonly accessControlRequestMethod?: string;
  readonly accessControlAllowOrigin?: string;
  readonly mediaType?: OpenEnum<"image" | "video" | "audio" | "document">;
  readonly title?: string;
  readonly album?: string;
  readonly albumArtist?: string;
  readonly artist?: string;
  readonly composer?: string;
  readonly performer?: string;
  readonly produceTime?: Date;
  /** Latitude and longitude: `30.134390,120.074997`. */
  readonly latLong?: string;
  /** Pixels. */
  readonly imageHeight?: number;
  /** Pixels. */
  readonly imageWidth?: number;
  /** Pixels. */
  readonly videoHeight?: number;
  /** Pixels. */
  readonly videoWidth?: number;
  /** Bits per second. */
  readonly bitrate?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly addresses: readonly MetaQueryAddress[];
  readonly audioStreams: readonly MetaQueryAudioStream[];
  readonly videoStreams: readonly MetaQueryVideoStream[];
  readonly subtitles: readonly MetaQuerySubtitle[];
  readonly insights?: MetaQueryInsights;
}

const pairs = (element: string) =>
  named(element, list<MetaQueryPair>(object<MetaQueryPair>({ key: text, value: text })));

/** Where {@link MetaQueryFile} stands. */
export const fileShape = (): Shape<MetaQueryFile> => ({
  filename: text,
  uri: named("URI", text),
  size: number,
  fileModifiedTime: date,
  etag: named("ETag", text),
  ossCrc64: named("OSSCRC64", bigint),
  ossObjectType: named("OSSObjectType", text),
  ossStorageClass: named("OSSStorageClass", text),
  objectAcl: named("ObjectACL", text),
  ossExpiration: named("OSSExpiration", text),
  ossTaggingCount: named("OSSTaggingCount", number),
  ossTagging: pairs("OSSTagging/Tagging"),
  ossUserMeta: pairs("OSSUserMeta/UserMeta"),
  serverSideEncryption: text,
  serverSideEncryptionCustomerAlgorithm: text,
  serverSideEncryptionKeyId: text,
  serverSideDataEncryption: text,
  contentType: text,
  contentDisposition: text,
  contentEncoding: text,
  contentLanguage: text,
  cacheControl: text,
  accessControlRequestMethod: text,
  accessControlAllowOrigin: text,
  mediaType: text,
  title: text,
  album: text,
  albumArtist: text,
  artist: text,
  composer: text,
  performer: text,
  produceTime: date,
  latLong: text,
  imageHeight: number,
  imageWidth: number,
  videoHeight: number,
  videoWidth: number,
  bitrate: number,
  duration: number,
  ...mediaShape(),
});
