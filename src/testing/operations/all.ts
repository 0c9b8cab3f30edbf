/**
 * Every operation of the in-process OSS: to add one, add its rows here.
 * @module
 */
import type { Route } from "../routes.ts";
import { accessPointRoutes } from "./access_point.ts";
import { antiDdosRoutes } from "./anti_ddos.ts";
import { appendObjectRoutes } from "./append_object.ts";
import { asyncFetchRoutes } from "./async_fetch.ts";
import { batchJobRoutes } from "./batch_job.ts";
import { bucketRoutes } from "./bucket.ts";
import { callbackPolicyRoutes } from "./bucket_callback_policy.ts";
import { cnameRoutes } from "./bucket_cname.ts";
import { bucketCorsRoutes } from "./bucket_cors.ts";
import { bucketEncryptionRoutes } from "./bucket_encryption.ts";
import { bucketInventoryRoutes } from "./bucket_inventory.ts";
import { bucketLifecycleRoutes, putBucketLifecycleRoute } from "./bucket_lifecycle.ts";
import { bucketLoggingRoutes, logFieldsRoutes } from "./bucket_logging.ts";
import { metadataTableRoutes } from "./bucket_metadata_table.ts";
import { overwriteConfigRoutes } from "./bucket_overwrite_config.ts";
import { bucketPolicyRoutes } from "./bucket_policy.ts";
import { bucketQosRoutes, capacityRoutes } from "./bucket_qos.ts";
import { bucketRefererRoutes } from "./bucket_referer.ts";
import { replicationRoutes } from "./bucket_replication.ts";
import { requestPaymentRoutes } from "./bucket_request_payment.ts";
import { storageQuotaRoutes } from "./bucket_storage_quota.ts";
import { styleRoutes } from "./bucket_style.ts";
import { bucketSwitchRoutes } from "./bucket_switches.ts";
import { bucketTagsRoutes, deleteBucketTagsRoute } from "./bucket_tags.ts";
import { bucketVersioningRoutes } from "./bucket_versioning.ts";
import { bucketWebsiteRoutes } from "./bucket_website.ts";
import { bucketWormRoutes } from "./bucket_worm.ts";
import { copyObjectRoutes } from "./copy_object.ts";
import { deleteObjectRoutes } from "./delete_object.ts";
import { getObjectRoutes } from "./get_object.ts";
import { listObjectVersionsRoutes } from "./list_object_versions.ts";
import { listObjectsRoutes } from "./list_objects.ts";
import { liveChannelRoutes } from "./live_channel.ts";
import { metaQueryRoutes } from "./meta_query.ts";
import { multipartRoutes } from "./multipart.ts";
import { multipartCompleteRoutes } from "./multipart_complete.ts";
import { multipartListRoutes } from "./multipart_list.ts";
import { objectAclRoutes } from "./object_acl.ts";
import { objectProcessRoutes } from "./object_process.ts";
import { bucketObjectWormRoutes, objectRetentionRoutes } from "./object_retention.ts";
import { objectTaggingRoutes } from "./object_tagging.ts";
import { postObjectRoutes } from "./post_object.ts";
import { processObjectRoutes } from "./process_object.ts";
import { bucketPublicAccessBlockRoutes, publicAccessBlockRoutes } from "./public_access_block.ts";
import { putObjectRoutes } from "./put_object.ts";
import { redundancyTransitionRoutes } from "./redundancy_transition.ts";
import { replicationProgressRoutes } from "./replication_progress.ts";
import { requesterQosRoutes } from "./requester_qos.ts";
import { resourcePoolRoutes } from "./resource_pool.ts";
import { restoreObjectRoutes } from "./restore_object.ts";
import { selectMetaRoutes } from "./select_meta.ts";
import { selectObjectRoutes } from "./select_object.ts";
import { serviceRoutes } from "./service.ts";
import { symlinkRoutes } from "./symlink.ts";
import { vodPlaylistRoutes } from "./vod_playlist.ts";

/** All rows. */
export function allRoutes(): readonly Route[] {
  return [
    ...serviceRoutes,
    ...bucketRoutes,
    ...bucketCorsRoutes,
    ...overwriteConfigRoutes,
    ...requestPaymentRoutes,
    ...styleRoutes,
    ...replicationRoutes,
    ...bucketLifecycleRoutes,
    putBucketLifecycleRoute,
    ...bucketLoggingRoutes,
    ...logFieldsRoutes,
    ...bucketRefererRoutes,
    ...bucketWebsiteRoutes,
    ...bucketTagsRoutes,
    deleteBucketTagsRoute,
    ...bucketEncryptionRoutes,
    ...bucketPolicyRoutes,
    ...callbackPolicyRoutes,
    ...bucketSwitchRoutes,
    ...cnameRoutes,
    ...bucketVersioningRoutes,
    ...redundancyTransitionRoutes,
    ...bucketWormRoutes,
    ...accessPointRoutes,
    ...objectProcessRoutes,
    ...publicAccessBlockRoutes,
    ...bucketPublicAccessBlockRoutes,
    ...bucketInventoryRoutes,
    ...bucketObjectWormRoutes,
    ...objectRetentionRoutes,
    ...bucketQosRoutes,
    ...capacityRoutes,
    ...storageQuotaRoutes,
    ...metadataTableRoutes,
    ...resourcePoolRoutes,
    ...requesterQosRoutes,
    ...antiDdosRoutes,
    ...replicationProgressRoutes,
    ...metaQueryRoutes,
    ...listObjectsRoutes,
    ...listObjectVersionsRoutes,
    ...putObjectRoutes,
    ...postObjectRoutes,
    ...processObjectRoutes,
    ...selectObjectRoutes,
    ...selectMetaRoutes,
    ...getObjectRoutes,
    ...deleteObjectRoutes,
    ...copyObjectRoutes,
    ...appendObjectRoutes,
    ...objectAclRoutes,
    ...objectTaggingRoutes,
    ...symlinkRoutes,
    ...multipartRoutes,
    ...multipartCompleteRoutes,
    ...multipartListRoutes,
    ...restoreObjectRoutes,
    ...asyncFetchRoutes,
    ...batchJobRoutes,
    ...liveChannelRoutes,
    ...vodPlaylistRoutes,
  ];
}
