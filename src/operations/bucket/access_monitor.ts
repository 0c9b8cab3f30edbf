/**
 * PutBucketAccessMonitor and GetBucketAccessMonitor.
 * @module
 */
import { boolean, named, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** Whether a bucket notes when its objects were last accessed. */
export interface AccessMonitorConfiguration {
  /** The document's `Status`. */
  readonly accessMonitor: OpenEnum<"Enabled" | "Disabled">;
  /** Whether copying an object counts as an access to the source. */
  readonly allowCopy?: boolean | undefined;
}

/** Input of PutBucketAccessMonitor. */
export interface PutBucketAccessMonitorInput extends BaseInput, AccessMonitorConfiguration {}

/** Result of GetBucketAccessMonitor. */
export interface GetBucketAccessMonitorResult extends Result, AccessMonitorConfiguration {}

const configuration = (): Shape<AccessMonitorConfiguration> => ({
  accessMonitor: named("Status", text),
  allowCopy: boolean,
});

/**
 * Sets whether a bucket notes when its objects were last accessed.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketAccessMonitor } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketAccessMonitor(client, { accessMonitor: "Enabled" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketaccessmonitor
 */
export const putBucketAccessMonitor: Operation<PutBucketAccessMonitorInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketAccessMonitor",
  method: "PUT",
  subresource: "accessmonitor",
  wire: configuration(),
  body: xmlBody("AccessMonitorConfiguration", "accessMonitor"),
  result: emptyResult,
}));

/**
 * Reads whether a bucket notes when its objects were last accessed.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketAccessMonitor } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketAccessMonitor(client, {})).accessMonitor);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketaccessmonitor
 */
export const getBucketAccessMonitor: Operation<BaseInput, GetBucketAccessMonitorResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetBucketAccessMonitor",
    method: "GET",
    subresource: "accessmonitor",
    result: treeResult("AccessMonitorConfiguration", configuration()),
  }),
);
