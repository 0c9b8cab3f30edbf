/**
 * PutObjectAcl and GetObjectAcl.
 * @module
 */
import { named, object, text } from "../../codec/shape.ts";
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { header, headerResult, xmlResult } from "../../core/response.ts";
import type { ObjectAcl, OpenEnum, Result } from "../../types.ts";
import type { VersionInput } from "../fields.ts";
import { type Owner, ownerShape } from "../owner.ts";
import { required } from "../required.ts";

/** Input of PutObjectAcl. */
export interface PutObjectAclInput extends ObjectInput, VersionInput {
  /** `default` inherits from the bucket. */
  readonly acl: ObjectAcl;
}

/** Result of PutObjectAcl. */
export interface PutObjectAclResult extends Result {
  readonly versionId?: string;
}

/**
 * Sets who may read and write an object.
 * @example
 * ```ts
 * import { createClient, putObject, putObjectAcl } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * await putObjectAcl(client, { key: "a.txt", acl: "public-read" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobjectacl
 */
export const putObjectAcl: Operation<PutObjectAclInput, PutObjectAclResult> = /* @__PURE__ */ operation(() => ({
  name: "PutObjectAcl",
  method: "PUT",
  scope: "object",
  subresource: "acl",
  wire: { acl: "x-oss-object-acl", versionId: "?versionId" },
  request: required("acl"),
  result: headerResult({ versionId: header("x-oss-version-id") }),
}));

/** Input of GetObjectAcl. */
export interface GetObjectAclInput extends ObjectInput, VersionInput {}

/** Result of GetObjectAcl. */
export interface GetObjectAclResult extends Result {
  readonly acl: OpenEnum<ObjectAcl>;
  readonly owner?: Owner;
  readonly versionId?: string;
}

/**
 * Reads who may read and write an object.
 * @example
 * ```ts
 * import { createClient, getObjectAcl, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" });
 * console.log((await getObjectAcl(client, { key: "a.txt" })).acl);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobjectacl
 */
export const getObjectAcl: Operation<GetObjectAclInput, GetObjectAclResult> = /* @__PURE__ */ operation(() => ({
  name: "GetObjectAcl",
  method: "GET",
  scope: "object",
  subresource: "acl",
  wire: { versionId: "?versionId" },
  result: xmlResult("AccessControlPolicy", {
    acl: named("AccessControlList/Grant", text),
    owner: object<Owner>(ownerShape()),
    versionId: header("x-oss-version-id"),
  }),
}));
