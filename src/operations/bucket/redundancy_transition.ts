/**
 * CreateBucketDataRedundancyTransition, GetBucketDataRedundancyTransition and DeleteBucketDataRedundancyTransition.
 * @module
 */
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { required } from "../required.ts";
import { type DataRedundancyTransition, transitionShape } from "./redundancy_transition_shape.ts";

/** Input of CreateBucketDataRedundancyTransition. */
export interface CreateBucketDataRedundancyTransitionInput extends BaseInput {
  readonly targetRedundancyType: OpenEnum<"ZRS">;
}

/** Input of calls on one task. */
export interface DataRedundancyTransitionInput extends BaseInput {
  readonly taskId: string;
}

/** Result of CreateBucketDataRedundancyTransition and GetBucketDataRedundancyTransition. */
export interface DataRedundancyTransitionResult extends Result, DataRedundancyTransition {}

const NAME = "BucketDataRedundancyTransition";

const subresource = "redundancyTransition";

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
  result: treeResult(NAME, transitionShape()),
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
  result: treeResult(NAME, transitionShape()),
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
