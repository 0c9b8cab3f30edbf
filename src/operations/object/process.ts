/**
 * ProcessObject and AsyncProcessObject.
 * @module
 */
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { need } from "../../core/validate.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { inBody } from "../fields.ts";
import { jsonResult } from "../json_result.ts";
import type { Process } from "../process/chain.ts";

/** Input of ProcessObject. */
export interface ProcessObjectInput extends ObjectInput {
  /** What is done, and where the result is stored: `image().resize({ width: 100 }).saveAs({ key: "small.jpg" })`. */
  readonly process: Process;
}

/** Result of ProcessObject. */
export interface ProcessObjectResult extends Result {
  /** Where the result was stored; empty for the source's own bucket. */
  readonly bucket?: string;
  readonly object?: string;
  /** Bytes. */
  readonly fileSize?: number;
  readonly processStatus?: OpenEnum<"OK">;
}

/** Input of AsyncProcessObject. */
export interface AsyncProcessObjectInput extends ObjectInput {
  /** What is done, and where the result is stored: `video().convert({ format: "mp4" }).saveAs({ key: "small.mp4" })`. */
  readonly asyncProcess: Process;
}

/** Result of AsyncProcessObject: the task has begun. */
export interface AsyncProcessObjectResult extends Result {
  readonly eventId?: string;
  readonly taskId?: string;
  /** The request id of the service that carries the task out. */
  readonly processRequestId?: string;
}

/**
 * Processes an object and stores the result.
 *
 * It is sent once: after a lost answer look for the target.
 * @throws TypeError when `process` is missing
 * @throws ServiceError `InvalidArgument`, `NoSuchKey`, `AccessDenied`
 * @throws DecodeError when the answer is not JSON
 * @example
 * ```ts
 * import { createClient, image, processObject, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const body = atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
 * await putObject(client, { key: "a.gif", body: Uint8Array.from(body, (byte) => byte.charCodeAt(0)) });
 * const process = image().resize({ width: 100 }).saveAs({ key: "small.gif" });
 * console.log((await processObject(client, { key: "a.gif", process })).processStatus);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/sys-or-saveas
 */
export const processObject: Operation<ProcessObjectInput, ProcessObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "ProcessObject",
  method: "POST",
  scope: "object",
  subresource: "x-oss-process",
  wire: { process: inBody },
  body(input) {
    need(input, "process");
    return `x-oss-process=${input.process}`;
  },
  result: jsonResult<ProcessObjectResult>({
    bucket: "bucket",
    object: "object",
    fileSize: "fileSize",
    processStatus: "status",
  }),
}));

/**
 * Begins a task that processes an object and stores the result.
 *
 * It is sent once, for a second request would be a second task.
 * @throws TypeError when `asyncProcess` is missing
 * @throws ServiceError `InvalidArgument`, `NoSuchKey`, `AccessDenied`
 * @throws DecodeError when the answer is not JSON
 * @example
 * ```ts
 * import { asyncProcessObject, createClient, putObject, video } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "trip.mov", body: "pictures" });
 * const asyncProcess = video().convert({ format: "mp4" }).saveAs({ key: "trip.mp4" }).notify("converted");
 * console.log((await asyncProcessObject(client, { key: "trip.mov", asyncProcess })).taskId);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/asynchronous-processing
 */
export const asyncProcessObject: Operation<AsyncProcessObjectInput, AsyncProcessObjectResult> =
  /* @__PURE__ */ operation(() => ({
    name: "AsyncProcessObject",
    method: "POST",
    scope: "object",
    subresource: "x-oss-async-process",
    wire: { asyncProcess: inBody },
    body(input) {
      need(input, "asyncProcess");
      return `x-oss-async-process=${input.asyncProcess}`;
    },
    result: jsonResult<AsyncProcessObjectResult>({
      eventId: "EventId",
      taskId: "TaskId",
      processRequestId: "RequestId",
    }),
  }));
