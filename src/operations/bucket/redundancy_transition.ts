/**
 * CreateBucketDataRedundancyTransition, GetBucketDataRedundancyTransition, DeleteBucketDataRedundancyTransition,
 * ListBucketDataRedundancyTransition and ListUserDataRedundancyTransition.
 * @module
 */
import { boolean, date, list, named, number, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation, type ServiceInput } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { pageSizeWire } from "../fields.ts";
import { required } from "../required.ts";

/** Input of CreateBucketDataRedundancyTransition. */
export interface CreateBucketDataRedundancyTransitionInput extends BaseInput {
  readonly targetRedundancyType: OpenEnum<"ZRS">;
}

/** Input of calls on one task. */
export interface DataRedundancyTransitionInput extends BaseInput {
  readonly taskId: string;
}

/** A task that copies a bucket to several zones. */
export interface DataRedundancyTransition {
  readonly bucket?: string;
  readonly taskId: string;
  readonly transitionStatus?: OpenEnum<"Queueing" | "Processing" | "Finished">;
  readonly createTime?: Date;
  /** Once it is processed. */
  readonly startTime?: Date;
  /** Once it has finished. */
  readonly endTime?: Date;
  /** 0 to 100, once it is processed. */
  readonly processPercentage?: number;
  /** Hours, once it is processed. */
  readonly estimatedRemainingTime?: number;
}

/** Result of CreateBucketDataRedundancyTransition and GetBucketDataRedundancyTransition. */
export interface DataRedundancyTransitionResult extends Result, DataRedundancyTransition {}

/** Result of ListBucketDataRedundancyTransition and ListUserDataRedundancyTransition. */
export interface ListDataRedundancyTransitionResult extends Result {
  readonly transitions: readonly DataRedundancyTransition[];
  readonly isTruncated?: boolean;
  readonly nextContinuationToken?: string;
}

/** Input of ListUserDataRedundancyTransition. */
export interface ListUserDataRedundancyTransitionInput extends ServiceInput {
  /** `nextContinuationToken` of the page before. */
  readonly continuationToken?: string | undefined;
  /** Tasks a page, 1 to 1,000. */
  readonly maxKeys?: number | undefined;
}

const NAME = "BucketDataRedundancyTransition";
const subresource = "redundancyTransition";

const transition = (): Shape<DataRedundancyTransition> => ({
  bucket: text,
  taskId: text,
  transitionStatus: named("Status", text),
  createTime: date,
  startTime: date,
  endTime: date,
  processPercentage: number,
  estimatedRemainingTime: number,
});

const transitions = (): Shape<Omit<ListDataRedundancyTransitionResult, keyof Result>> => ({
  transitions: named(NAME, list<DataRedundancyTransition>(object<DataRedundancyTransition>(transition()))),
  isTruncated: boolean,
  nextContinuationToken: text,
});

const taskWire = { taskId: "?x-oss-redundancy-transition-taskid" } as const;

/**
 * Begins to copy a bucket with locally redundant storage to several zones.
 * @throws ServiceError `InvalidArgument`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createBucketDataRedundancyTransition, createClient } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await createBucketDataRedundancyTransition(client, { targetRedundancyType: "ZRS" })).taskId);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/createbucketdataredundancytransition
 */
export const createBucketDataRedundancyTransition: Operation<
  CreateBucketDataRedundancyTransitionInput,
  DataRedundancyTransitionResult
> = /* @__PURE__ */ operation(() => ({
  name: "CreateBucketDataRedundancyTransition",
  method: "POST",
  subresource,
  wire: { targetRedundancyType: "?x-oss-target-redundancy-type" },
  request: required("targetRedundancyType"),
  result: treeResult(NAME, transition()),
}));

/**
 * Tells how far a task has come.
 * @throws ServiceError `BucketDataRedundancyTransitionTaskNotExist`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createBucketDataRedundancyTransition, createClient, getBucketDataRedundancyTransition } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { taskId } = await createBucketDataRedundancyTransition(client, { targetRedundancyType: "ZRS" });
 * console.log((await getBucketDataRedundancyTransition(client, { taskId })).transitionStatus);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketdataredundancytransition
 */
export const getBucketDataRedundancyTransition: Operation<
  DataRedundancyTransitionInput,
  DataRedundancyTransitionResult
> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketDataRedundancyTransition",
  method: "GET",
  subresource,
  wire: taskWire,
  request: required("taskId"),
  result: treeResult(NAME, transition()),
}));

/**
 * Drops a task that is not processed yet.
 * @throws ServiceError `BucketDataRedundancyTransitionTaskNotExist`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createBucketDataRedundancyTransition, createClient, deleteBucketDataRedundancyTransition } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { taskId } = await createBucketDataRedundancyTransition(client, { targetRedundancyType: "ZRS" });
 * await deleteBucketDataRedundancyTransition(client, { taskId });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketdataredundancytransition
 */
export const deleteBucketDataRedundancyTransition: Operation<DataRedundancyTransitionInput, Result> =
  /* @__PURE__ */ operation(() => ({
    name: "DeleteBucketDataRedundancyTransition",
    method: "DELETE",
    subresource,
    wire: taskWire,
    request: required("taskId"),
    result: emptyResult,
  }));

/**
 * Lists all tasks of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, listBucketDataRedundancyTransition } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for (const { taskId, transitionStatus } of (await listBucketDataRedundancyTransition(client, {})).transitions)
 *   console.log(taskId, transitionStatus);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listbucketdataredundancytransition
 */
export const listBucketDataRedundancyTransition: Operation<BaseInput, ListDataRedundancyTransitionResult> =
  /* @__PURE__ */ operation(() => ({
    name: "ListBucketDataRedundancyTransition",
    method: "GET",
    subresource,
    result: treeResult("ListBucketDataRedundancyTransition", transitions()),
  }));

/**
 * Lists one page of the tasks of all the account's buckets.
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listUserDataRedundancyTransition } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS({ buckets: ["photos"] }).clientOptions);
 * for await (const task of each(client, listUserDataRedundancyTransition, {})) console.log(task.bucket, task.taskId);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listuserdataredundancytransition
 */
export const listUserDataRedundancyTransition: ListOperation<
  ListUserDataRedundancyTransitionInput,
  ListDataRedundancyTransitionResult,
  DataRedundancyTransition
> = /* @__PURE__ */ listOperation(
  () => ({
    name: "ListUserDataRedundancyTransition",
    method: "GET",
    scope: "service",
    subresource,
    wire: { continuationToken: "?continuation-token", maxKeys: pageSizeWire("maxKeys", "?max-keys") },
    result: treeResult("ListBucketDataRedundancyTransition", transitions()),
  }),
  {
    next: ({ isTruncated, nextContinuationToken }) =>
      isTruncated ? { continuationToken: nextContinuationToken } : undefined,
    items: (result) => result.transitions,
  },
);
