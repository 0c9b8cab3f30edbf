/**
 * Access points of buckets: CreateAccessPoint, GetAccessPoint, DeleteAccessPoint and ListAccessPoints.
 * @module
 */
import { boolean, list, named, number, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { pageSizeWire } from "../fields.ts";
import { seconds } from "../seconds.ts";
import { type AccessPointInput, type AccessPointName, accessPointWire, needAccessPoint } from "./access_point_name.ts";

/** Where an access point may be called from. */
export interface AccessPointOrigin {
  /** `internet`: from everywhere; `vpc`: from one network only. */
  readonly networkOrigin: OpenEnum<"internet" | "vpc">;
  /** The network, with `vpc`. */
  readonly vpcId?: string | undefined;
}

const origin = (): Shape<AccessPointOrigin> => ({
  networkOrigin: text,
  vpcId: named("VpcConfiguration/VpcId", text),
});

/** Input of CreateAccessPoint. */
export interface CreateAccessPointInput extends AccessPointInput, AccessPointOrigin {}

/** Result of CreateAccessPoint. */
export interface CreateAccessPointResult extends Result {
  readonly accessPointArn?: string;
  /** Stands in the place of a bucket's name in calls on objects. */
  readonly alias?: string;
}

/**
 * Makes an access point of a bucket; it takes a while until it can be used.
 * @throws TypeError without name or origin
 * @throws ServiceError `InvalidArgument`, `AccessDenied`, `NoSuchBucket`
 * @example
 * ```ts
 * import { createAccessPoint, createClient } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { alias } = await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * console.log(alias);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/createaccesspoint
 */
export const createAccessPoint: Operation<CreateAccessPointInput, CreateAccessPointResult> = /* @__PURE__ */ operation(
  () => ({
    name: "CreateAccessPoint",
    method: "PUT",
    subresource: "accessPoint",
    wire: { accessPointName: text, ...origin() },
    body: xmlBody("CreateAccessPointConfiguration", "accessPointName", "networkOrigin"),
    result: treeResult("CreateAccessPointResult", { accessPointArn: text, alias: text }),
  }),
);

/** Result of GetAccessPoint. */
export interface GetAccessPointResult extends Result, AccessPointName, AccessPointOrigin {
  readonly bucket?: string;
  readonly accountId?: string;
  readonly accessPointArn?: string;
  readonly alias?: string;
  readonly creationDate?: Date;
  /** The document's `Status`. */
  readonly accessPointStatus?: OpenEnum<"enable" | "disable" | "creating" | "deleting">;
  readonly publicEndpoint?: string;
  readonly internalEndpoint?: string;
  readonly blockPublicAccess?: boolean;
}

/**
 * Reads what an access point is, and whether it can be used already.
 * @throws TypeError without a name
 * @throws ServiceError `NoSuchAccessPoint`
 * @example
 * ```ts
 * import { createAccessPoint, createClient, getAccessPoint } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * console.log((await getAccessPoint(client, { accessPointName: "ap-01" })).accessPointStatus);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getaccesspoint
 */
export const getAccessPoint: Operation<AccessPointInput, GetAccessPointResult> = /* @__PURE__ */ operation(() => ({
  name: "GetAccessPoint",
  method: "GET",
  subresource: "accessPoint",
  wire: accessPointWire(),
  request: needAccessPoint,
  result: treeResult("GetAccessPointResult", {
    ...origin(),
    accessPointName: text,
    bucket: text,
    accountId: text,
    accessPointArn: text,
    alias: text,
    creationDate: seconds(),
    accessPointStatus: named("Status", text),
    publicEndpoint: named("Endpoints/PublicEndpoint", text),
    internalEndpoint: named("Endpoints/InternalEndpoint", text),
    blockPublicAccess: named("PublicAccessBlockConfiguration/BlockPublicAccess", boolean),
  }),
}));

/**
 * Deletes an access point; its bucket stays as it is.
 * @throws TypeError without a name
 * @throws ServiceError `NoSuchAccessPoint`
 * @example
 * ```ts
 * import { createAccessPoint, createClient, deleteAccessPoint } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * await deleteAccessPoint(client, { accessPointName: "ap-01" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteaccesspoint
 */
export const deleteAccessPoint: Operation<AccessPointInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteAccessPoint",
  method: "DELETE",
  subresource: "accessPoint",
  wire: accessPointWire(),
  request: needAccessPoint,
  result: emptyResult,
}));

/** An access point as lists show it. */
export interface ListedAccessPoint extends AccessPointName, AccessPointOrigin {
  readonly bucket: string;
  readonly alias?: string;
  /** `enable`, `disable`, `creating`, `deleting`. */
  readonly status?: string;
}

/** Input of ListAccessPoints. */
export interface ListAccessPointsInput extends Omit<BaseInput, "bucket"> {
  /** The bucket; `null` lists those of all buckets of the account. @default the client's `bucket` */
  readonly bucket?: string | null | undefined;
  /** Access points a page, 1 to 1,000; of one bucket at most 100. */
  readonly maxKeys?: number | undefined;
  /** `nextContinuationToken` of the page before. */
  readonly continuationToken?: string | undefined;
}

/** Result of ListAccessPoints. */
export interface ListAccessPointsResult extends Result {
  readonly accessPoints: readonly ListedAccessPoint[];
  readonly accountId?: string;
  readonly maxKeys?: number;
  readonly isTruncated?: boolean;
  readonly nextContinuationToken?: string;
}

/**
 * Lists one page of the access points of a bucket, or of all buckets of the account; `pages` and `each` walk them all.
 * @throws RangeError on a page size out of bounds
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listAccessPoints } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for await (const { accessPointName } of each(client, listAccessPoints, { bucket: null })) console.log(accessPointName);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listaccesspoints
 */
export const listAccessPoints: ListOperation<ListAccessPointsInput, ListAccessPointsResult, ListedAccessPoint> =
  /* @__PURE__ */ listOperation(
    () => ({
      name: "ListAccessPoints",
      method: "GET",
      subresource: "accessPoint",
      wire: { maxKeys: pageSizeWire("maxKeys", "?max-keys"), continuationToken: "?continuation-token" },
      result: treeResult("ListAccessPointsResult", {
        accessPoints: named(
          "AccessPoints/AccessPoint",
          list<ListedAccessPoint>(
            object<ListedAccessPoint>({
              ...origin(),
              accessPointName: text,
              bucket: text,
              alias: text,
              status: text,
            }),
          ),
        ),
        accountId: text,
        maxKeys: number,
        isTruncated: boolean,
        nextContinuationToken: text,
      }),
    }),
    {
      next: ({ isTruncated, nextContinuationToken }) =>
        isTruncated ? { continuationToken: nextContinuationToken } : undefined,
      items: ({ accessPoints }) => accessPoints,
    },
  );
