/**
 * PutStyle, GetStyle, ListStyle and DeleteStyle.
 * @module
 */
import { date, list, named, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { required } from "../required.ts";

/** What a style is for. */
export type StyleCategory = "image" | "document" | "video";

/** Input of calls on one style. */
export interface StyleInput extends BaseInput {
  /** 1 to 63 letters, digits, `_`, `-` and `.`. */
  readonly styleName: string;
}

/** Input of PutStyle. */
export interface PutStyleInput extends StyleInput {
  /** @default "image", the service's */
  readonly category?: OpenEnum<StyleCategory> | undefined;
  /** What is done, as in `x-oss-process`: `image/resize,w_200`. */
  readonly content: string;
}

/** Processing instructions under a name: `?x-oss-process=style/NAME`. */
export interface Style {
  readonly name: string;
  readonly content: string;
  readonly createTime?: Date;
  readonly lastModifyTime?: Date;
  readonly category?: OpenEnum<StyleCategory>;
}

/** Result of GetStyle. */
export interface GetStyleResult extends Result, Style {}

/** Result of ListStyle. */
export interface ListStyleResult extends Result {
  readonly styles: readonly Style[];
}

const style = (): Shape<Style> => ({
  name: text,
  content: text,
  createTime: date,
  lastModifyTime: date,
  category: text,
});

/**
 * Keeps processing instructions under a name, or replaces them; at most 50 styles a bucket.
 * @throws ServiceError `InvalidArgument`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putStyle } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putStyle(client, { styleName: "small", content: "image/resize,w_200" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putstyle
 */
export const putStyle: Operation<PutStyleInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutStyle",
  method: "PUT",
  subresource: "style",
  wire: { styleName: "?styleName", category: "?category", content: text },
  request: required("styleName"),
  body: xmlBody("Style", "content"),
  result: emptyResult,
}));

/**
 * Reads a style.
 * @throws ServiceError `NoSuchStyle`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getStyle, putStyle } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putStyle(client, { styleName: "small", content: "image/resize,w_200" });
 * console.log((await getStyle(client, { styleName: "small" })).content);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getstyle
 */
export const getStyle: Operation<StyleInput, GetStyleResult> = /* @__PURE__ */ operation(() => ({
  name: "GetStyle",
  method: "GET",
  subresource: "style",
  wire: { styleName: "?styleName" },
  request: required("styleName"),
  result: treeResult("Style", style()),
}));

/**
 * Lists all styles of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, listStyle } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for (const { name, content } of (await listStyle(client, {})).styles) console.log(name, content);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/liststyle
 */
export const listStyle: Operation<BaseInput, ListStyleResult> = /* @__PURE__ */ operation(() => ({
  name: "ListStyle",
  method: "GET",
  subresource: "style",
  result: treeResult("StyleList", { styles: named("Style", list<Style>(object<Style>(style()))) }),
}));

/**
 * Deletes a style.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteStyle } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteStyle(client, { styleName: "small" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletestyle
 */
export const deleteStyle: Operation<StyleInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteStyle",
  method: "DELETE",
  subresource: "style",
  wire: { styleName: "?styleName" },
  request: required("styleName"),
  result: emptyResult,
}));
