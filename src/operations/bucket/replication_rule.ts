/**
 * What is replicated to where.
 * @module
 */
import { list, named, object, type Shape, text } from "../../codec/shape.ts";
import type { OpenEnum } from "../../types.ts";

/** Where objects are replicated to. */
export interface ReplicationDestination {
  readonly bucket: string;
  /** With `oss-`: `oss-cn-beijing`. */
  readonly location: string;
  /** `oss_acc` goes over transfer acceleration, between regions only. @default "internal" */
  readonly transferType?: OpenEnum<"internal" | "oss_acc"> | undefined;
}

/** What is replicated to where. */
export interface ReplicationRule {
  /** @default one that the service makes */
  readonly id?: string | undefined;
  /** Only keys that begin with one of these, at most 10. @default all keys */
  readonly prefixes?: readonly string[] | undefined;
  /** One or several of `PUT`, `DELETE`, `ABORT`, with commas. @default "ALL" */
  readonly action?: OpenEnum<"ALL" | "PUT"> | undefined;
  readonly destination: ReplicationDestination;
  /** In answers: the state of the task. */
  readonly status?: OpenEnum<"starting" | "doing" | "closing"> | undefined;
  /** Whether what was there before is replicated as well. @default "enabled" */
  readonly historicalObjectReplication?: OpenEnum<"enabled" | "disabled"> | undefined;
  /** The RAM role that OSS replicates as; needed for objects under SSE-KMS. */
  readonly syncRole?: string | undefined;
  /** Whether objects under SSE-KMS are replicated. */
  readonly sseKmsEncryptedObjects?: OpenEnum<"Enabled" | "Disabled"> | undefined;
  /** The KMS key of replicas; needed when `sseKmsEncryptedObjects` is `Enabled`. */
  readonly replicaKmsKeyId?: string | undefined;
  /** Replication Time Control. @default "disabled" */
  readonly rtc?: OpenEnum<"enabled" | "disabled"> | undefined;
}

/** What of a bucket is replicated. */
export interface ReplicationConfiguration {
  readonly rules: readonly ReplicationRule[];
}

type Common = "id" | "prefixes" | "action" | "destination" | "status" | "historicalObjectReplication";

/** What rules and their progress have in common. */
export const replicationShape = (): Shape<Pick<ReplicationRule, Common>> => ({
  id: named("ID", text),
  prefixes: named("PrefixSet/Prefix", list<string>(text)),
  action: text,
  destination: object<ReplicationDestination>({ bucket: text, location: text, transferType: text }),
  status: text,
  historicalObjectReplication: text,
});
