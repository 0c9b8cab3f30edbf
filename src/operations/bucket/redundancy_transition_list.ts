/**
 * ListBucketDataRedundancyTransition and ListUserDataRedundancyTransition.
 * @module
 */
import { list, named, object, type Shape } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation, type ServiceInput } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { nextByToken, type TokenPage, type TokenPageInput, tokenShape, tokenWire } from "../token_paging.ts";
import { type DataRedundancyTransition, transitionShape } from "./redundancy_transition_shape.ts";

const subresource = "redundancyTransition";

const NAME = "BucketDataRedundancyTransition";

/** Result of ListBucketDataRedundancyTransition and ListUserDataRedundancyTransition. */
export interface ListDataRedundancyTransitionResult extends Result, TokenPage {
  readonly transitions: readonly DataRedundancyTransition[];
}

/** Input of ListUserDataRedundancyTransition. */
export interface ListUserDataRedundancyTransitionInput extends ServiceInput, TokenPageInput {}

const transitions = (): Shape<Omit<ListDataRedundancyTransitionResult, keyof Result>> => ({
  transitions: named(NAME, list<DataRedundancyTransition>(object<DataRedundancyTransition>(transitionShape()))),
  ...tokenShape(),
});

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
    wire: tokenWire(),
    result: treeResult("ListBucketDataRedundancyTransition", transitions()),
  }),
  { next: nextByToken, items: (result) => result.transitions },
);
