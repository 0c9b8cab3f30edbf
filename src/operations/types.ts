/**
 * The inputs and results of the catalogue.
 * @module
 */
export type * from "./anti_ddos.ts";
export type { AntiDdosInfo } from "./anti_ddos_info.ts";
export type * from "./batch_job.ts";
export type * from "./batch_job_list.ts";
export type {
  BatchJobConfiguration,
  BatchJobManifest,
  BatchJobOperation,
  BatchJobProgress,
  BatchJobReport,
  BatchJobState,
  BatchJobStatus,
} from "./batch_job_shape.ts";
export type * from "./batch_job_update.ts";
export type * from "./bucket/access_monitor.ts";
export type * from "./bucket/access_point.ts";
export type * from "./bucket/access_point_block.ts";
export type { AccessPointInput, AccessPointName } from "./bucket/access_point_name.ts";
export type * from "./bucket/access_point_policy.ts";
export type * from "./bucket/acl.ts";
export type * from "./bucket/anti_ddos.ts";
export type * from "./bucket/archive_direct_read.ts";
export type * from "./bucket/async_fetch.ts";
export type * from "./bucket/basic.ts";
export type * from "./bucket/callback_policy.ts";
export type * from "./bucket/cname.ts";
export type * from "./bucket/cname_list.ts";
export type * from "./bucket/cname_token.ts";
export type * from "./bucket/cors.ts";
export type * from "./bucket/encryption.ts";
export type * from "./bucket/https_config.ts";
export type * from "./bucket/inventory.ts";
export type * from "./bucket/lifecycle.ts";
export type * from "./bucket/logging.ts";
export type * from "./bucket/meta_query.ts";
export type { MetaQueryFile, MetaQueryPair } from "./bucket/meta_query_file.ts";
export type {
  MetaQueryAddress,
  MetaQueryAudioStream,
  MetaQueryInsight,
  MetaQueryInsights,
  MetaQuerySubtitle,
  MetaQueryVideoStream,
} from "./bucket/meta_query_media.ts";
export type * from "./bucket/meta_query_state.ts";
export type * from "./bucket/metadata_table.ts";
export type * from "./bucket/metadata_table_change.ts";
export type { InventoryTable, JournalTable, MetadataTableEncryption } from "./bucket/metadata_table_shape.ts";
export type * from "./bucket/object_process.ts";
export type * from "./bucket/object_process_config.ts";
export type {
  ObjectProcessConfiguration,
  ObjectProcessInput,
  ObjectProcessName,
  ObjectTransformation,
} from "./bucket/object_process_name.ts";
export type * from "./bucket/object_process_policy.ts";
export type * from "./bucket/object_worm.ts";
export type * from "./bucket/overwrite_config.ts";
export type * from "./bucket/policy.ts";
export type * from "./bucket/public_access_block.ts";
export type * from "./bucket/qos.ts";
export type * from "./bucket/redundancy_transition.ts";
export type * from "./bucket/redundancy_transition_list.ts";
export type { DataRedundancyTransition } from "./bucket/redundancy_transition_shape.ts";
export type * from "./bucket/referer.ts";
export type * from "./bucket/replication.ts";
export type * from "./bucket/replication_change.ts";
export type * from "./bucket/replication_location.ts";
export type * from "./bucket/replication_progress.ts";
export type { ReplicationConfiguration, ReplicationDestination, ReplicationRule } from "./bucket/replication_rule.ts";
export type * from "./bucket/request_payment.ts";
export type * from "./bucket/requester_qos.ts";
export type * from "./bucket/requester_qos_list.ts";
export type * from "./bucket/resource_group.ts";
export type * from "./bucket/stat.ts";
export type * from "./bucket/storage_capacity.ts";
export type * from "./bucket/storage_quota.ts";
export type * from "./bucket/style.ts";
export type * from "./bucket/tags.ts";
export type * from "./bucket/transfer_acceleration.ts";
export type * from "./bucket/versioning.ts";
export type * from "./bucket/website.ts";
export type * from "./bucket/worm.ts";
export type * from "./callback.ts";
export type { CopyConditions, CopySource } from "./copy_source.ts";
export type {
  EncryptionHeaders,
  EncryptionProperties,
  ObjectHeaders,
  ObjectProperties,
  ReadConditions,
  TrafficLimit,
  VersionInput,
} from "./fields.ts";
export type * from "./object/acl.ts";
export type * from "./object/append.ts";
export type * from "./object/basic.ts";
export type * from "./object/copy.ts";
export type * from "./object/delete_many.ts";
export type * from "./object/get.ts";
export type * from "./object/list.ts";
export type * from "./object/list_multipart.ts";
export type * from "./object/list_versions.ts";
export type * from "./object/live_channel.ts";
export type * from "./object/live_rtmp.ts";
export type * from "./object/live_stream.ts";
export type * from "./object/multipart.ts";
export type * from "./object/multipart_copy.ts";
export type * from "./object/post.ts";
export type * from "./object/process.ts";
export type * from "./object/restore.ts";
export type * from "./object/retention.ts";
export type * from "./object/seal.ts";
export type * from "./object/select.ts";
export type * from "./object/select_result.ts";
export type * from "./object/select_types.ts";
export type * from "./object/symlink.ts";
export type * from "./object/tagging.ts";
export type { Owner } from "./owner.ts";
export type { PolicyDocument, PolicyResult } from "./policy_document.ts";
export type { PublicAccessBlock, PublicAccessBlockResult, PutPublicAccessBlockInput } from "./public_access_block.ts";
export type { QosConfiguration, RequesterQosInfo } from "./qos_configuration.ts";
export type * from "./resource_pool.ts";
export type * from "./resource_pool_buckets.ts";
export type * from "./resource_pool_qos.ts";
export type * from "./resource_pool_qos_list.ts";
export type * from "./service.ts";
export type { Tag, Tagging, TagSet } from "./tagging.ts";
export type { TokenPage, TokenPageInput } from "./token_paging.ts";
export type * from "./user_qos.ts";
export type * from "./write_get_object_response.ts";
