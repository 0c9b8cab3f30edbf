/**
 * The source of copies, which CopyObject and UploadPartCopy share.
 * @module
 */
import { httpDate } from "../codec/time.ts";
import { encodePath } from "../codec/uri.ts";
import type { Wire } from "../core/operation.ts";
import { checkBucket, checkKey } from "../core/validate.ts";

/** Where a copy comes from. */
export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
}

/** Conditions on the source of a copy. */
export interface CopyConditions {
  readonly copySourceIfMatch?: string | undefined;
  readonly copySourceIfNoneMatch?: string | undefined;
  readonly copySourceIfModifiedSince?: Date | undefined;
  readonly copySourceIfUnmodifiedSince?: Date | undefined;
}

/** Writes a copy source as its header wants it. */
function encodeCopySource({ bucket, key, versionId }: CopySource): string {
  checkBucket(bucket);
  checkKey(key);
  return `/${bucket}/${encodePath(key)}${versionId == null ? "" : `?versionId=${versionId}`}`;
}

/** Where {@link CopyConditions} go. */
export const copyWire = (): Wire<CopyConditions & { copySource: CopySource }> => ({
  copySource: ["x-oss-copy-source", encodeCopySource],
  copySourceIfMatch: "x-oss-copy-source-if-match",
  copySourceIfNoneMatch: "x-oss-copy-source-if-none-match",
  copySourceIfModifiedSince: ["x-oss-copy-source-if-modified-since", httpDate],
  copySourceIfUnmodifiedSince: ["x-oss-copy-source-if-unmodified-since", httpDate],
});
