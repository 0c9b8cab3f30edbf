/**
 * PutBucketReplication and GetBucketReplication.
 * @module
 */
import { list, named, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { header, headerResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { type ReplicationConfiguration, type ReplicationRule, replicationShape } from "./replication_rule.ts";

/** Input of PutBucketReplication: one rule a call. */
export interface PutBucketReplicationInput extends BaseInput, ReplicationConfiguration {}

/** Result of PutBucketReplication. */
export interface PutBucketReplicationResult extends Result {
  readonly replicationRuleId?: string;
}

/** Result of GetBucketReplication. */
export interface GetBucketReplicationResult extends Result, ReplicationConfiguration {}

const configuration = (): Shape<ReplicationConfiguration> => ({
  rules: named(
    "Rule",
    list<ReplicationRule>(
      object<ReplicationRule>({
        ...replicationShape(),
        syncRole: text,
        sseKmsEncryptedObjects: named("SourceSelectionCriteria/SseKmsEncryptedObjects/Status", text),
        replicaKmsKeyId: named("EncryptionConfiguration/ReplicaKmsKeyID", text),
        rtc: named("RTC/Status", text),
      }),
    ),
  ),
});

/**
 * Adds a rule that replicates objects to another bucket.
 * @throws ServiceError `BucketReplicationAlreadyExist`, `TooManyReplicationRules`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putBucketReplication } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const destination = { bucket: "photos-copy", location: "oss-cn-beijing" };
 * console.log((await putBucketReplication(client, { rules: [{ destination }] })).replicationRuleId);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketreplication
 */
export const putBucketReplication: Operation<PutBucketReplicationInput, PutBucketReplicationResult> =
  /* @__PURE__ */ operation(() => ({
    name: "PutBucketReplication",
    method: "POST",
    subresource: "replication",
    query: { comp: "add" },
    wire: configuration(),
    body: xmlBody("ReplicationConfiguration", "rules"),
    result: headerResult({ replicationRuleId: header("x-oss-replication-rule-id") }),
  }));

/**
 * Reads all replication rules of a bucket.
 * @throws ServiceError `NoSuchReplicationConfiguration`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketReplication, putBucketReplication } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const destination = { bucket: "photos-copy", location: "oss-cn-beijing" };
 * await putBucketReplication(client, { rules: [{ destination }] });
 * for (const { id, status } of (await getBucketReplication(client, {})).rules) console.log(id, status);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketreplication
 */
export const getBucketReplication: Operation<BaseInput, GetBucketReplicationResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketReplication",
  method: "GET",
  subresource: "replication",
  result: treeResult("ReplicationConfiguration", configuration()),
}));
