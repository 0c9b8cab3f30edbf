/**
 * GetBucketReplicationLocation and GetBucketReplicationProgress.
 * @module
 */
import { date, list, named, number, object, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { required } from "../required.ts";
import { type ReplicationRule, replicationShape } from "./replication_rule.ts";

/** How objects may travel to a region. */
export interface LocationTransferTypes {
  readonly location: string;
  readonly transferTypes: readonly OpenEnum<"internal" | "oss_acc">[];
}

/** Result of GetBucketReplicationLocation. */
export interface GetBucketReplicationLocationResult extends Result {
  /** Regions that the bucket can be replicated to, with `oss-`. */
  readonly locations: readonly string[];
  /** Those that are reached in a certain way. */
  readonly locationTransferTypes: readonly LocationTransferTypes[];
  /** Those with Replication Time Control. */
  readonly rtcLocations: readonly string[];
}

/**
 * Lists the regions that a bucket can be replicated to.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketReplicationLocation } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketReplicationLocation(client, {})).locations);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketreplicationlocation
 */
export const getBucketReplicationLocation: Operation<BaseInput, GetBucketReplicationLocationResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetBucketReplicationLocation",
    method: "GET",
    subresource: "replicationLocation",
    result: treeResult("ReplicationLocation", {
      locations: named("Location", list<string>(text)),
      locationTransferTypes: named(
        "LocationTransferTypeConstraint/LocationTransferType",
        list<LocationTransferTypes>(
          object<LocationTransferTypes>({
            location: text,
            transferTypes: named("TransferTypes/Type", list<string>(text)),
          }),
        ),
      ),
      rtcLocations: named("LocationRTCConstraint/Location", list<string>(text)),
    }),
  }));

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
