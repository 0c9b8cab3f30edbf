/**
 * ListBucketRequesterQoSInfos.
 * @module
 */
import { list, named, object, text } from "../../codec/shape.ts";
import type { BaseInput } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { type RequesterQosInfo, requesterQosShape } from "../qos_configuration.ts";
import { nextByToken, type TokenPage, type TokenPageInput, tokenShape, tokenWire } from "../token_paging.ts";

const subresource = "requesterQosInfo";

/** Input of ListBucketRequesterQoSInfos. */
export interface ListBucketRequesterQosInfosInput extends BaseInput, TokenPageInput {}

/** Result of ListBucketRequesterQoSInfos. */
export interface ListBucketRequesterQosInfosResult extends Result, TokenPage {
  readonly bucket?: string;
  readonly continuationToken?: string;
  readonly requesters: readonly RequesterQosInfo[];
}

/**
 * Lists one page of the accounts that are limited on a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listBucketRequesterQosInfos } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for await (const { requester, qosConfiguration } of each(client, listBucketRequesterQosInfos, {}))
 *   console.log(requester, qosConfiguration.totalQps);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listbucketrequesterqosinfos
 */
export const listBucketRequesterQosInfos: ListOperation<
  ListBucketRequesterQosInfosInput,
  ListBucketRequesterQosInfosResult,
  RequesterQosInfo
> = /* @__PURE__ */ listOperation(
  () => ({
    name: "ListBucketRequesterQoSInfos",
    method: "GET",
    subresource,
    wire: tokenWire(),
    result: treeResult("ListBucketRequesterQoSInfosResult", {
      ...tokenShape(),
      bucket: text,
      continuationToken: text,
      requesters: named("RequesterQoSInfo", list<RequesterQosInfo>(object<RequesterQosInfo>(requesterQosShape()))),
    }),
  }),
  { next: nextByToken, items: ({ requesters }) => requesters },
);
