/**
 * PutBucketOverwriteConfig, GetBucketOverwriteConfig and DeleteBucketOverwriteConfig.
 * @module
 */
import { list, named, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** Which objects may not be replaced. */
export interface OverwriteRule {
  /** Unique in the bucket. @default one that the service makes */
  readonly id?: string | undefined;
  readonly action: OpenEnum<"forbid">;
  /** Only keys that begin with it; at most 1,023 characters. */
  readonly prefix?: string | undefined;
  /** Only keys that end with it; at most 1,023 characters. */
  readonly suffix?: string | undefined;
  /** Accounts, RAM users or roles that it holds for, as in a bucket policy. @default everybody */
  readonly principals?: readonly string[] | undefined;
}

/** Which objects of a bucket may not be replaced. */
export interface OverwriteConfiguration {
  /** At most 100. */
  readonly rules: readonly OverwriteRule[];
}

/** Input of PutBucketOverwriteConfig. */
export interface PutBucketOverwriteConfigInput extends BaseInput, OverwriteConfiguration {}

/** Result of GetBucketOverwriteConfig. */
export interface GetBucketOverwriteConfigResult extends Result, OverwriteConfiguration {}

const configuration = (): Shape<OverwriteConfiguration> => ({
  rules: named(
    "Rule",
    list<OverwriteRule>(
      object<OverwriteRule>({
        id: named("ID", text),
        action: text,
        prefix: text,
        suffix: text,
        principals: named("Principals/Principal", list<string>(text)),
      }),
    ),
  ),
});

/**
 * Forbids to replace objects; all rules there were give way to these.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketOverwriteConfig } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketOverwriteConfig(client, { rules: [{ action: "forbid", prefix: "ledger/", suffix: ".csv" }] });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketoverwriteconfig
 */
export const putBucketOverwriteConfig: Operation<PutBucketOverwriteConfigInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "PutBucketOverwriteConfig",
    method: "PUT",
    subresource: "overwriteConfig",
    wire: configuration(),
    body: xmlBody("OverwriteConfiguration", "rules"),
    result: emptyResult,
  }),
);

/**
 * Reads which objects of a bucket may not be replaced.
 * @throws ServiceError `NoSuchBucketOverwriteConfig`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketOverwriteConfig, putBucketOverwriteConfig } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketOverwriteConfig(client, { rules: [{ action: "forbid" }] });
 * console.log((await getBucketOverwriteConfig(client, {})).rules.length);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketoverwriteconfig
 */
export const getBucketOverwriteConfig: Operation<BaseInput, GetBucketOverwriteConfigResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetBucketOverwriteConfig",
    method: "GET",
    subresource: "overwriteConfig",
    result: treeResult("OverwriteConfiguration", configuration()),
  }),
);

/**
 * Allows again to replace all objects of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketOverwriteConfig } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketOverwriteConfig(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketoverwriteconfig
 */
export const deleteBucketOverwriteConfig: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketOverwriteConfig",
  method: "DELETE",
  subresource: "overwriteConfig",
  result: emptyResult,
}));
