/**
 * DoMetaQuery.
 * @module
 */
import { list, named, number, object, text } from "../../codec/shape.ts";
import type { BaseInput } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { fileShape, type MetaQueryFile } from "./meta_query_file.ts";
import type { MetaQueryMode } from "./meta_query_state.ts";

/** A figure about all objects that fit. */
export interface MetaQueryAggregation {
  /** Such as `Size`. */
  readonly field: string;
  readonly operation: OpenEnum<"min" | "max" | "average" | "sum" | "count" | "distinct" | "group">;
}

/** How many objects have one value of a field. */
export interface MetaQueryGroup {
  readonly value?: string;
  readonly count?: number;
}

/** What an aggregation gave. */
export interface MetaQueryAggregationResult extends MetaQueryAggregation {
  readonly value?: number;
  /** Of `group`. */
  readonly groups: readonly MetaQueryGroup[];
}

/** Input of DoMetaQuery. */
export interface DoMetaQueryInput extends BaseInput {
  /** @default "basic" */
  readonly mode?: OpenEnum<MetaQueryMode> | undefined;
  /** The conditions as JSON, `{"Field":"Size","Value":"1048576","Operation":"gt"}`, or, `semantic`, what to look for. */
  readonly metaQuery: string;
  /** `nextToken` of the page before. */
  readonly nextToken?: string | undefined;
  /** Objects a page, 0 to 100. @default 100, the service's */
  readonly maxResults?: number | undefined;
  /** The field to sort by. */
  readonly sort?: string | undefined;
  /** @default "desc", the service's */
  readonly order?: OpenEnum<"asc" | "desc"> | undefined;
  /** Figures to compute; then the objects are not told. */
  readonly aggregations?: readonly MetaQueryAggregation[] | undefined;
  /** Only these kinds of media; `semantic` only. */
  readonly mediaTypes?: readonly OpenEnum<"image" | "video" | "audio" | "document">[] | undefined;
  /** Conditions as JSON beside what to look for; `semantic` only. */
  readonly simpleQuery?: string | undefined;
}

/** Result of DoMetaQuery. */
export interface DoMetaQueryResult extends Result {
  readonly files: readonly MetaQueryFile[];
  readonly aggregations: readonly MetaQueryAggregationResult[];
  /** Empty after the last page. */
  readonly nextToken?: string;
}

/**
 * Finds objects of a bucket by what they are; OpenMetaQuery must have been called, and the index be built.
 * @throws ServiceError `MetaQueryNotExist`, `InvalidArgument`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, doMetaQuery, each, openMetaQuery, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await openMetaQuery(client, {});
 * await putObject(client, { key: "a.txt", body: "hello" });
 * const metaQuery = JSON.stringify({ Field: "Size", Value: "3", Operation: "gt" });
 * for await (const file of each(client, doMetaQuery, { metaQuery })) console.log(file.filename, file.size);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/dometaquery
 */
export const doMetaQuery: ListOperation<DoMetaQueryInput, DoMetaQueryResult, MetaQueryFile> =
  /* @__PURE__ */ listOperation(
    () => ({
      name: "DoMetaQuery",
      method: "POST",
      subresource: "metaQuery",
      query: { comp: "query" },
      wire: {
        mode: "?mode",
        nextToken: text,
        maxResults: number,
        metaQuery: named("Query", text),
        sort: text,
        order: text,
        aggregations: named(
          "Aggregations/Aggregation",
          list<MetaQueryAggregation>(object<MetaQueryAggregation>({ field: text, operation: text })),
        ),
        mediaTypes: named("MediaTypes/MediaType", list<string>(text)),
        simpleQuery: text,
      },
      body: xmlBody("MetaQuery", "metaQuery"),
      request: () => ({ idempotent: true }),
      result: treeResult("MetaQuery", {
        nextToken: text,
        files: named("Files/File", list<MetaQueryFile>(object<MetaQueryFile>(fileShape()))),
        aggregations: named(
          "Aggregations/Aggregation",
          list<MetaQueryAggregationResult>(
            object<MetaQueryAggregationResult>({
              field: text,
              operation: text,
              value: number,
              groups: named(
                "Groups/Group",
                list<MetaQueryGroup>(object<MetaQueryGroup>({ value: text, count: number })),
              ),
            }),
          ),
        ),
      }),
    }),
    { next: ({ nextToken }) => (nextToken ? { nextToken } : undefined), items: ({ files }) => files },
  );
