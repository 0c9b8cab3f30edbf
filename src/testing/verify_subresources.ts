/**
 * The query parameters that V1 signs: the union of what the official clients know.
 * @module
 */

const SUBRESOURCES: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ `accessPoint accessPointConfigForObjectProcess accessPointForObjectProcess accessPointPolicy
  accessPointPolicyForObjectProcess acl antiDDos append asyncFetch batchJob batchJobPriority batchJobStatus bucketAntiDDos bucketArchiveDirectRead bucketInfo callback callback-var
  cleanRestoredObject cloudboxes cname comp continuation-token cors delete encryption endTime group httpsConfig inventory
  inventoryId legalHold lifecycle link live location logging metaQuery metadataConfiguration
  metadataInventoryTable metadataJournalTable objectInfo objectMeta objectWorm overwriteConfig
  partNumber policy policyStatus position publicAccessBlock qos qosInfo qosRequester quota redundancyTransition referer
  regionList regions replication replicationLocation replicationProgress requestPayment requesterQosInfo resourceGroup
  resourcePool resourcePoolBuckets resourcePoolInfo response-cache-control response-content-disposition
  response-content-encoding response-content-language response-content-type response-expires restore retention rtc seal
  security-token sequential startTime stat status style styleName symlink tagging transferAcceleration uploadId uploads
  userDefinedLogFieldsConfig versionId versioning versions vod website worm wormExtend wormId`.split(/\s+/),
);

/** Known to some clients only, and none of them chooses an operation or an object. */
const REFINEMENTS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "continuation-token",
  "endTime",
  "sequential",
  "startTime",
  "status",
]);

/**
 * Tells whether V1 signs a query parameter.
 * @param name decoded, case-sensitive
 */
export function isSubresource(name: string): boolean {
  return SUBRESOURCES.has(name) || name.startsWith("x-oss-");
}

/**
 * Tells whether some official clients leave a signed parameter out.
 * @param name decoded, case-sensitive
 */
export function isRefinement(name: string): boolean {
  return REFINEMENTS.has(name);
}
