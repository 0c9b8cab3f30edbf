/**
 * OpenMetaQuery, GetMetaQueryStatus and CloseMetaQuery.
 * @module
 */
import { date, list, named, object, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** By fields, or by what objects show as well. */
export type MetaQueryMode = "basic" | "semantic";

/** A switch of the index: `ImageInsightEnable`, `VideoInsightEnable`. */
export interface MetaQueryWorkflowParameter {
  readonly name: string;
  /** `True` or `False`. */
  readonly value: string;
}

/** Input of OpenMetaQuery. */
export interface OpenMetaQueryInput extends BaseInput {
  /** @default "basic" */
  readonly mode?: OpenEnum<MetaQueryMode> | undefined;
  readonly workflowParameters?: readonly MetaQueryWorkflowParameter[] | undefined;
  /** Only objects that fit: `Size > 1024, FileModifiedTime > 2025-06-03T09:20:47.999Z`. */
  readonly filters?: readonly string[] | undefined;
}

/** Result of GetMetaQueryStatus. */
export interface GetMetaQueryStatusResult extends Result {
  readonly state?: OpenEnum<"Ready" | "Stop" | "Running" | "Retrying" | "Failed" | "Deleted">;
  readonly phase?: OpenEnum<"FullScanning" | "IncrementalScanning">;
  readonly createTime?: Date;
  readonly updateTime?: Date;
  readonly metaQueryMode?: OpenEnum<MetaQueryMode>;
}

/**
 * Begins to index the objects of a bucket.
 * @throws ServiceError `MetaQueryAlreadyExist`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, openMetaQuery } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await openMetaQuery(client, { mode: "basic" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/openmetaquery
 */
export const openMetaQuery: Operation<OpenMetaQueryInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "OpenMetaQuery",
  method: "POST",
  subresource: "metaQuery",
  query: { comp: "add" },
  wire: {
    mode: "?mode",
    workflowParameters: named(
      "WorkflowParameters/WorkflowParameter",
      list<MetaQueryWorkflowParameter>(object<MetaQueryWorkflowParameter>({ name: text, value: text })),
    ),
    filters: named("Filters/Filter", list<string>(text)),
  },
  body: (input, wire) =>
    input.workflowParameters || input.filters ? xmlBody<OpenMetaQueryInput>("MetaQuery")(input, wire) : undefined,
  result: emptyResult,
}));

/**
 * Tells how far the index of a bucket is.
 * @throws ServiceError `MetaQueryNotExist`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getMetaQueryStatus, openMetaQuery } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await openMetaQuery(client, {});
 * console.log((await getMetaQueryStatus(client, {})).state);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getmetaquerystatus
 */
export const getMetaQueryStatus: Operation<BaseInput, GetMetaQueryStatusResult> = /* @__PURE__ */ operation(() => ({
  name: "GetMetaQueryStatus",
  method: "GET",
  subresource: "metaQuery",
  result: treeResult("MetaQueryStatus", {
    state: text,
    phase: text,
    createTime: date,
    updateTime: date,
    metaQueryMode: text,
  }),
}));

/**
 * Ends the index of a bucket and drops it.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { closeMetaQuery, createClient, openMetaQuery } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await openMetaQuery(client, {});
 * await closeMetaQuery(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/closemetaquery
 */
export const closeMetaQuery: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "CloseMetaQuery",
  method: "POST",
  subresource: "metaQuery",
  query: { comp: "delete" },
  result: emptyResult,
}));
