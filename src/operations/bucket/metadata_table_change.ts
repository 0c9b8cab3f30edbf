/**
 * UpdateBucketMetadataJournalTableConfiguration and UpdateBucketMetadataInventoryTableConfiguration.
 * @module
 */
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { type InventoryTable, inventoryShape, type JournalTable, journalShape } from "./metadata_table_shape.ts";

/** Input of UpdateBucketMetadataJournalTableConfiguration. */
export interface UpdateBucketMetadataJournalTableConfigurationInput extends BaseInput, JournalTable {}

/** Input of UpdateBucketMetadataInventoryTableConfiguration. */
export interface UpdateBucketMetadataInventoryTableConfigurationInput extends BaseInput, InventoryTable {}

/**
 * Changes after how many days a bucket's table of changes loses its rows.
 * @throws ServiceError `MetadataConfigurationNotFound`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import {
 *   createBucketMetadataConfiguration,
 *   createClient,
 *   updateBucketMetadataJournalTableConfiguration,
 * } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createBucketMetadataConfiguration(client, { journalTable: { expiration: "ENABLED", days: 7 } });
 * await updateBucketMetadataJournalTableConfiguration(client, { expiration: "DISABLED" });
 * ```
 * @see https://help.aliyun.com/zh/oss/developer-reference/updatebucketmetadatajournaltableconfiguration
 */
export const updateBucketMetadataJournalTableConfiguration: Operation<
  UpdateBucketMetadataJournalTableConfigurationInput,
  Result
> = /* @__PURE__ */ operation(() => ({
  name: "UpdateBucketMetadataJournalTableConfiguration",
  method: "PUT",
  subresource: "metadataJournalTable",
  wire: journalShape(),
  body: xmlBody("JournalTableConfiguration"),
  result: emptyResult,
}));

/**
 * Begins or ends a bucket's table of what is there.
 * @throws ServiceError `MetadataConfigurationNotFound`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import {
 *   createBucketMetadataConfiguration,
 *   createClient,
 *   updateBucketMetadataInventoryTableConfiguration,
 * } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createBucketMetadataConfiguration(client, { journalTable: { expiration: "ENABLED", days: 7 } });
 * await updateBucketMetadataInventoryTableConfiguration(client, { configurationState: "ENABLED" });
 * ```
 * @see https://help.aliyun.com/zh/oss/developer-reference/updatebucketmetadatainventorytableconfiguration
 */
export const updateBucketMetadataInventoryTableConfiguration: Operation<
  UpdateBucketMetadataInventoryTableConfigurationInput,
  Result
> = /* @__PURE__ */ operation(() => ({
  name: "UpdateBucketMetadataInventoryTableConfiguration",
  method: "PUT",
  subresource: "metadataInventoryTable",
  wire: inventoryShape(),
  body: xmlBody("InventoryTableConfiguration", "configurationState"),
  result: emptyResult,
}));
