/**
 * ListJobs.
 * @module
 */
import { list, named, object, text } from "../codec/shape.ts";
import type { ServiceInput } from "../core/operation.ts";
import { type ListOperation, listOperation } from "../core/pages.ts";
import { treeResult } from "../core/response.ts";
import type { OpenEnum, Result } from "../types.ts";
import { type BatchJobOperation, type BatchJobState, batchJobStateShape } from "./batch_job_shape.ts";
import { type TokenPageInput, tokenWire } from "./token_paging.ts";

/** Input of ListJobs. */
export interface ListJobsInput extends ServiceInput, TokenPageInput {
  /** Only jobs that stand there; several with ` | ` between them: `Active | Ready`. */
  readonly batchJobStatuses?: string | undefined;
}

/** A batch job of a list. */
export interface ListedBatchJob extends BatchJobState {
  /** What it does: `PutObjectTagging`. */
  readonly operation?: OpenEnum<Capitalize<keyof BatchJobOperation>>;
}

/** Result of ListJobs. */
export interface ListJobsResult extends Result {
  readonly jobs: readonly ListedBatchJob[];
  /** `continuationToken` of the next page; nothing or `""` on the last one. */
  readonly nextToken?: string;
}

/**
 * Lists one page of the account's batch jobs.
 * @throws RangeError when `maxKeys` is not 1 to 1,000
 * @throws ServiceError `InvalidArgument`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listJobs } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ buckets: ["photos"] }).clientOptions);
 * for await (const job of each(client, listJobs, { batchJobStatuses: "Active" })) console.log(job.jobId, job.operation);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listjobs
 */
export const listJobs: ListOperation<ListJobsInput, ListJobsResult, ListedBatchJob> = /* @__PURE__ */ listOperation(
  () => ({
    name: "ListJobs",
    method: "GET",
    scope: "service",
    subresource: "batchJob",
    wire: { ...tokenWire(), batchJobStatuses: "?batchJobStatuses" },
    result: treeResult("ListJobsResult", {
      jobs: named(
        "Jobs/JobListDescriptor",
        list<ListedBatchJob>(object<ListedBatchJob>({ ...batchJobStateShape(), operation: text })),
      ),
      nextToken: text,
    }),
  }),
  {
    next: ({ nextToken }) => (nextToken ? { continuationToken: nextToken } : undefined),
    items: (result) => result.jobs,
  },
);
