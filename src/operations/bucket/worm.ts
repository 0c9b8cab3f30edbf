/**
 * Retention policies of buckets: InitiateBucketWorm, AbortBucketWorm, CompleteBucketWorm, ExtendBucketWorm, GetBucketWorm.
 * @module
 */
import { date, number, type Shape, text } from "../../codec/shape.ts";
import { parseDate } from "../../codec/time.ts";
import { writeXml } from "../../codec/xml_writer.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, header, headerResult, treeResult } from "../../core/response.ts";
import { checkInteger } from "../../core/validate.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { required } from "../required.ts";

/** How long objects of a bucket are kept. */
export interface RetentionPeriod {
  /** Days after an object was last modified, 1 to 25,550. */
  readonly retentionPeriodInDays: number;
}

/** Names the retention policy of a bucket. */
export interface WormId {
  readonly wormId: string;
}

const period = (): Shape<RetentionPeriod> => ({ retentionPeriodInDays: number });

const periodBody =
  (root: string) =>
  (input: RetentionPeriod): string => {
    checkInteger("retentionPeriodInDays", input.retentionPeriodInDays, 1, 25_550);
    return writeXml(root, period(), input);
  };

/** Input of InitiateBucketWorm. */
export interface InitiateBucketWormInput extends BaseInput, RetentionPeriod {}

/** Result of InitiateBucketWorm. */
export interface InitiateBucketWormResult extends Result, WormId {}

/**
 * Gives a bucket a retention policy; within 24 hours it must be locked by CompleteBucketWorm, or it lapses.
 * @throws RangeError on a period out of bounds
 * @throws ServiceError `WORMConfigurationLocked`, `NoSuchBucket`
 * @example
 * ```ts
 * import { createClient, initiateBucketWorm } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { wormId } = await initiateBucketWorm(client, { retentionPeriodInDays: 365 });
 * console.log(wormId);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/initiatebucketworm
 */
export const initiateBucketWorm: Operation<InitiateBucketWormInput, InitiateBucketWormResult> =
  /* @__PURE__ */ operation(() => ({
    name: "InitiateBucketWorm",
    method: "POST",
    subresource: "worm",
    wire: period(),
    body: periodBody("InitiateWormConfiguration"),
    result: headerResult({ wormId: header("x-oss-worm-id") }),
  }));

/**
 * Deletes the retention policy of a bucket that is not locked.
 * @throws ServiceError `WORMConfigurationLocked`
 * @example
 * ```ts
 * import { abortBucketWorm, createClient, initiateBucketWorm } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await initiateBucketWorm(client, { retentionPeriodInDays: 365 });
 * await abortBucketWorm(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/abortbucketworm
 */
export const abortBucketWorm: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "AbortBucketWorm",
  method: "DELETE",
  subresource: "worm",
  result: emptyResult,
}));

/** Input of CompleteBucketWorm. */
export interface CompleteBucketWormInput extends BaseInput, WormId {}

/**
 * Locks the retention policy of a bucket: from then on nobody can delete or shorten it.
 * @throws TypeError without an id
 * @throws ServiceError `NoSuchWORMConfiguration`
 * @example
 * ```ts
 * import { completeBucketWorm, createClient, initiateBucketWorm } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { wormId } = await initiateBucketWorm(client, { retentionPeriodInDays: 365 });
 * await completeBucketWorm(client, { wormId });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/completebucketworm
 */
export const completeBucketWorm: Operation<CompleteBucketWormInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "CompleteBucketWorm",
  method: "POST",
  wire: { wormId: "?wormId" },
  // Without the id the calls would be others: POST / is PostObject.
  request: required("wormId"),
  result: emptyResult,
}));

/** Input of ExtendBucketWorm. */
export interface ExtendBucketWormInput extends BaseInput, WormId, RetentionPeriod {}

/**
 * Makes the period of a locked retention policy longer.
 * @throws TypeError without an id, RangeError on a period out of bounds
 * @throws ServiceError `NoSuchWORMConfiguration`, `InvalidWORMConfiguration`
 * @example
 * ```ts
 * import { completeBucketWorm, createClient, extendBucketWorm, initiateBucketWorm } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { wormId } = await initiateBucketWorm(client, { retentionPeriodInDays: 365 });
 * await completeBucketWorm(client, { wormId });
 * await extendBucketWorm(client, { wormId, retentionPeriodInDays: 366 });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/extendbucketworm
 */
export const extendBucketWorm: Operation<ExtendBucketWormInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "ExtendBucketWorm",
  method: "POST",
  subresource: "wormExtend",
  wire: { ...period(), wormId: "?wormId" },
  request: required("wormId"),
  body: periodBody("ExtendWormConfiguration"),
  result: emptyResult,
}));

/** Result of GetBucketWorm. */
export interface GetBucketWormResult extends Result, WormId, RetentionPeriod {
  /** `InProgress` until it is locked, `Expired` when that was not done within 24 hours. */
  readonly state: OpenEnum<"InProgress" | "Locked" | "Expired">;
  readonly creationDate?: Date;
  readonly expirationDate?: Date;
}

/** The service leaves the zone out: UTC. */
const utc = () => ({ ...date, read: (word: string) => parseDate(word) ?? parseDate(`${word}Z`) });

/**
 * Reads the retention policy of a bucket.
 * @throws ServiceError `NoSuchWORMConfiguration`
 * @example
 * ```ts
 * import { createClient, getBucketWorm, initiateBucketWorm } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await initiateBucketWorm(client, { retentionPeriodInDays: 365 });
 * console.log((await getBucketWorm(client, {})).state);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketworm
 */
export const getBucketWorm: Operation<BaseInput, GetBucketWormResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketWorm",
  method: "GET",
  subresource: "worm",
  result: treeResult("WormConfiguration", {
    ...period(),
    wormId: text,
    state: text,
    creationDate: utc(),
    expirationDate: utc(),
  }),
}));
