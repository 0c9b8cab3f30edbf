/**
 * The query parameters that signature V1 covers.
 * @module
 */

/** What any of the official clients signs: the service accepts the union of their lists. */
const NAMES = `acl bucketInfo location stat delete append tagging objectMeta uploads uploadId partNumber security-token
position response-content-type response-content-language response-expires response-cache-control
response-content-disposition response-content-encoding restore callback callback-var versions versioning versionId
sequential continuation-token regionList cloudboxes symlink resourceGroup cleanRestoredObject
accessPoint accessPointConfigForObjectProcess accessPointForObjectProcess accessPointPolicy
accessPointPolicyForObjectProcess antiDDos bucketAntiDDos bucketArchiveDirectRead cname comp cors encryption httpsConfig inventory inventoryId
legalHold lifecycle logging metaQuery metadataConfiguration metadataInventoryTable metadataJournalTable objectWorm overwriteConfig policy policyStatus publicAccessBlock quota
redundancyTransition referer regions replication replicationLocation replicationProgress requestPayment retention rtc
seal style styleName transferAcceleration userDefinedLogFieldsConfig website worm wormExtend wormId
asyncFetch batchJob batchJobPriority batchJobStatus endTime group link live objectInfo qos qosInfo qosRequester requesterQosInfo resourcePool
resourcePoolBuckets resourcePoolInfo startTime status vod`;

let names: Set<string> | undefined;

/**
 * Tells whether signature V1 covers a query parameter.
 * @param name the decoded name
 */
export function isSubResource(name: string): boolean {
  names ??= new Set(NAMES.split(/\s+/));
  return names.has(name) || name.startsWith("x-oss-");
}
