/**
 * Access logs of a bucket: where they go, and which headers and parameters of requests they note.
 * @module
 */
import { list, named, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** Where access logs go; nothing when they are off. */
export interface LoggingConfiguration {
  /** A bucket of the same account and region; the same bucket is one. */
  readonly targetBucket?: string | undefined;
  /** What the keys of logs begin with. */
  readonly targetPrefix?: string | undefined;
  /** The role that writes them. */
  readonly loggingRole?: string | undefined;
}

/** Input of PutBucketLogging. */
export interface PutBucketLoggingInput extends BaseInput, LoggingConfiguration {
  readonly targetBucket: string;
}

/** Result of GetBucketLogging. */
export interface GetBucketLoggingResult extends Result, LoggingConfiguration {}

const logging = (): Shape<LoggingConfiguration> => ({
  targetBucket: named("LoggingEnabled/TargetBucket", text),
  targetPrefix: named("LoggingEnabled/TargetPrefix", text),
  loggingRole: named("LoggingEnabled/LoggingRole", text),
});

/**
 * Turns on access logs of a bucket: an object every hour.
 * @throws ServiceError `InvalidTargetBucketForLogging`, `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketLogging } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos", "logs"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketLogging(client, { targetBucket: "logs", targetPrefix: "photos/" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketlogging
 */
export const putBucketLogging: Operation<PutBucketLoggingInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketLogging",
  method: "PUT",
  subresource: "logging",
  wire: logging(),
  body: xmlBody("BucketLoggingStatus", "targetBucket"),
  result: emptyResult,
}));

/**
 * Reads where access logs of a bucket go.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketLogging } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketLogging(client, {})).targetBucket ?? "off");
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketlogging
 */
export const getBucketLogging: Operation<BaseInput, GetBucketLoggingResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketLogging",
  method: "GET",
  subresource: "logging",
  result: treeResult("BucketLoggingStatus", logging()),
}));

/**
 * Turns off access logs of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketLogging } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketLogging(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketlogging
 */
export const deleteBucketLogging: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketLogging",
  method: "DELETE",
  subresource: "logging",
  result: emptyResult,
}));

/** What logs note of each request, 6 names in all. */
export interface LogFieldsConfiguration {
  /** Request headers: ASCII without `_` and `:`. */
  readonly headerSet?: readonly string[] | undefined;
  /** Query parameters. */
  readonly paramSet?: readonly string[] | undefined;
}

/** Input of PutUserDefinedLogFieldsConfig. */
export interface PutUserDefinedLogFieldsConfigInput extends BaseInput, LogFieldsConfiguration {}

/** Result of GetUserDefinedLogFieldsConfig. */
export interface GetUserDefinedLogFieldsConfigResult extends Result, LogFieldsConfiguration {}

const fields = (): Shape<LogFieldsConfiguration> => ({
  headerSet: named("HeaderSet/header", list<string>(text)),
  paramSet: named("ParamSet/parameter", list<string>(text)),
});

/**
 * Sets which headers and parameters of requests real-time logs note, all anew.
 * @throws ServiceError `InvalidArgument`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putUserDefinedLogFieldsConfig } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putUserDefinedLogFieldsConfig(client, { headerSet: ["x-trace"], paramSet: ["from"] });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putuserdefinedlogfieldsconfig
 */
export const putUserDefinedLogFieldsConfig: Operation<PutUserDefinedLogFieldsConfigInput, Result> =
  /* @__PURE__ */ operation(() => ({
    name: "PutUserDefinedLogFieldsConfig",
    method: "PUT",
    subresource: "userDefinedLogFieldsConfig",
    wire: fields(),
    body: xmlBody("UserDefinedLogFieldsConfiguration"),
    result: emptyResult,
  }));

/**
 * Reads which headers and parameters of requests real-time logs note.
 * @throws ServiceError `NoSuchUserDefinedLogFieldsConfig`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getUserDefinedLogFieldsConfig, putUserDefinedLogFieldsConfig } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putUserDefinedLogFieldsConfig(client, { paramSet: ["from"] });
 * console.log((await getUserDefinedLogFieldsConfig(client, {})).paramSet);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getuserdefinedlogfieldsconfig
 */
export const getUserDefinedLogFieldsConfig: Operation<BaseInput, GetUserDefinedLogFieldsConfigResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetUserDefinedLogFieldsConfig",
    method: "GET",
    subresource: "userDefinedLogFieldsConfig",
    result: treeResult("UserDefinedLogFieldsConfiguration", fields()),
  }));

/**
 * Lets real-time logs note no headers and parameters any more.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteUserDefinedLogFieldsConfig } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteUserDefinedLogFieldsConfig(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteuserdefinedlogfieldsconfig
 */
export const deleteUserDefinedLogFieldsConfig: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteUserDefinedLogFieldsConfig",
  method: "DELETE",
  subresource: "userDefinedLogFieldsConfig",
  result: emptyResult,
}));
