/**
 * PutBucketVersioning and GetBucketVersioning.
 * @module
 */
import { named, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** Input of PutBucketVersioning. */
export interface PutBucketVersioningInput extends BaseInput {
  /** `Enabled` keeps every version; `Suspended` keeps those there are, and writes the version `null` from then on. */
  readonly versioning: OpenEnum<"Enabled" | "Suspended">;
}

/** Result of GetBucketVersioning. */
export interface GetBucketVersioningResult extends Result {
  /** Absent when it was never set. */
  readonly versioning?: OpenEnum<"Enabled" | "Suspended">;
}

const configuration = (): Shape<Pick<PutBucketVersioningInput, "versioning">> => ({
  versioning: named("Status", text),
});

/**
 * Enables or suspends versioning of a bucket; it cannot be unset.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketVersioning } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketVersioning(client, { versioning: "Enabled" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketversioning
 */
export const putBucketVersioning: Operation<PutBucketVersioningInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketVersioning",
  method: "PUT",
  subresource: "versioning",
  wire: configuration(),
  body: xmlBody("VersioningConfiguration", "versioning"),
  result: emptyResult,
}));

/**
 * Reads whether a bucket keeps versions.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketVersioning } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketVersioning(client, {})).versioning);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketversioning
 */
export const getBucketVersioning: Operation<BaseInput, GetBucketVersioningResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketVersioning",
  method: "GET",
  subresource: "versioning",
  result: treeResult("VersioningConfiguration", configuration()),
}));
