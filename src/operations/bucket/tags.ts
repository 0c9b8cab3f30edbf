/**
 * PutBucketTags, GetBucketTags and DeleteBucketTags.
 * @module
 */
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult } from "../../core/response.ts";
import { show } from "../../core/validate.ts";
import type { Result } from "../../types.ts";
import { inBody } from "../fields.ts";
import { type Tagging, taggingBody, taggingResult } from "../tagging.ts";

/** Input of PutBucketTags: at most 20 tags, keys up to 64, values up to 128 bytes. */
export interface PutBucketTagsInput extends BaseInput, Tagging {}

/**
 * Sets the tags of a bucket, all anew.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `InvalidTag`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketTags } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketTags(client, { tagging: { team: "web", stage: "test" } });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbuckettags
 */
export const putBucketTags: Operation<PutBucketTagsInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketTags",
  method: "PUT",
  subresource: "tagging",
  wire: { tagging: inBody },
  body: taggingBody,
  result: emptyResult,
}));

/** Result of GetBucketTags: no tags, no properties. */
export interface GetBucketTagsResult extends Result, Tagging {}

/**
 * Reads the tags of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketTags } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketTags(client, {})).tagging);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbuckettags
 */
export const getBucketTags: Operation<BaseInput, GetBucketTagsResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketTags",
  method: "GET",
  subresource: "tagging",
  result: taggingResult,
}));

/** Input of DeleteBucketTags. */
export interface DeleteBucketTagsInput extends BaseInput {
  /** Only the tags of these keys, one at least. @default all tags */
  readonly tagKeys?: readonly string[] | undefined;
}

/**
 * Deletes the tags of a bucket, or some of them.
 * @throws TypeError when `tagKeys` is empty, or holds what is no key
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketTags } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketTags(client, { tagKeys: ["stage"] });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebuckettags
 */
export const deleteBucketTags: Operation<DeleteBucketTagsInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketTags",
  method: "DELETE",
  subresource: "tagging",
  wire: {
    tagKeys: [
      "?tagging",
      (keys) => {
        // An empty list would read as: all of them.
        const text = keys.join();
        if (!keys.length || text.split(",").length > keys.length || keys.includes(""))
          throw new TypeError(`tagKeys must be keys without commas, got ${show(text)}`);
        return text;
      },
    ],
  },
  result: emptyResult,
}));
