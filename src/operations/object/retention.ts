/**
 * Retention of single objects: PutObjectRetention, GetObjectRetention, PutObjectLegalHold and GetObjectLegalHold.
 * @module
 */
import { date, named, type Shape, text } from "../../codec/shape.ts";
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import type { VersionInput } from "../fields.ts";

/** How long a version of an object can be neither deleted nor replaced. */
export interface Retention {
  /** `COMPLIANCE` binds everybody, `GOVERNANCE` those who may not bypass it. */
  readonly mode: OpenEnum<"COMPLIANCE" | "GOVERNANCE">;
  readonly retainUntilDate: Date;
}

/** Input of PutObjectRetention. */
export interface PutObjectRetentionInput extends ObjectInput, VersionInput, Retention {
  /** Replace a retention of mode `GOVERNANCE`, which takes the permission to do so. */
  readonly bypassGovernanceRetention?: boolean | undefined;
}

const retention = (): Shape<Retention> => ({ mode: text, retainUntilDate: date });

/**
 * Retains a version of an object; in mode `COMPLIANCE` the date can only be put off.
 * @throws TypeError without mode or date
 * @throws ServiceError `InvalidRequest` where the bucket does not allow it, `AccessDenied` for an earlier date
 * @example
 * ```ts
 * import { createClient, putBucketObjectWormConfiguration, putBucketVersioning, putObject, putObjectRetention } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketVersioning(client, { versioning: "Enabled" });
 * await putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * const retainUntilDate = new Date(Date.now() + 86_400_000);
 * await putObjectRetention(client, { key: "a.txt", mode: "COMPLIANCE", retainUntilDate });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobjectretention
 */
export const putObjectRetention: Operation<PutObjectRetentionInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutObjectRetention",
  method: "PUT",
  scope: "object",
  subresource: "retention",
  wire: {
    ...retention(),
    versionId: "?versionId",
    bypassGovernanceRetention: "x-oss-bypass-governance-retention",
  },
  body: xmlBody("Retention", "mode", "retainUntilDate"),
  result: emptyResult,
}));

/** Input of GetObjectRetention. */
export interface GetObjectRetentionInput extends ObjectInput, VersionInput {}

/** Result of GetObjectRetention. */
export interface GetObjectRetentionResult extends Result, Retention {}

/**
 * Reads how long a version of an object is retained.
 * @throws ServiceError `NoSuchKey`; status 404 when it is not retained
 * @example
 * ```ts
 * import { createClient, getObjectRetention, putBucketObjectWormConfiguration, putBucketVersioning, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketVersioning(client, { versioning: "Enabled" });
 * await putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled", mode: "COMPLIANCE", days: 1 });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * console.log((await getObjectRetention(client, { key: "a.txt" })).retainUntilDate);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobjectretention
 */
export const getObjectRetention: Operation<GetObjectRetentionInput, GetObjectRetentionResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetObjectRetention",
    method: "GET",
    scope: "object",
    subresource: "retention",
    wire: { versionId: "?versionId" },
    result: treeResult("Retention", retention()),
  }));

/** Whether a version of an object is held: it can be neither deleted nor replaced until that ends. */
export interface LegalHold {
  /** The document's `Status`. */
  readonly legalHold: OpenEnum<"ON" | "OFF">;
}

/** Input of PutObjectLegalHold. */
export interface PutObjectLegalHoldInput extends ObjectInput, VersionInput, LegalHold {}

const hold = (): Shape<LegalHold> => ({ legalHold: named("Status", text) });

/**
 * Holds a version of an object, or lets it go.
 * @throws TypeError when it is not said which
 * @throws ServiceError `NoSuchKey`, `InvalidRequest` where the bucket does not allow it
 * @example
 * ```ts
 * import { createClient, putBucketObjectWormConfiguration, putBucketVersioning, putObject, putObjectLegalHold } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketVersioning(client, { versioning: "Enabled" });
 * await putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * await putObjectLegalHold(client, { key: "a.txt", legalHold: "ON" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobjectlegalhold
 */
export const putObjectLegalHold: Operation<PutObjectLegalHoldInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutObjectLegalHold",
  method: "PUT",
  scope: "object",
  subresource: "legalHold",
  wire: { ...hold(), versionId: "?versionId" },
  body: xmlBody("LegalHold", "legalHold"),
  result: emptyResult,
}));

/** Input of GetObjectLegalHold. */
export interface GetObjectLegalHoldInput extends ObjectInput, VersionInput {}

/** Result of GetObjectLegalHold. */
export interface GetObjectLegalHoldResult extends Result, LegalHold {}

/**
 * Reads whether a version of an object is held.
 * @throws ServiceError `NoSuchKey`, `InvalidRequest` where the bucket does not allow it
 * @example
 * ```ts
 * import { createClient, getObjectLegalHold, putBucketObjectWormConfiguration, putBucketVersioning, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketVersioning(client, { versioning: "Enabled" });
 * await putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * console.log((await getObjectLegalHold(client, { key: "a.txt" })).legalHold);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobjectlegalhold
 */
export const getObjectLegalHold: Operation<GetObjectLegalHoldInput, GetObjectLegalHoldResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetObjectLegalHold",
    method: "GET",
    scope: "object",
    subresource: "legalHold",
    wire: { versionId: "?versionId" },
    result: treeResult("LegalHold", hold()),
  }));
