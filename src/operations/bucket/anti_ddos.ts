/**
 * Anti-DDoS protection of buckets: InitBucketAntiDDosInfo, UpdateBucketAntiDDosInfo and ListBucketAntiDDosInfo.
 * @module
 */
import { type AnyShape, boolean, type ListField, list, named, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation, type ServiceInput } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { emptyResult, header, headerResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import type { AntiDdosResult } from "../anti_ddos.ts";
import { type AntiDdosInfo, INFO_LIST, infoShape } from "../anti_ddos_info.ts";
import { xmlBody } from "../document_body.ts";
import { pageSizeWire } from "../fields.ts";
import { required } from "../required.ts";

/** Input of calls that protect a bucket. */
export interface BucketAntiDdosInput extends BaseInput {
  /** Id of the account's instance. */
  readonly defenderInstance: string;
  /** Own domains of the bucket to protect, at most 5. */
  readonly domains?: readonly string[] | undefined;
}

/** Input of InitBucketAntiDDosInfo. */
export interface InitBucketAntiDdosInfoInput extends BucketAntiDdosInput {
  readonly defenderType: OpenEnum<"AntiDDosPremimum">;
}

/** Input of UpdateBucketAntiDDosInfo. */
export interface UpdateBucketAntiDdosInfoInput extends BucketAntiDdosInput {
  /** `Init` wants domains, `Defending` may have some, `HaltDefending` ends the protection. */
  readonly defenderStatus: OpenEnum<"Init" | "Defending" | "HaltDefending">;
}

/** Input of ListBucketAntiDDosInfo. */
export interface ListBucketAntiDdosInfoInput extends ServiceInput {
  /** The `marker` of the page before. */
  readonly marker?: string | undefined;
  /** Entries a page, 1 to 100. @default 100 */
  readonly maxKeys?: number | undefined;
}

/** Result of ListBucketAntiDDosInfo. */
export interface ListBucketAntiDdosInfoResult extends Result {
  readonly antiDdosConfigurations: readonly AntiDdosInfo[];
  readonly isTruncated?: boolean;
  /** Where the next page begins. */
  readonly marker?: string;
}

const domains = (): ListField<string> => named("Cnames/Domain", list<string>(text));

function domainsBody(input: BucketAntiDdosInput, wire: AnyShape): string | undefined {
  return input.domains && xmlBody("AntiDDOSConfiguration")(input, wire);
}

/**
 * Begins to protect a bucket with an Anti-DDoS instance; it costs.
 * @throws ServiceError `InvalidArgument` for an unknown instance, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, initBucketAntiDdosInfo, initUserAntiDdosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { defenderInstance = "" } = await initUserAntiDdosInfo(client, {});
 * await initBucketAntiDdosInfo(client, { defenderInstance, defenderType: "AntiDDosPremimum" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/initbucketantiddosinfo
 */
export const initBucketAntiDdosInfo: Operation<InitBucketAntiDdosInfoInput, AntiDdosResult> = /* @__PURE__ */ operation(
  () => ({
    name: "InitBucketAntiDDosInfo",
    method: "PUT",
    subresource: "antiDDos",
    wire: {
      defenderInstance: "x-oss-defender-instance",
      defenderType: "x-oss-defender-type",
      domains: domains(),
    },
    body: domainsBody,
    request: required("defenderInstance", "defenderType"),
    result: headerResult({ defenderInstance: header("x-oss-defender-instance") }),
  }),
);

/**
 * Changes how a bucket is protected, or which domains of it.
 * @throws ServiceError `InvalidArgument` for an unknown instance or status, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, initBucketAntiDdosInfo, initUserAntiDdosInfo, updateBucketAntiDdosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { defenderInstance = "" } = await initUserAntiDdosInfo(client, {});
 * await initBucketAntiDdosInfo(client, { defenderInstance, defenderType: "AntiDDosPremimum" });
 * await updateBucketAntiDdosInfo(client, { defenderInstance, defenderStatus: "Defending" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/updatebucketantiddosinfo
 */
export const updateBucketAntiDdosInfo: Operation<UpdateBucketAntiDdosInfoInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "UpdateBucketAntiDDosInfo",
    method: "POST",
    subresource: "antiDDos",
    wire: {
      defenderInstance: "x-oss-defender-instance",
      defenderStatus: "x-oss-defender-status",
      domains: domains(),
    },
    body: domainsBody,
    request: required("defenderInstance", "defenderStatus"),
    result: emptyResult,
  }),
);

/**
 * Lists one page of the account's buckets that are protected.
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listBucketAntiDdosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS().clientOptions);
 * for await (const info of each(client, listBucketAntiDdosInfo, {})) console.log(info.bucket, info.status);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listbucketantiddosinfo
 */
export const listBucketAntiDdosInfo: ListOperation<
  ListBucketAntiDdosInfoInput,
  ListBucketAntiDdosInfoResult,
  AntiDdosInfo
> = /* @__PURE__ */ listOperation(
  () => ({
    name: "ListBucketAntiDDosInfo",
    method: "GET",
    scope: "service",
    subresource: "bucketAntiDDos",
    wire: { marker: "?marker", maxKeys: pageSizeWire("maxKeys", "?max-keys") },
    result: treeResult(INFO_LIST, { ...infoShape(), isTruncated: boolean, marker: text }),
  }),
  {
    next: ({ isTruncated, marker }) => (isTruncated ? { marker } : undefined),
    items: ({ antiDdosConfigurations }) => antiDdosConfigurations,
  },
);
