/**
 * SelectObject and CreateSelectObjectMeta.
 * @module
 */
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { resultOf } from "../../core/response.ts";
import { inBody } from "../fields.ts";
import { metaDocument, selectDocument, selectProcess } from "./select_document.ts";
import type { CreateSelectObjectMetaResult, SelectObjectResult } from "./select_result.ts";
import type { SelectMetaRequest, SelectRequest } from "./select_types.ts";

/** Input of SelectObject. */
export interface SelectObjectInput extends ObjectInput, SelectRequest {}

/** Input of CreateSelectObjectMeta. */
export interface CreateSelectObjectMetaInput extends ObjectInput, SelectMetaRequest {}

/**
 * Runs an SQL statement on a CSV or JSON object and streams what it selects.
 *
 * Every frame of the answer is checked by its CRC-32 while `body` is read; do not trust what was read before the end
 * came.
 * @throws TypeError | RangeError on bad input, before any request
 * @throws ServiceError `SqlSyntaxError`, `InvalidSqlParameter`, `NoSuchKey`, ...; from `body` when records do not fit
 * @throws IntegrityError from `body`, when a frame was altered
 * @throws DecodeError from `body`, when the answer was cut short
 * @example
 * ```ts
 * import { createClient, putObject, selectObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "people.csv", body: "name,age\nAda,36\nAlan,41\n" });
 * const expression = "select name from ossobject where cast(age as int) > 40";
 * const inputSerialization = { csv: { fileHeaderInfo: "Use" } };
 * const result = await selectObject(client, { key: "people.csv", expression, inputSerialization });
 * console.log(await result.text(), result.scanned); // "Alan\n"
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/selectobject
 */
export const selectObject: Operation<SelectObjectInput, SelectObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "SelectObject",
  method: "POST",
  scope: "object",
  query: { "x-oss-process": "csv/select" },
  wire: {
    expression: inBody,
    inputSerialization: ["?x-oss-process", selectProcess("select")],
    outputSerialization: inBody,
    options: inBody,
  },
  body: selectDocument,
  request: () => ({ idempotent: true }),
  result: async (...answer) => (await import("./select_answer.ts")).selectResult(resultOf(answer[0]), ...answer),
}));

/**
 * Counts the rows and splits of a CSV or JSON object, which ranges of SelectObject need.
 * @throws TypeError on bad input, before any request
 * @throws ServiceError `InvalidInputRecordDelimiter`, `InvalidCsvLine`, `NoSuchKey`, ...
 * @throws IntegrityError | DecodeError when the answer was altered or cut short
 * @example
 * ```ts
 * import { createClient, createSelectObjectMeta, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "people.csv", body: "name,age\nAda,36\nAlan,41\n" });
 * console.log((await createSelectObjectMeta(client, { key: "people.csv" })).rowsCount); // 3
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/createselectobjectmeta
 */
export const createSelectObjectMeta: Operation<CreateSelectObjectMetaInput, CreateSelectObjectMetaResult> =
  /* @__PURE__ */ operation(() => ({
    name: "CreateSelectObjectMeta",
    method: "POST",
    scope: "object",
    query: { "x-oss-process": "csv/meta" },
    wire: { inputSerialization: ["?x-oss-process", selectProcess("meta")], overwriteIfExists: inBody },
    body: metaDocument,
    request: () => ({ idempotent: true }),
    result: async (response, _, watch) =>
      (await import("./select_meta_answer.ts")).metaResult(resultOf(response), response, watch),
  }));
