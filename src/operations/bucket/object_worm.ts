/**
 * PutBucketObjectWormConfiguration and GetBucketObjectWormConfiguration.
 * @module
 */
import { named, number, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** Whether objects of a bucket can be retained one by one, and how new ones are by default. */
export interface ObjectWormConfiguration {
  readonly objectWormEnabled: OpenEnum<"Enabled">;
  /** How new objects are retained. @default not at all */
  readonly mode?: OpenEnum<"COMPLIANCE" | "GOVERNANCE"> | undefined;
  /** For how long: days, 1 to 36,500, or `years`. */
  readonly days?: number | undefined;
  /** For how long: years, 1 to 100, or `days`. */
  readonly years?: number | undefined;
}

/** Input of PutBucketObjectWormConfiguration. */
export interface PutBucketObjectWormConfigurationInput extends BaseInput, ObjectWormConfiguration {}

/** Result of GetBucketObjectWormConfiguration. */
export interface GetBucketObjectWormConfigurationResult extends Result, ObjectWormConfiguration {}

const configuration = (): Shape<ObjectWormConfiguration> => ({
  objectWormEnabled: text,
  mode: named("Rule/DefaultRetention/Mode", text),
  days: named("Rule/DefaultRetention/Days", number),
  years: named("Rule/DefaultRetention/Years", number),
});

/**
 * Lets objects of a versioned bucket be retained one by one, for good, and sets how new ones are by default.
 * @throws ServiceError `InvalidRequest`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketObjectWormConfiguration, putBucketVersioning } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketVersioning(client, { versioning: "Enabled" });
 * await putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled", mode: "COMPLIANCE", days: 30 });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketobjectwormconfiguration
 */
export const putBucketObjectWormConfiguration: Operation<PutBucketObjectWormConfigurationInput, Result> =
  /* @__PURE__ */ operation(() => ({
    name: "PutBucketObjectWormConfiguration",
    method: "PUT",
    subresource: "objectWorm",
    wire: configuration(),
    body: xmlBody("ObjectWormConfiguration", "objectWormEnabled"),
    result: emptyResult,
  }));

/**
 * Reads how new objects of a bucket are retained by default.
 * @throws ServiceError status 404 where objects cannot be retained one by one
 * @example
 * ```ts
 * import { createClient, getBucketObjectWormConfiguration, putBucketObjectWormConfiguration, putBucketVersioning } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketVersioning(client, { versioning: "Enabled" });
 * await putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled" });
 * console.log((await getBucketObjectWormConfiguration(client, {})).objectWormEnabled);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketobjectwormconfiguration
 */
export const getBucketObjectWormConfiguration: Operation<BaseInput, GetBucketObjectWormConfigurationResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetBucketObjectWormConfiguration",
    method: "GET",
    subresource: "objectWorm",
    result: treeResult("ObjectWormConfiguration", configuration()),
  }));
