/**
 * PutBucketWebsite, GetBucketWebsite and DeleteBucketWebsite.
 * @module
 */
import { boolean, list, named, number, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { type WebsiteRoutingRule, websiteRoutingRule } from "./website_rule.ts";

export type {
  WebsiteCondition,
  WebsiteHeaderCondition,
  WebsiteMirrorAlternate,
  WebsiteMirrorAuth,
  WebsiteMirrorHeaders,
  WebsiteRedirect,
  WebsiteRoutingRule,
} from "./website_rule.ts";

/** What is shown for a folder. */
export interface WebsiteIndex {
  /** The page's key in the folder: `index.html`. */
  readonly suffix: string;
  /** Whether folders below the root have one of their own. @default false */
  readonly supportSubDir?: boolean | undefined;
  /** For `a` without an object where `a/index.html` is one: 0 redirects to `a/`, 1 is a 404, 2 shows it. @default 0 */
  readonly type?: number | undefined;
}

/** What is shown where nothing is. */
export interface WebsiteError {
  /** The page's key: `error.html`. */
  readonly key: string;
  /** @default 404 */
  readonly httpStatus?: number | undefined;
}

/** A bucket as a website: one of the three at least. */
export interface WebsiteConfiguration {
  readonly indexDocument?: WebsiteIndex | undefined;
  readonly errorDocument?: WebsiteError | undefined;
  /** Up to 20. */
  readonly routingRules?: readonly WebsiteRoutingRule[] | undefined;
}

/** Input of PutBucketWebsite. */
export interface PutBucketWebsiteInput extends BaseInput, WebsiteConfiguration {}

/** Result of GetBucketWebsite. */
export interface GetBucketWebsiteResult extends Result, WebsiteConfiguration {}

const configuration = (): Shape<WebsiteConfiguration> => ({
  indexDocument: object<WebsiteIndex>({ suffix: text, supportSubDir: boolean, type: number }),
  errorDocument: object<WebsiteError>({ key: text, httpStatus: number }),
  routingRules: named(
    "RoutingRules/RoutingRule",
    list<WebsiteRoutingRule>(object<WebsiteRoutingRule>(websiteRoutingRule())),
  ),
});

/**
 * Makes a bucket a website: a page for folders, one for errors, redirects, and mirrors of origins; all anew.
 * @throws ServiceError `InvalidArgument`, `MalformedXML`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, putBucketWebsite } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketWebsite(client, {
 *   indexDocument: { suffix: "index.html", supportSubDir: true },
 *   errorDocument: { key: "error.html" },
 *   routingRules: [
 *     {
 *       ruleNumber: 1,
 *       condition: { keyPrefixEquals: "old/", httpErrorCodeReturnedEquals: 404 },
 *       redirect: { redirectType: "Mirror", mirrorUrl: "https://origin.example.com/" },
 *     },
 *   ],
 * });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketwebsite
 */
export const putBucketWebsite: Operation<PutBucketWebsiteInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketWebsite",
  method: "PUT",
  subresource: "website",
  wire: configuration(),
  body: xmlBody("WebsiteConfiguration"),
  result: emptyResult,
}));

/**
 * Reads how a bucket is a website.
 * @throws ServiceError `NoSuchWebsiteConfiguration`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketWebsite, putBucketWebsite } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketWebsite(client, { indexDocument: { suffix: "index.html" } });
 * console.log((await getBucketWebsite(client, {})).indexDocument?.suffix);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketwebsite
 */
export const getBucketWebsite: Operation<BaseInput, GetBucketWebsiteResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketWebsite",
  method: "GET",
  subresource: "website",
  result: treeResult("WebsiteConfiguration", configuration()),
}));

/**
 * Makes a bucket no website any more.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketWebsite } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketWebsite(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketwebsite
 */
export const deleteBucketWebsite: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketWebsite",
  method: "DELETE",
  subresource: "website",
  result: emptyResult,
}));
