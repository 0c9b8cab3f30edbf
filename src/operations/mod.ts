/**
 * The catalogue: every operation of OSS that this library models.
 * @module
 */
export { getUserAntiDdosInfo, initUserAntiDdosInfo, updateUserAntiDdosInfo } from "./anti_ddos.ts";
export { createJob, describeJob } from "./batch_job.ts";
export { listJobs } from "./batch_job_list.ts";
export { updateJobPriority, updateJobStatus } from "./batch_job_update.ts";
export { getBucketAccessMonitor, putBucketAccessMonitor } from "./bucket/access_monitor.ts";
export { createAccessPoint, deleteAccessPoint, getAccessPoint, listAccessPoints } from "./bucket/access_point.ts";
export {
  deleteAccessPointPublicAccessBlock,
  getAccessPointPublicAccessBlock,
  putAccessPointPublicAccessBlock,
} from "./bucket/access_point_block.ts";
export { deleteAccessPointPolicy, getAccessPointPolicy, putAccessPointPolicy } from "./bucket/access_point_policy.ts";
export { getBucketAcl, putBucketAcl } from "./bucket/acl.ts";
export { initBucketAntiDdosInfo, listBucketAntiDdosInfo, updateBucketAntiDdosInfo } from "./bucket/anti_ddos.ts";
export { getBucketArchiveDirectRead, putBucketArchiveDirectRead } from "./bucket/archive_direct_read.ts";
export { getAsyncFetchTask, putAsyncFetchTask } from "./bucket/async_fetch.ts";
export { deleteBucket, getBucketInfo, getBucketLocation, putBucket } from "./bucket/basic.ts";
export {
  deleteBucketCallbackPolicy,
  getBucketCallbackPolicy,
  putBucketCallbackPolicy,
} from "./bucket/callback_policy.ts";
export { deleteCname, putCname } from "./bucket/cname.ts";
export { listCname } from "./bucket/cname_list.ts";
export { createCnameToken, getCnameToken } from "./bucket/cname_token.ts";
export { deleteBucketCors, getBucketCors, optionObject, putBucketCors } from "./bucket/cors.ts";
export { deleteBucketEncryption, getBucketEncryption, putBucketEncryption } from "./bucket/encryption.ts";
export { getBucketHttpsConfig, putBucketHttpsConfig } from "./bucket/https_config.ts";
export {
  deleteBucketInventory,
  getBucketInventory,
  listBucketInventory,
  putBucketInventory,
} from "./bucket/inventory.ts";
export { deleteBucketLifecycle, getBucketLifecycle, putBucketLifecycle } from "./bucket/lifecycle.ts";
export {
  deleteBucketLogging,
  deleteUserDefinedLogFieldsConfig,
  getBucketLogging,
  getUserDefinedLogFieldsConfig,
  putBucketLogging,
  putUserDefinedLogFieldsConfig,
} from "./bucket/logging.ts";
export { doMetaQuery } from "./bucket/meta_query.ts";
export { closeMetaQuery, getMetaQueryStatus, openMetaQuery } from "./bucket/meta_query_state.ts";
export {
  createBucketMetadataConfiguration,
  deleteBucketMetadataConfiguration,
  getBucketMetadataConfiguration,
} from "./bucket/metadata_table.ts";
export {
  updateBucketMetadataInventoryTableConfiguration,
  updateBucketMetadataJournalTableConfiguration,
} from "./bucket/metadata_table_change.ts";
export {
  createAccessPointForObjectProcess,
  deleteAccessPointForObjectProcess,
  getAccessPointForObjectProcess,
  listAccessPointsForObjectProcess,
} from "./bucket/object_process.ts";
export {
  getAccessPointConfigForObjectProcess,
  putAccessPointConfigForObjectProcess,
} from "./bucket/object_process_config.ts";
export {
  deleteAccessPointPolicyForObjectProcess,
  getAccessPointPolicyForObjectProcess,
  putAccessPointPolicyForObjectProcess,
} from "./bucket/object_process_policy.ts";
export { getBucketObjectWormConfiguration, putBucketObjectWormConfiguration } from "./bucket/object_worm.ts";
export {
  deleteBucketOverwriteConfig,
  getBucketOverwriteConfig,
  putBucketOverwriteConfig,
} from "./bucket/overwrite_config.ts";
export { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from "./bucket/policy.ts";
export {
  deleteBucketPublicAccessBlock,
  getBucketPublicAccessBlock,
  putBucketPublicAccessBlock,
} from "./bucket/public_access_block.ts";
export { deleteBucketQosInfo, getBucketQosInfo, putBucketQosInfo } from "./bucket/qos.ts";
export {
  createBucketDataRedundancyTransition,
  deleteBucketDataRedundancyTransition,
  getBucketDataRedundancyTransition,
} from "./bucket/redundancy_transition.ts";
export {
  listBucketDataRedundancyTransition,
  listUserDataRedundancyTransition,
} from "./bucket/redundancy_transition_list.ts";
export { getBucketReferer, putBucketReferer } from "./bucket/referer.ts";
export { getBucketReplication, putBucketReplication } from "./bucket/replication.ts";
export { deleteBucketReplication, putBucketRtc } from "./bucket/replication_change.ts";
export { getBucketReplicationLocation } from "./bucket/replication_location.ts";
export { getBucketReplicationProgress } from "./bucket/replication_progress.ts";
export { getBucketRequestPayment, putBucketRequestPayment } from "./bucket/request_payment.ts";
export {
  deleteBucketRequesterQosInfo,
  getBucketRequesterQosInfo,
  putBucketRequesterQosInfo,
} from "./bucket/requester_qos.ts";
export { listBucketRequesterQosInfos } from "./bucket/requester_qos_list.ts";
export { getBucketResourceGroup, putBucketResourceGroup } from "./bucket/resource_group.ts";
export { getBucketStat } from "./bucket/stat.ts";
export { getBucketStorageCapacity, putBucketStorageCapacity } from "./bucket/storage_capacity.ts";
export { deleteBucketStorageQuota, getBucketStorageQuota, putBucketStorageQuota } from "./bucket/storage_quota.ts";
export { deleteStyle, getStyle, listStyle, putStyle } from "./bucket/style.ts";
export { deleteBucketTags, getBucketTags, putBucketTags } from "./bucket/tags.ts";
export { getBucketTransferAcceleration, putBucketTransferAcceleration } from "./bucket/transfer_acceleration.ts";
export { getBucketVersioning, putBucketVersioning } from "./bucket/versioning.ts";
export { deleteBucketWebsite, getBucketWebsite, putBucketWebsite } from "./bucket/website.ts";
export {
  abortBucketWorm,
  completeBucketWorm,
  extendBucketWorm,
  getBucketWorm,
  initiateBucketWorm,
} from "./bucket/worm.ts";
export { callback } from "./callback.ts";
export { getObjectAcl, putObjectAcl } from "./object/acl.ts";
export { appendObject } from "./object/append.ts";
export { deleteObject, getObjectMeta, headObject, putObject } from "./object/basic.ts";
export { copyObject } from "./object/copy.ts";
export { deleteMultipleObjects } from "./object/delete_many.ts";
export { getObject } from "./object/get.ts";
export { listObjects, listObjectsV2 } from "./object/list.ts";
export { listMultipartUploads, listParts } from "./object/list_multipart.ts";
export { listObjectVersions } from "./object/list_versions.ts";
export {
  deleteLiveChannel,
  getLiveChannelInfo,
  listLiveChannel,
  putLiveChannel,
  putLiveChannelStatus,
} from "./object/live_channel.ts";
export { signRtmpUrl } from "./object/live_rtmp.ts";
export { getLiveChannelHistory, getLiveChannelStat, getVodPlaylist, postVodPlaylist } from "./object/live_stream.ts";
export {
  abortMultipartUpload,
  completeMultipartUpload,
  initiateMultipartUpload,
  uploadPart,
} from "./object/multipart.ts";
export { uploadPartCopy } from "./object/multipart_copy.ts";
export { postObject } from "./object/post.ts";
export { asyncProcessObject, processObject } from "./object/process.ts";
export { cleanRestoredObject, restoreObject, restoreState } from "./object/restore.ts";
export { getObjectLegalHold, getObjectRetention, putObjectLegalHold, putObjectRetention } from "./object/retention.ts";
export { sealAppendObject } from "./object/seal.ts";
export { createSelectObjectMeta, selectObject } from "./object/select.ts";
export { getSymlink, putSymlink } from "./object/symlink.ts";
export { deleteObjectTagging, getObjectTagging, putObjectTagging } from "./object/tagging.ts";
export { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from "./public_access_block.ts";
export { getResourcePoolInfo, listResourcePools } from "./resource_pool.ts";
export { listResourcePoolBuckets } from "./resource_pool_buckets.ts";
export {
  deleteResourcePoolRequesterQosInfo,
  getResourcePoolRequesterQosInfo,
  putResourcePoolRequesterQosInfo,
} from "./resource_pool_qos.ts";
export { listResourcePoolRequesterQosInfos } from "./resource_pool_qos_list.ts";
export { describeRegions, listBuckets, listCloudBoxes } from "./service.ts";
export { getUserQosInfo } from "./user_qos.ts";
export { writeGetObjectResponse } from "./write_get_object_response.ts";
