/**
 * PutObjectTagging, GetObjectTagging and DeleteObjectTagging.
 * @module
 */
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { header, headerResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { encodeTagging, inBody, type VersionInput } from "../fields.ts";
import { type Tagging, taggingBody, taggingResult } from "../tagging.ts";

/** Input of PutObjectTagging: at most 10 tags, keys up to 128, values up to 256 of letters, digits and ` +-=._:/`. */
export interface PutObjectTaggingInput extends ObjectInput, VersionInput, Tagging {}

/** Result of PutObjectTagging and DeleteObjectTagging. */
export interface ObjectTaggingResult extends Result {
  /** The version whose tags were changed. */
  readonly versionId?: string;
}

/**
 * Sets the tags of an object, all anew; its date stays.
 * @throws RangeError beyond 10 tags, keys of 1 to 128 or values of 256 characters
 * @throws ServiceError `NoSuchKey`, `InvalidTag` for other characters
 * @example
 * ```ts
 * import { createClient, putObject, putObjectTagging } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * await putObjectTagging(client, { key: "a.txt", tagging: { stage: "draft" } });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobjecttagging
 */
export const putObjectTagging: Operation<PutObjectTaggingInput, ObjectTaggingResult> = /* @__PURE__ */ operation(
  () => ({
    name: "PutObjectTagging",
    method: "PUT",
    scope: "object",
    subresource: "tagging",
    wire: { tagging: inBody, versionId: "?versionId" },
    body(input) {
      const document = taggingBody(input);
      // Its checks are those of the header.
      encodeTagging(input.tagging);
      return document;
    },
    result: headerResult({ versionId: header("x-oss-version-id") }),
  }),
);

/** Input of GetObjectTagging and DeleteObjectTagging. */
export interface ObjectTaggingInput extends ObjectInput, VersionInput {}

/** Result of GetObjectTagging: no tags, no properties. */
export interface GetObjectTaggingResult extends ObjectTaggingResult, Tagging {}

/**
 * Reads the tags of an object.
 * @throws ServiceError `NoSuchKey`
 * @example
 * ```ts
 * import { createClient, getObjectTagging, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello", tagging: { stage: "draft" } });
 * console.log((await getObjectTagging(client, { key: "a.txt" })).tagging);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobjecttagging
 */
export const getObjectTagging: Operation<ObjectTaggingInput, GetObjectTaggingResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetObjectTagging",
    method: "GET",
    scope: "object",
    subresource: "tagging",
    wire: { versionId: "?versionId" },
    result: taggingResult,
  }),
);

/**
 * Deletes all tags of an object.
 * @throws ServiceError `NoSuchKey`
 * @example
 * ```ts
 * import { createClient, deleteObjectTagging, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello", tagging: { stage: "draft" } });
 * await deleteObjectTagging(client, { key: "a.txt" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteobjecttagging
 */
export const deleteObjectTagging: Operation<ObjectTaggingInput, ObjectTaggingResult> = /* @__PURE__ */ operation(
  () => ({
    name: "DeleteObjectTagging",
    method: "DELETE",
    scope: "object",
    subresource: "tagging",
    wire: { versionId: "?versionId" },
    result: headerResult({ versionId: header("x-oss-version-id") }),
  }),
);
