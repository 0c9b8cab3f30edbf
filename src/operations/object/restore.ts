/**
 * RestoreObject, CleanRestoredObject, and what `x-oss-restore` says.
 * @module
 */
import { named, number, text } from "../../codec/shape.ts";
import { parseDate } from "../../codec/time.ts";
import { type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, header, headerResult } from "../../core/response.ts";
import { checkInteger } from "../../core/validate.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import type { VersionInput } from "../fields.ts";

/** How soon an archived object is wanted. */
export type RestoreTier = OpenEnum<"Expedited" | "Standard" | "Bulk">;

/** Input of RestoreObject. */
export interface RestoreObjectInput extends ObjectInput, VersionInput {
  /** Days that the object stays readable: 1 to 7 (Archive) or 365. @default 1, the service's */
  readonly days?: number | undefined;
  /** For ColdArchive and DeepColdArchive; needs `days`. @default "Standard", the service's */
  readonly tier?: RestoreTier | undefined;
}

/** Result of RestoreObject. */
export interface RestoreObjectResult extends Result {
  /** 202: the restoration begins. 200: the object is restored already and now stays readable for longer. */
  readonly status: number;
  readonly restorePriority?: RestoreTier;
  readonly versionId?: string;
}

/**
 * Begins to make an archived object readable; {@link restoreState} tells when it is.
 * @throws ServiceError `RestoreAlreadyInProgress`, `OperationNotSupported` (not archived), `NoSuchKey`
 * @throws RangeError when `days` is no whole number from 1 to 365, or missing beside `tier`
 * @example
 * ```ts
 * import { createClient, headObject, putObject, restoreObject, restoreState } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello", storageClass: "Archive" });
 * await restoreObject(client, { key: "a.txt", days: 2 });
 * const { restore } = await headObject(client, { key: "a.txt" });
 * console.log(restoreState(restore)?.ongoing); // true
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/restoreobject
 */
export const restoreObject: Operation<RestoreObjectInput, RestoreObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "RestoreObject",
  method: "POST",
  scope: "object",
  subresource: "restore",
  wire: { versionId: "?versionId", days: number, tier: named("JobParameters/Tier", text) },
  body(input, wire) {
    const { days, tier } = input;
    if (days === undefined && tier === undefined) return;
    checkInteger("days", Number(days), 1, 365);
    return xmlBody<RestoreObjectInput>("RestoreRequest")(input, wire);
  },
  result: headerResult({
    restorePriority: header("x-oss-object-restore-priority"),
    versionId: header("x-oss-version-id"),
  }),
}));

/** Input of CleanRestoredObject. */
export interface CleanRestoredObjectInput extends ObjectInput, VersionInput {}

/**
 * Ends the readable state of a restored ColdArchive or DeepColdArchive object before its time, and what it costs.
 * @throws ServiceError `ArchiveRestoreFileStale` (not restored), `ArchiveRestoreNotFinished`
 * @example
 * ```ts
 * import { cleanRestoredObject, createClient, putObject, restoreObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * let now = Date.now();
 * const oss = createTestOSS({ buckets: ["photos"], now: () => now });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello", storageClass: "ColdArchive" });
 * await restoreObject(client, { key: "a.txt", days: 2, tier: "Expedited" });
 * now += 3_600_000;
 * await cleanRestoredObject(client, { key: "a.txt" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/cleanrestoredobject
 */
export const cleanRestoredObject: Operation<CleanRestoredObjectInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "CleanRestoredObject",
  method: "POST",
  scope: "object",
  subresource: "cleanRestoredObject",
  wire: { versionId: "?versionId" },
  result: emptyResult,
}));

/** How far the restoration of an archived object is. */
export interface RestoreState {
  /** True while it is under way: the object cannot be read yet. */
  readonly ongoing: boolean;
  /** Until when the object can be read. */
  readonly expiryDate?: Date;
}

/**
 * Reads what `restore` (HeadObject, GetObject) or `restoreInfo` (lists) says.
 * @param info the text; absent when an object is not archived, or frozen
 * @returns the state, `undefined` where there is none
 * @example
 * ```ts
 * import { restoreState } from "oss-fetch";
 * const state = restoreState('ongoing-request="false", expiry-date="Thu, 24 Sep 2020 12:40:33 GMT"');
 * console.log(state?.expiryDate?.getTime()); // 1600951233000
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/how-do-i-check-whether-the-oss-file-is-unfrozen
 */
export function restoreState(info: string | undefined): RestoreState | undefined {
  const [, ongoing] = /ongoing-request="(\w+)"/.exec(info ?? "") ?? [];
  if (ongoing === undefined) return undefined;
  const expiryDate = parseDate(/expiry-date="([^"]*)"/.exec(info ?? "")?.[1] ?? "");
  return { ongoing: ongoing === "true", ...(expiryDate && { expiryDate }) };
}
