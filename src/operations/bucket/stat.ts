/**
 * GetBucketStat: how much is in a bucket.
 * @module
 */
import { number } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { seconds } from "../seconds.ts";

/**
 * Result of GetBucketStat: numbers, and bytes where the name says storage. Objects are counted with all their
 * versions; storage is what is billed (64 KB at least an object), `RealStorage` what is stored.
 */
export interface GetBucketStatResult extends Result {
  /** Bytes of all objects. */
  readonly storage: number;
  readonly objectCount: number;
  readonly multipartUploadCount?: number;
  readonly multipartPartCount?: number;
  readonly multipartPartStorage?: number;
  readonly liveChannelCount?: number;
  readonly deleteMarkerCount?: number;
  /** When it was counted: up to some hours ago. */
  readonly lastModifiedTime?: Date;
  readonly standardStorage?: number;
  readonly standardObjectCount?: number;
  readonly standardMultipartPartCount?: number;
  readonly standardMultipartPartStorage?: number;
  readonly infrequentAccessStorage?: number;
  readonly infrequentAccessRealStorage?: number;
  readonly infrequentAccessObjectCount?: number;
  readonly infrequentMultipartPartCount?: number;
  readonly infrequentMultipartPartStorage?: number;
  readonly archiveStorage?: number;
  readonly archiveRealStorage?: number;
  readonly archiveObjectCount?: number;
  readonly archiveMultipartPartCount?: number;
  readonly archiveMultipartPartStorage?: number;
  readonly coldArchiveStorage?: number;
  readonly coldArchiveRealStorage?: number;
  readonly coldArchiveObjectCount?: number;
  readonly coldArchiveMultipartPartCount?: number;
  readonly coldArchiveMultipartPartStorage?: number;
  readonly deepColdArchiveStorage?: number;
  readonly deepColdArchiveRealStorage?: number;
  readonly deepColdArchiveObjectCount?: number;
  readonly deepColdArchiveMultipartPartCount?: number;
  readonly deepColdArchiveMultipartPartStorage?: number;
}

/**
 * Reads how many objects, versions, uploads and parts are in a bucket, and their bytes by storage class.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketStat } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { objectCount, storage } = await getBucketStat(client, {});
 * console.log(objectCount, storage);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketstat
 */
export const getBucketStat: Operation<BaseInput, GetBucketStatResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketStat",
  method: "GET",
  subresource: "stat",
  result: treeResult("BucketStat", {
    storage: number,
    objectCount: number,
    multipartUploadCount: number,
    multipartPartCount: number,
    multipartPartStorage: number,
    liveChannelCount: number,
    deleteMarkerCount: number,
    lastModifiedTime: seconds(),
    standardStorage: number,
    standardObjectCount: number,
    standardMultipartPartCount: number,
    standardMultipartPartStorage: number,
    infrequentAccessStorage: number,
    infrequentAccessRealStorage: number,
    infrequentAccessObjectCount: number,
    infrequentMultipartPartCount: number,
    infrequentMultipartPartStorage: number,
    archiveStorage: number,
    archiveRealStorage: number,
    archiveObjectCount: number,
    archiveMultipartPartCount: number,
    archiveMultipartPartStorage: number,
    coldArchiveStorage: number,
    coldArchiveRealStorage: number,
    coldArchiveObjectCount: number,
    coldArchiveMultipartPartCount: number,
    coldArchiveMultipartPartStorage: number,
    deepColdArchiveStorage: number,
    deepColdArchiveRealStorage: number,
    deepColdArchiveObjectCount: number,
    deepColdArchiveMultipartPartCount: number,
    deepColdArchiveMultipartPartStorage: number,
  }),
}));
