/**
 * GetBucketReplicationLocation.
 * @module
 */
import { list, named, object, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";

/** How objects may travel to a region. */
export interface LocationTransferTypes {
  readonly location: string;
  readonly transferTypes: readonly OpenEnum<"internal" | "oss_acc">[];
}

/** Result of GetBucketReplicationLocation. */
export interface GetBucketReplicationLocationResult extends Result {
  /** Regions that the bucket can be replicated to, with `oss-`. */
  readonly locations: readonly string[];
  /** Those that are reached in a certain way. */
  readonly locationTransferTypes: readonly LocationTransferTypes[];
  /** Those with Replication Time Control. */
  readonly rtcLocations: readonly string[];
}

/**
 * Lists the regions that a bucket can be replicated to.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketReplicationLocation } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketReplicationLocation(client, {})).locations);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketreplicationlocation
 */
export const getBucketReplicationLocation: Operation<BaseInput, GetBucketReplicationLocationResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetBucketReplicationLocation",
    method: "GET",
    subresource: "replicationLocation",
    result: treeResult("ReplicationLocation", {
      locations: named("Location", list<string>(text)),
      locationTransferTypes: named(
        "LocationTransferTypeConstraint/LocationTransferType",
        list<LocationTransferTypes>(
          object<LocationTransferTypes>({
            location: text,
            transferTypes: named("TransferTypes/Type", list<string>(text)),
          }),
        ),
      ),
      rtcLocations: named("LocationRTCConstraint/Location", list<string>(text)),
    }),
  }));
