/**
 * PutBucketArchiveDirectRead and GetBucketArchiveDirectRead.
 * @module
 */
import { boolean, type Shape } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** Whether Archive objects are readable without being restored. */
export interface ArchiveDirectReadConfiguration {
  readonly enabled: boolean;
}

/** Input of PutBucketArchiveDirectRead. */
export interface PutBucketArchiveDirectReadInput extends BaseInput, ArchiveDirectReadConfiguration {}

/** Result of GetBucketArchiveDirectRead. */
export interface GetBucketArchiveDirectReadResult extends Result, ArchiveDirectReadConfiguration {}

const configuration = (): Shape<ArchiveDirectReadConfiguration> => ({ enabled: boolean });

/**
 * Sets whether Archive objects of a bucket are readable without being restored.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketArchiveDirectRead } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketArchiveDirectRead(client, { enabled: true });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketarchivedirectread
 */
export const putBucketArchiveDirectRead: Operation<PutBucketArchiveDirectReadInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "PutBucketArchiveDirectRead",
    method: "PUT",
    subresource: "bucketArchiveDirectRead",
    wire: configuration(),
    body: xmlBody("ArchiveDirectReadConfiguration", "enabled"),
    result: emptyResult,
  }),
);

/**
 * Reads whether Archive objects of a bucket are readable without being restored.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketArchiveDirectRead } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketArchiveDirectRead(client, {})).enabled);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketarchivedirectread
 */
export const getBucketArchiveDirectRead: Operation<BaseInput, GetBucketArchiveDirectReadResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetBucketArchiveDirectRead",
    method: "GET",
    subresource: "bucketArchiveDirectRead",
    result: treeResult("ArchiveDirectReadConfiguration", configuration()),
  }));
