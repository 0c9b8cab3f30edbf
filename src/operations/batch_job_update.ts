/**
 * UpdateJobPriority and UpdateJobStatus.
 * @module
 */
import { named, number, text } from "../codec/shape.ts";
import { type Operation, operation } from "../core/operation.ts";
import { treeResult } from "../core/response.ts";
import type { OpenEnum, Result } from "../types.ts";
import type { DescribeJobInput } from "./batch_job.ts";
import type { BatchJobStatus } from "./batch_job_shape.ts";
import { required } from "./required.ts";

/** Input of UpdateJobPriority. */
export interface UpdateJobPriorityInput extends DescribeJobInput {
  /** 0 to 2,147,483,647; higher ones come first. */
  readonly targetPriority: number;
}

/** Result of UpdateJobPriority. */
export interface UpdateJobPriorityResult extends Result {
  readonly jobId: string;
  readonly priority?: number;
}

/**
 * Lets a batch job run before others, or after them.
 * @throws TypeError without an id or a priority
 * @throws ServiceError `InvalidArgument`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, createJob, updateJobPriority } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ buckets: ["photos"] }).clientOptions);
 * const { jobId } = await createJob(client, {
 *   operation: { deleteObjectTagging: "" },
 *   keyPrefixManifestGenerator: { sourceBucket: "photos" },
 *   report: { enabled: false, bucket: "photos" },
 *   priority: 10,
 *   roleArn: "acs:ram::1:role/batch",
 *   clientRequestToken: "one",
 * });
 * console.log((await updateJobPriority(client, { batchJobId: jobId, targetPriority: 20 })).priority); // 20
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/updatejobpriority
 */
export const updateJobPriority: Operation<UpdateJobPriorityInput, UpdateJobPriorityResult> = /* @__PURE__ */ operation(
  () => ({
    name: "UpdateJobPriority",
    method: "POST",
    scope: "service",
    subresource: "batchJobPriority",
    wire: { batchJobId: "?batchJobId", targetPriority: "?targetPriority" },
    request: required("batchJobId", "targetPriority"),
    result: treeResult("UpdateJobPriorityResult", { jobId: text, priority: number }),
  }),
);

/** Input of UpdateJobStatus. */
export interface UpdateJobStatusInput extends DescribeJobInput {
  /** `Ready` confirms a job that waits for it; `Cancelled` ends one that has not ended. */
  readonly requestedJobStatus: OpenEnum<"Ready" | "Cancelled">;
  /** 1 to 256 characters. */
  readonly statusUpdateReason?: string | undefined;
}

/** Result of UpdateJobStatus. */
export interface UpdateJobStatusResult extends Result {
  readonly jobId: string;
  /** Of a job that is being cancelled, `Cancelling` for a while. */
  readonly jobStatus?: BatchJobStatus;
  readonly statusUpdateReason?: string;
}

/**
 * Confirms a batch job, or cancels it.
 * @throws TypeError without an id or a status
 * @throws ServiceError `InvalidArgument`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, createJob, updateJobStatus } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ buckets: ["photos"] }).clientOptions);
 * const { jobId } = await createJob(client, {
 *   operation: { restoreObject: { days: 7, tier: "Standard" } },
 *   keyPrefixManifestGenerator: { sourceBucket: "photos" },
 *   report: { enabled: false, bucket: "photos" },
 *   priority: 10,
 *   roleArn: "acs:ram::1:role/batch",
 *   clientRequestToken: "one",
 *   confirmationRequired: true,
 * });
 * console.log((await updateJobStatus(client, { batchJobId: jobId, requestedJobStatus: "Ready" })).jobStatus); // Ready
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/updatejobstatus
 */
export const updateJobStatus: Operation<UpdateJobStatusInput, UpdateJobStatusResult> = /* @__PURE__ */ operation(
  () => ({
    name: "UpdateJobStatus",
    method: "POST",
    scope: "service",
    subresource: "batchJobStatus",
    wire: {
      batchJobId: "?batchJobId",
      requestedJobStatus: "?requestedJobStatus",
      statusUpdateReason: "?statusUpdateReason",
    },
    request: required("batchJobId", "requestedJobStatus"),
    result: treeResult("UpdateJobStatusResult", {
      jobId: text,
      jobStatus: named("Status", text),
      statusUpdateReason: text,
    }),
  }),
);
