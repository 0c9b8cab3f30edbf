/**
 * GetBucketReplicationProgress.
 * @module
 */
import { date, list, named, number, object } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { required } from "../required.ts";
import { type ReplicationRule, replicationShape } from "./replication_rule.ts";

/** Input of GetBucketReplicationProgress. */
export interface GetBucketReplicationProgressInput extends BaseInput {
  /** The rule's id, as GetBucketReplication tells it. */
  readonly ruleId: string;
}

/** How far replication by a rule has come. */
export interface ReplicationProgress
  extends Pick<
    ReplicationRule,
    "id" | "prefixes" | "action" | "destination" | "status" | "historicalObjectReplication"
  > {
  /** The share of old objects that are replicated, 0 to 1; only while the task is `doing`. */
  readonly historicalObject?: number;
  /** What was written before this is replicated; only while the task is `doing`. */
  readonly newObject?: Date;
}

/** Result of GetBucketReplicationProgress. */
export interface GetBucketReplicationProgressResult extends Result {
  readonly rules: readonly ReplicationProgress[];
}

/**
 * Tells how far replication by a rule has come.
 * @throws ServiceError `NoSuchReplicationRule`, `NoSuchReplicationConfiguration`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketReplicationProgress, putBucketReplication } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const destination = { bucket: "photos-copy", location: "oss-cn-beijing" };
 * await putBucketReplication(client, { rules: [{ id: "copy", destination }] });
 * const [rule] = (await getBucketReplicationProgress(client, { ruleId: "copy" })).rules;
 * console.log(rule?.status, rule?.historicalObject);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketreplicationprogress
 */
export const getBucketReplicationProgress: Operation<
  GetBucketReplicationProgressInput,
  GetBucketReplicationProgressResult
> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketReplicationProgress",
  method: "GET",
  subresource: "replicationProgress",
  wire: { ruleId: "?rule-id" },
  request: required("ruleId"),
  result: treeResult("ReplicationProgress", {
    rules: named(
      "Rule",
      list<ReplicationProgress>(
        object<ReplicationProgress>({
          ...replicationShape(),
          historicalObject: named("Progress/HistoricalObject", number),
          newObject: named("Progress/NewObject", date),
        }),
      ),
    ),
  }),
}));
