/**
 * CreateJob and DescribeJob.
 * @module
 */
import { named, object, text } from "../codec/shape.ts";
import { type Operation, operation, type ServiceInput } from "../core/operation.ts";
import { treeResult } from "../core/response.ts";
import type { Result } from "../types.ts";
import {
  type BatchJobConfiguration,
  type BatchJobState,
  batchJobShape,
  batchJobStateShape,
} from "./batch_job_shape.ts";
import { xmlBody } from "./document_body.ts";
import { required } from "./required.ts";

/** Input of CreateJob. */
export interface CreateJobInput extends ServiceInput, BatchJobConfiguration {
  /** The same for all attempts to create the one job. */
  readonly clientRequestToken: string;
}

/** Result of CreateJob. */
export interface CreateJobResult extends Result {
  readonly jobId: string;
}

/**
 * Begins to do the same to very many objects.
 * @throws TypeError without an operation or a role
 * @throws ServiceError `InvalidArgument`, `MalformedXML`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, createJob } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ buckets: ["photos"] }).clientOptions);
 * const { jobId } = await createJob(client, {
 *   operation: { putObjectTagging: { tags: [{ key: "kind", value: "raw" }] } },
 *   keyPrefixManifestGenerator: { sourceBucket: "photos", prefix: "2025/" },
 *   report: { enabled: true, bucket: "photos", prefix: "reports/", reportScope: "AllTasks" },
 *   priority: 10,
 *   roleArn: "acs:ram::1:role/batch",
 *   clientRequestToken: crypto.randomUUID(),
 * });
 * console.log(jobId);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/createjob
 */
export const createJob: Operation<CreateJobInput, CreateJobResult> = /* @__PURE__ */ operation(() => ({
  name: "CreateJob",
  method: "POST",
  scope: "service",
  subresource: "batchJob",
  wire: { ...batchJobShape(), clientRequestToken: text },
  body: xmlBody("CreateJobRequest", "operation", "roleArn"),
  result: treeResult("CreateJobResult", { jobId: text }),
}));

/** Input of DescribeJob. */
export interface DescribeJobInput extends ServiceInput {
  /** `jobId` of CreateJob. */
  readonly batchJobId: string;
}

/** A batch job, with what it does. */
export interface BatchJob extends Partial<Omit<BatchJobConfiguration, keyof BatchJobState>>, BatchJobState {
  /** Of the last `updateJobStatus`. */
  readonly statusUpdateReason?: string;
  /** Why the whole job failed. */
  readonly failureCode?: string;
  readonly failureReason?: string;
}

/** Result of DescribeJob. */
export interface DescribeJobResult extends Result {
  readonly job: BatchJob;
}

/**
 * Tells what a batch job does and how far it has come.
 * @throws TypeError without an id
 * @throws ServiceError `InvalidArgument`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, createJob, describeJob } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ buckets: ["photos"] }).clientOptions);
 * const { jobId } = await createJob(client, {
 *   operation: { putObjectAcl: { objectAcl: "private" } },
 *   keyPrefixManifestGenerator: { sourceBucket: "photos" },
 *   report: { enabled: false, bucket: "photos" },
 *   priority: 10,
 *   roleArn: "acs:ram::1:role/batch",
 *   clientRequestToken: "one",
 * });
 * const { job } = await describeJob(client, { batchJobId: jobId });
 * console.log(job.status, job.progressSummary?.numberOfTasksFailed);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/describejob
 */
export const describeJob: Operation<DescribeJobInput, DescribeJobResult> = /* @__PURE__ */ operation(() => ({
  name: "DescribeJob",
  method: "GET",
  scope: "service",
  subresource: "batchJob",
  wire: { batchJobId: "?batchJobId" },
  // Without the id the call would be ListJobs.
  request: required("batchJobId"),
  result: treeResult("DescribeJobResult", {
    job: object<BatchJob>({
      ...batchJobShape(),
      ...batchJobStateShape(),
      statusUpdateReason: text,
      failureCode: named("FailureReasons/JobFailure/FailureCode", text),
      failureReason: named("FailureReasons/JobFailure/FailureReason", text),
    }),
  }),
}));
