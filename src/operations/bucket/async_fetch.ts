/**
 * PutAsyncFetchTask and GetAsyncFetchTask.
 * @module
 */
import { boolean, named, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { treeResult } from "../../core/response.ts";
import type { OpenEnum, Result, StorageClass } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { required } from "../required.ts";

/** What the service shall fetch, and where it puts it. */
export interface AsyncFetchTask {
  /** Where it is fetched from. */
  readonly url: string;
  /** The key of the object that it becomes. */
  readonly object: string;
  /** The `Host` header to fetch with. @default that of `url` */
  readonly host?: string | undefined;
  /** Base64 MD5 to check what was fetched. */
  readonly contentMd5?: string | undefined;
  /** Who is told when it is done: base64 of JSON, the `x-oss-callback` of an upload. */
  readonly callback?: string | undefined;
  /** @default the bucket's */
  readonly storageClass?: OpenEnum<StorageClass> | undefined;
  /** Leave an object of the same key alone (`ObjectAlreadyExists`) instead of replacing it. @default true, the service's */
  readonly ignoreSameKey?: boolean | undefined;
}

/** Input of PutAsyncFetchTask. */
export interface PutAsyncFetchTaskInput extends BaseInput, AsyncFetchTask {}

/** Result of PutAsyncFetchTask. */
export interface PutAsyncFetchTaskResult extends Result {
  readonly taskId: string;
}

const task = (): Shape<AsyncFetchTask> => ({
  url: text,
  object: text,
  host: text,
  contentMd5: named("ContentMD5", text),
  callback: text,
  storageClass: text,
  ignoreSameKey: boolean,
});

/**
 * Lets the service fetch an object from a URL, by and by.
 * @throws ServiceError `ObjectAlreadyExists`, `NoSuchBucket`
 * @example
 * ```ts
 * import { createClient, putAsyncFetchTask } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { taskId } = await putAsyncFetchTask(client, { url: "https://example.com/a.jpg", object: "a.jpg" });
 * console.log(taskId);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/asynchronous-fetch
 */
export const putAsyncFetchTask: Operation<PutAsyncFetchTaskInput, PutAsyncFetchTaskResult> = /* @__PURE__ */ operation(
  () => ({
    name: "PutAsyncFetchTask",
    method: "POST",
    subresource: "asyncFetch",
    wire: task(),
    body: xmlBody("AsyncFetchTaskConfiguration", "url", "object"),
    result: treeResult("AsyncFetchTaskResult", { taskId: text }),
  }),
);

/** Input of GetAsyncFetchTask. */
export interface GetAsyncFetchTaskInput extends BaseInput {
  readonly taskId: string;
}

/** Result of GetAsyncFetchTask. */
export interface GetAsyncFetchTaskResult extends Result {
  readonly taskId: string;
  readonly state: OpenEnum<"Running" | "Retry" | "FetchSuccessCallbackFailed" | "Failed" | "Success">;
  /** What went wrong, empty when nothing did. */
  readonly errorMsg?: string;
  readonly taskInfo?: AsyncFetchTask;
}

/**
 * Reads how far an asynchronous fetch is.
 * @throws ServiceError when there is no such task
 * @example
 * ```ts
 * import { createClient, getAsyncFetchTask, putAsyncFetchTask } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { taskId } = await putAsyncFetchTask(client, { url: "https://example.com/a.jpg", object: "a.jpg" });
 * console.log((await getAsyncFetchTask(client, { taskId })).state);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/asynchronous-fetch
 */
export const getAsyncFetchTask: Operation<GetAsyncFetchTaskInput, GetAsyncFetchTaskResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetAsyncFetchTask",
    method: "GET",
    subresource: "asyncFetch",
    wire: { taskId: "x-oss-task-id" },
    request: required("taskId"),
    result: treeResult("AsyncFetchTaskInfo", {
      taskId: text,
      state: text,
      errorMsg: text,
      taskInfo: object<AsyncFetchTask>(task()),
    }),
  }),
);
