/**
 * CreateBucketMetadataConfiguration, GetBucketMetadataConfiguration, DeleteBucketMetadataConfiguration.
 * @module
 */
import { named, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { type InventoryTable, inventoryShape, type JournalTable, journalShape } from "./metadata_table_shape.ts";

/** Input of CreateBucketMetadataConfiguration. */
export interface CreateBucketMetadataConfigurationInput extends BaseInput {
  /** The table of changes. */
  readonly journalTable?: JournalTable | undefined;
  /** The table of what is there. */
  readonly inventoryTable?: InventoryTable | undefined;
}

/** What became of a table. */
export interface MetadataTableState {
  readonly tableStatus?: OpenEnum<"CREATING" | "BACKFILLING" | "ACTIVE" | "FAILED">;
  readonly tableName?: string;
  readonly tableArn?: string;
  /** Why it failed. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** A table of changes, and what became of it. */
export interface JournalTableState extends JournalTable, MetadataTableState {}

/** A table of what is there, and what became of it. */
export interface InventoryTableState extends InventoryTable, MetadataTableState {}

/** Result of GetBucketMetadataConfiguration. */
export interface GetBucketMetadataConfigurationResult extends Result {
  /** Whose the bucket with the tables is: `oss`. */
  readonly tableBucketType?: string;
  readonly tableBucketArn?: string;
  /** `b_` and the bucket's name. */
  readonly tableNamespace?: string;
  readonly journalTable?: JournalTableState;
  readonly inventoryTable?: InventoryTableState;
}

const state = (): Shape<MetadataTableState> => ({
  tableStatus: text,
  tableName: text,
  tableArn: text,
  errorCode: named("Error/ErrorCode", text),
  errorMessage: named("Error/ErrorMessage", text),
});

/**
 * Has tables kept that tell of the objects in a bucket and of their changes.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createBucketMetadataConfiguration, createClient } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createBucketMetadataConfiguration(client, { journalTable: { expiration: "ENABLED", days: 7 } });
 * ```
 * @see https://help.aliyun.com/zh/oss/developer-reference/createbucketmetadataconfiguration
 */
export const createBucketMetadataConfiguration: Operation<CreateBucketMetadataConfigurationInput, Result> =
  /* @__PURE__ */ operation(() => ({
    name: "CreateBucketMetadataConfiguration",
    method: "POST",
    subresource: "metadataConfiguration",
    wire: {
      journalTable: named("JournalTableConfiguration", object<JournalTable>(journalShape())),
      inventoryTable: named("InventoryTableConfiguration", object<InventoryTable>(inventoryShape())),
    },
    body: xmlBody("MetadataConfiguration"),
    result: emptyResult,
  }));

/**
 * Tells which tables are kept of the objects in a bucket, and where they are.
 * @throws ServiceError `MetadataConfigurationNotFound`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createBucketMetadataConfiguration, createClient, getBucketMetadataConfiguration } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createBucketMetadataConfiguration(client, { journalTable: { expiration: "ENABLED", days: 7 } });
 * console.log((await getBucketMetadataConfiguration(client, {})).journalTable?.tableArn);
 * ```
 * @see https://help.aliyun.com/zh/oss/developer-reference/getbucketmetadataconfiguration
 */
export const getBucketMetadataConfiguration: Operation<BaseInput, GetBucketMetadataConfigurationResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetBucketMetadataConfiguration",
    method: "GET",
    subresource: "metadataConfiguration",
    result: treeResult("GetBucketMetadataConfigurationResult", {
      tableBucketType: named("MetadataConfigurationResult/DestinationResult/TableBucketType", text),
      tableBucketArn: named("MetadataConfigurationResult/DestinationResult/TableBucketArn", text),
      tableNamespace: named("MetadataConfigurationResult/DestinationResult/TableNamespace", text),
      journalTable: named(
        "MetadataConfigurationResult/JournalTableConfigurationResult",
        object<JournalTableState>({ ...journalShape(), ...state() }),
      ),
      inventoryTable: named(
        "MetadataConfigurationResult/InventoryTableConfigurationResult",
        object<InventoryTableState>({ ...inventoryShape(), ...state() }),
      ),
    }),
  }));

/**
 * Has no more tables kept of the objects in a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketMetadataConfiguration } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketMetadataConfiguration(client, {});
 * ```
 * @see https://help.aliyun.com/zh/oss/developer-reference/deletebucketmetadataconfiguration
 */
export const deleteBucketMetadataConfiguration: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketMetadataConfiguration",
  method: "DELETE",
  subresource: "metadataConfiguration",
  result: emptyResult,
}));
