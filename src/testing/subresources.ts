/**
 * Query names that select another call than the plain one.
 * @module
 */

/** As the public API has them; those that a route serves are named in its row as well. */
const NAMES: ReadonlySet<string> = /* @__PURE__ */ new Set(
  (
    "accessPoint accessPointConfigForObjectProcess accessPointForObjectProcess accessPointPolicy " +
    "accessPointPolicyForObjectProcess accessmonitor acl append asyncFetch bucketArchiveDirectRead bucketInfo " +
    "cleanRestoredObject cname comp cors delete encryption httpsConfig inventory inventoryId legalHold lifecycle " +
    "link live location logging metaQuery objectInfo objectMeta objectWorm overwriteConfig partNumber policy policyStatus " +
    "publicAccessBlock qos qosInfo qosRequester redundancyTransition referer regions replication " +
    "replicationLocation replicationProgress requestPayment requesterQosInfo resourceGroup restore retention rtc " +
    "seal stat status style styleName symlink tagging transferAcceleration uploadId uploads " +
    "userDefinedLogFieldsConfig versioning versions vod website worm wormExtend wormId x-oss-async-process " +
    "x-oss-process x-oss-write-get-object-response"
  ).split(" "),
);

/**
 * Whether a query name selects a call.
 * @param name decoded name
 */
export function isSubresource(name: string): boolean {
  return NAMES.has(name);
}
