/**
 * DeleteBucketReplication and PutBucketRtc.
 * @module
 */
import { list, named, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import type { ReplicationRule } from "./replication_rule.ts";

/** Input of DeleteBucketReplication. */
export interface DeleteBucketReplicationInput extends BaseInput {
  /** Rules to end. */
  readonly ids: readonly string[];
}

/** Input of PutBucketRtc. */
export interface PutBucketRtcInput extends BaseInput, Required<Pick<ReplicationRule, "id" | "rtc">> {}

/**
 * Ends replication by some rules; what was replicated stays.
 * @throws ServiceError `NoSuchReplicationRule`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketReplication, putBucketReplication } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const destination = { bucket: "photos-copy", location: "oss-cn-beijing" };
 * await putBucketReplication(client, { rules: [{ id: "copy", destination }] });
 * await deleteBucketReplication(client, { ids: ["copy"] });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketreplication
 */
export const deleteBucketReplication: Operation<DeleteBucketReplicationInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "DeleteBucketReplication",
    method: "POST",
    subresource: "replication",
    query: { comp: "delete" },
    wire: { ids: named("ID", list<string>(text)) },
    body: xmlBody("ReplicationRules", "ids"),
    result: emptyResult,
  }),
);

/**
 * Switches Replication Time Control of a rule on or off.
 * @throws ServiceError `NoSuchReplicationRule`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putBucketReplication, putBucketRtc } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const destination = { bucket: "photos-copy", location: "oss-cn-beijing" };
 * await putBucketReplication(client, { rules: [{ id: "copy", destination }] });
 * await putBucketRtc(client, { id: "copy", rtc: "enabled" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketrtc
 */
export const putBucketRtc: Operation<PutBucketRtcInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketRtc",
  method: "PUT",
  subresource: "rtc",
  wire: { rtc: named("RTC/Status", text), id: named("ID", text) },
  body: xmlBody("ReplicationRule", "id", "rtc"),
  result: emptyResult,
}));
