/**
 * Access points for object processing: create, get, delete and list them.
 * @module
 */
import { boolean, list, named, object, type Shape, text } from "../../codec/shape.ts";
import { type Operation, operation, type ServiceInput } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { pageSizeWire } from "../fields.ts";
import { seconds } from "../seconds.ts";
import {
  needObjectProcess,
  type ObjectProcessConfiguration,
  type ObjectProcessInput,
  objectProcessWire,
  processConfiguration,
} from "./object_process_name.ts";

/** Input of CreateAccessPointForObjectProcess. */
export interface CreateAccessPointForObjectProcessInput extends ObjectProcessInput, ObjectProcessConfiguration {
  /** The access point that it reads through. */
  readonly accessPointName: string;
}

/** Result of CreateAccessPointForObjectProcess. */
export interface CreateAccessPointForObjectProcessResult extends Result {
  readonly accessPointForObjectProcessArn?: string;
  readonly accessPointForObjectProcessAlias?: string;
}

/**
 * Makes an access point whose objects a function processes as they are read.
 * @throws TypeError without names
 * @throws ServiceError `NoSuchAccessPoint`, `InvalidArgument`
 * @example
 * ```ts
 * import { createAccessPoint, createAccessPointForObjectProcess, createClient } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * const names = { accessPointForObjectProcessName: "fc-01", accessPointName: "ap-01" };
 * const functionArn = "acs:fc:cn-hangzhou:1:services/thumbs.LATEST/functions/small";
 * const transformationConfigurations = [{ actions: ["GetObject"], functionArn }];
 * await createAccessPointForObjectProcess(client, { ...names, transformationConfigurations });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/createaccesspointforobjectprocess
 */
export const createAccessPointForObjectProcess: Operation<
  CreateAccessPointForObjectProcessInput,
  CreateAccessPointForObjectProcessResult
> = /* @__PURE__ */ operation(() => ({
  name: "CreateAccessPointForObjectProcess",
  method: "PUT",
  subresource: "accessPointForObjectProcess",
  wire: { ...objectProcessWire(), accessPointName: text, ...processConfiguration() },
  request: needObjectProcess,
  body: xmlBody("CreateAccessPointForObjectProcessConfiguration", "accessPointName"),
  result: treeResult("CreateAccessPointForObjectProcessResult", {
    accessPointForObjectProcessArn: text,
    accessPointForObjectProcessAlias: text,
  }),
}));

/** An access point for object processing as lists show it. */
export interface ListedObjectProcess {
  readonly accessPointNameForObjectProcess: string;
  readonly accessPointForObjectProcessAlias?: string;
  readonly accessPointName?: string;
  /** `enable`, `disable`, `creating`, `deleting`. */
  readonly status?: string;
  readonly allowAnonymousAccessForObjectProcess?: boolean;
}

const listed = (): Omit<Shape<ListedObjectProcess>, "status"> => ({
  accessPointNameForObjectProcess: text,
  accessPointForObjectProcessAlias: text,
  accessPointName: text,
  allowAnonymousAccessForObjectProcess: boolean,
});

/** Result of GetAccessPointForObjectProcess. */
export interface GetAccessPointForObjectProcessResult extends Result, Omit<ListedObjectProcess, "status"> {
  readonly accountId?: string;
  readonly accessPointForObjectProcessArn?: string;
  readonly creationDate?: Date;
  /** The document's `Status`. */
  readonly accessPointForObjectProcessStatus?: OpenEnum<"enable" | "disable" | "creating" | "deleting">;
  readonly publicEndpoint?: string;
  readonly internalEndpoint?: string;
  readonly blockPublicAccess?: boolean;
}

/**
 * Reads what an access point for object processing is.
 * @throws TypeError without a name
 * @throws ServiceError status 404 when there is none
 * @example
 * ```ts
 * import { createAccessPoint, createAccessPointForObjectProcess, createClient, getAccessPointForObjectProcess } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * const names = { accessPointForObjectProcessName: "fc-01", accessPointName: "ap-01" };
 * await createAccessPointForObjectProcess(client, names);
 * console.log((await getAccessPointForObjectProcess(client, names)).publicEndpoint);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getaccesspointforobjectprocess
 */
export const getAccessPointForObjectProcess: Operation<ObjectProcessInput, GetAccessPointForObjectProcessResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetAccessPointForObjectProcess",
    method: "GET",
    subresource: "accessPointForObjectProcess",
    wire: objectProcessWire(),
    request: needObjectProcess,
    result: treeResult("GetAccessPointForObjectProcessResult", {
      ...listed(),
      accountId: text,
      accessPointForObjectProcessArn: text,
      creationDate: seconds(),
      accessPointForObjectProcessStatus: named("Status", text),
      publicEndpoint: named("Endpoints/PublicEndpoint", text),
      internalEndpoint: named("Endpoints/InternalEndpoint", text),
      blockPublicAccess: named("PublicAccessBlockConfiguration/BlockPublicAccess", boolean),
    }),
  }));

/**
 * Deletes an access point for object processing.
 * @throws TypeError without a name
 * @throws ServiceError status 404 when there is none
 * @example
 * ```ts
 * import { createAccessPoint, createAccessPointForObjectProcess, createClient, deleteAccessPointForObjectProcess } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
 * const names = { accessPointForObjectProcessName: "fc-01", accessPointName: "ap-01" };
 * await createAccessPointForObjectProcess(client, names);
 * await deleteAccessPointForObjectProcess(client, names);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deleteaccesspointforobjectprocess
 */
export const deleteAccessPointForObjectProcess: Operation<ObjectProcessInput, Result> = /* @__PURE__ */ operation(
  () => ({
    name: "DeleteAccessPointForObjectProcess",
    method: "DELETE",
    subresource: "accessPointForObjectProcess",
    wire: objectProcessWire(),
    request: needObjectProcess,
    result: emptyResult,
  }),
);

/** Input of ListAccessPointsForObjectProcess. */
export interface ListAccessPointsForObjectProcessInput extends ServiceInput {
  /** Access points a page, 1 to 1,000. */
  readonly maxKeys?: number | undefined;
  /** `nextContinuationToken` of the page before. */
  readonly continuationToken?: string | undefined;
}

/** Result of ListAccessPointsForObjectProcess. */
export interface ListAccessPointsForObjectProcessResult extends Result {
  readonly accessPoints: readonly ListedObjectProcess[];
  readonly accountId?: string;
  readonly isTruncated?: boolean;
  readonly nextContinuationToken?: string;
}

/**
 * Lists one page of the account's access points for object processing; `pages` and `each` walk them all.
 * @throws RangeError on a page size out of bounds
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listAccessPointsForObjectProcess } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for await (const { accessPointName } of each(client, listAccessPointsForObjectProcess, {})) console.log(accessPointName);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listaccesspointsforobjectprocess
 */
export const listAccessPointsForObjectProcess: ListOperation<
  ListAccessPointsForObjectProcessInput,
  ListAccessPointsForObjectProcessResult,
  ListedObjectProcess
> = /* @__PURE__ */ listOperation(
  () => ({
    name: "ListAccessPointsForObjectProcess",
    method: "GET",
    scope: "service",
    subresource: "accessPointForObjectProcess",
    wire: { maxKeys: pageSizeWire("maxKeys", "?max-keys"), continuationToken: "?continuation-token" },
    result: treeResult("ListAccessPointsForObjectProcessResult", {
      accessPoints: named(
        "AccessPointsForObjectProcess/AccessPointForObjectProcess",
        list<ListedObjectProcess>(object<ListedObjectProcess>({ ...listed(), status: text })),
      ),
      accountId: text,
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
