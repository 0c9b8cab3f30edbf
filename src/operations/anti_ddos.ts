/**
 * Anti-DDoS instances of an account: InitUserAntiDDosInfo, GetUserAntiDDosInfo and UpdateUserAntiDDosInfo.
 * @module
 */
import { type Operation, operation, type ServiceInput } from "../core/operation.ts";
import { emptyResult, header, headerResult, treeResult } from "../core/response.ts";
import type { OpenEnum, Result } from "../types.ts";
import { type AntiDdosInfo, INFO_LIST, infoShape } from "./anti_ddos_info.ts";
import { required } from "./required.ts";

/** Result of InitUserAntiDDosInfo and InitBucketAntiDDosInfo. */
export interface AntiDdosResult extends Result {
  /** The instance's id. */
  readonly defenderInstance?: string;
}

/** Result of GetUserAntiDDosInfo. */
export interface GetUserAntiDdosInfoResult extends Result {
  readonly antiDdosConfigurations: readonly AntiDdosInfo[];
}

/** Input of UpdateUserAntiDDosInfo. */
export interface UpdateUserAntiDdosInfoInput extends ServiceInput {
  /** The instance's id. */
  readonly defenderInstance: string;
  /** `HaltDefending` ends it. */
  readonly defenderStatus: OpenEnum<"HaltDefending">;
}

/**
 * Makes an Anti-DDoS instance for the account; it costs.
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, initUserAntiDdosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS().clientOptions);
 * console.log((await initUserAntiDdosInfo(client, {})).defenderInstance);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/inituserantiddosinfo
 */
export const initUserAntiDdosInfo: Operation<ServiceInput, AntiDdosResult> = /* @__PURE__ */ operation(() => ({
  name: "InitUserAntiDDosInfo",
  method: "PUT",
  scope: "service",
  subresource: "antiDDos",
  result: headerResult({ defenderInstance: header("x-oss-defender-instance") }),
}));

/**
 * Tells of the account's Anti-DDoS instances.
 * @throws ServiceError `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getUserAntiDdosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS().clientOptions);
 * console.log((await getUserAntiDdosInfo(client, {})).antiDdosConfigurations.length);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getuserantiddosinfo
 */
export const getUserAntiDdosInfo: Operation<ServiceInput, GetUserAntiDdosInfoResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetUserAntiDDosInfo",
    method: "GET",
    scope: "service",
    subresource: "antiDDos",
    result: treeResult(INFO_LIST, infoShape()),
  }),
);

/**
 * Ends an Anti-DDoS instance.
 * @throws ServiceError `InvalidArgument` for another status or an unknown instance
 * @example
 * ```ts
 * import { createClient, initUserAntiDdosInfo, updateUserAntiDdosInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const client = createClient(createTestOSS().clientOptions);
 * const { defenderInstance = "" } = await initUserAntiDdosInfo(client, {});
 * await updateUserAntiDdosInfo(client, { defenderInstance, defenderStatus: "HaltDefending" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/updateuserantiddosinfo
 */
export const updateUserAntiDdosInfo: Operation<UpdateUserAntiDdosInfoInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "UpdateUserAntiDDosInfo",
  method: "POST",
  scope: "service",
  subresource: "antiDDos",
  wire: { defenderInstance: "x-oss-defender-instance", defenderStatus: "x-oss-defender-status" },
  request: required("defenderInstance", "defenderStatus"),
  result: emptyResult,
}));
