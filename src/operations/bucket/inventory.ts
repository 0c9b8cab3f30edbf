/**
 * PutBucketInventory, GetBucketInventory, DeleteBucketInventory and ListBucketInventory.
 * @module
 */
import { boolean, type FieldFor, list, named, number, object, type Shape, text } from "../../codec/shape.ts";
import { writeXml } from "../../codec/xml_writer.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { required } from "../required.ts";

/** Names an inventory of a bucket. */
export interface InventoryId {
  readonly inventoryId: string;
}

/** Which objects an inventory lists. */
export interface InventoryFilter {
  readonly prefix?: string | undefined;
  /** Last modified from then on, in seconds since 1970. */
  readonly lastModifyBeginTimeStamp?: number | undefined;
  /** Last modified until then, in seconds since 1970. */
  readonly lastModifyEndTimeStamp?: number | undefined;
  /** Bytes. */
  readonly lowerSizeBound?: number | undefined;
  /** Bytes. */
  readonly upperSizeBound?: number | undefined;
  /** Classes with commas between them: `Standard,IA`. @default All */
  readonly storageClass?: string | undefined;
}

/** Where an inventory is put. */
export interface InventoryDestination {
  readonly format: OpenEnum<"CSV" | "ORC" | "Parquet">;
  /** Owner of the bucket. */
  readonly accountId: string;
  /** Role that reads the one bucket and writes the other: `acs:ram::ACCOUNT:role/NAME`. */
  readonly roleArn: string;
  /** `acs:oss:::BUCKET`. */
  readonly bucket: string;
  readonly prefix?: string | undefined;
  /** `""` encrypts the inventory with keys of OSS. */
  readonly sseOss?: string | undefined;
  /** Encrypts the inventory with this key of KMS. */
  readonly sseKmsKeyId?: string | undefined;
}

/** What changed since, listed every few minutes. */
export interface IncrementalInventory {
  readonly isEnabled: boolean;
  /** Seconds between two lists: 600. */
  readonly frequency?: number | undefined;
  readonly optionalFields?:
    | readonly OpenEnum<"SequenceNumber" | "RecordType" | "RecordTimestamp" | "Requester" | "RequestId" | "SourceIp">[]
    | undefined;
}

/** Lists of the objects of a bucket, made regularly. */
export interface InventoryConfiguration extends InventoryId {
  readonly isEnabled: boolean;
  readonly filter?: InventoryFilter | undefined;
  readonly destination: InventoryDestination;
  readonly frequency: OpenEnum<"Daily" | "Weekly">;
  /** Whether earlier versions are listed as well. */
  readonly includedObjectVersions: OpenEnum<"All" | "Current">;
  /** What is told of each object beside bucket and key. */
  readonly optionalFields?:
    | readonly OpenEnum<
        | "Size"
        | "LastModifiedDate"
        | "TransitionTime"
        | "LastAccessTime"
        | "StorageClass"
        | "ETag"
        | "IsMultipartUploaded"
        | "EncryptionStatus"
        | "ObjectAcl"
        | "TaggingCount"
        | "ObjectType"
        | "Crc64"
      >[]
    | undefined;
  readonly incrementalInventory?: IncrementalInventory | undefined;
}

const optionalFields = (): FieldFor<string[]> => named("OptionalFields/Field", list<string>(text));

const configuration = (): Shape<InventoryConfiguration> => ({
  inventoryId: named("Id", text),
  isEnabled: boolean,
  filter: object<InventoryFilter>({
    prefix: text,
    lastModifyBeginTimeStamp: number,
    lastModifyEndTimeStamp: number,
    lowerSizeBound: number,
    upperSizeBound: number,
    storageClass: text,
  }),
  destination: named(
    "Destination/OSSBucketDestination",
    object<InventoryDestination>({
      format: text,
      accountId: text,
      roleArn: text,
      bucket: text,
      prefix: text,
      sseOss: named("Encryption/SSE-OSS", text),
      sseKmsKeyId: named("Encryption/SSE-KMS/KeyId", text),
    }),
  ),
  frequency: named("Schedule/Frequency", text),
  includedObjectVersions: text,
  optionalFields: optionalFields(),
  incrementalInventory: object<IncrementalInventory>({
    isEnabled: boolean,
    frequency: named("Schedule/Frequency", number),
    optionalFields: optionalFields(),
  }),
});

/** Input of PutBucketInventory. */
export interface PutBucketInventoryInput extends BaseInput, InventoryConfiguration {}

/**
 * Has the objects of a bucket listed regularly.
 * @throws TypeError without an id
 * @throws ServiceError `InventoryAlreadyExist`, `InvalidArgument`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketInventory } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const destination = { format: "CSV", accountId: "1", roleArn: "acs:ram::1:role/a", bucket: "acs:oss:::photos" };
 * const schedule = { isEnabled: true, frequency: "Daily", includedObjectVersions: "Current" };
 * await putBucketInventory(client, { inventoryId: "report1", destination, ...schedule });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketinventory
 */
export const putBucketInventory: Operation<PutBucketInventoryInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketInventory",
  method: "PUT",
  subresource: "inventory",
  wire: { ...configuration(), inventoryId: "?inventoryId" },
  // Without the id a call would be another: GET ?inventory lists them all.
  request: required("inventoryId"),
  // Not by the wire: the id stands in the query and in the document.
  body: (input) => writeXml("InventoryConfiguration", configuration(), input),
  result: emptyResult,
}));

/** Input of GetBucketInventory. */
export interface GetBucketInventoryInput extends BaseInput, InventoryId {}

/** Result of GetBucketInventory. */
export interface GetBucketInventoryResult extends Result, InventoryConfiguration {}

/**
 * Reads one inventory of a bucket.
 * @throws TypeError without an id
 * @throws ServiceError `NoSuchInventory`
 * @example
 * ```ts
 * import { createClient, getBucketInventory, putBucketInventory } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const destination = { format: "CSV", accountId: "1", roleArn: "acs:ram::1:role/a", bucket: "acs:oss:::photos" };
 * const schedule = { isEnabled: true, frequency: "Daily", includedObjectVersions: "Current" };
 * await putBucketInventory(client, { inventoryId: "report1", destination, ...schedule });
 * console.log((await getBucketInventory(client, { inventoryId: "report1" })).frequency);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketinventory
 */
export const getBucketInventory: Operation<GetBucketInventoryInput, GetBucketInventoryResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetBucketInventory",
    method: "GET",
    subresource: "inventory",
    wire: { inventoryId: "?inventoryId" },
    request: required("inventoryId"),
    result: treeResult("InventoryConfiguration", configuration()),
  }));

/** Input of DeleteBucketInventory. */
export interface DeleteBucketInventoryInput extends BaseInput, InventoryId {}

/**
 * Ends one inventory of a bucket; what it has listed stays.
 * @throws TypeError without an id
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteBucketInventory } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucketInventory(client, { inventoryId: "report1" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketinventory
 */
export const deleteBucketInventory: Operation<DeleteBucketInventoryInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucketInventory",
  method: "DELETE",
  subresource: "inventory",
  wire: { inventoryId: "?inventoryId" },
  request: required("inventoryId"),
  result: emptyResult,
}));

/** Input of ListBucketInventory. */
export interface ListBucketInventoryInput extends BaseInput {
  /** `nextContinuationToken` of the page before. */
  readonly continuationToken?: string | undefined;
}

/** Result of ListBucketInventory. */
export interface ListBucketInventoryResult extends Result {
  readonly inventories: readonly InventoryConfiguration[];
  readonly isTruncated?: boolean;
  readonly nextContinuationToken?: string;
}

/**
 * Lists one page of the inventories of a bucket, at most 100; `pages` and `each` walk them all.
 * @throws ServiceError `NoSuchInventory` where there is none, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listBucketInventory, putBucketInventory } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const destination = { format: "CSV", accountId: "1", roleArn: "acs:ram::1:role/a", bucket: "acs:oss:::photos" };
 * const schedule = { isEnabled: true, frequency: "Daily", includedObjectVersions: "Current" };
 * await putBucketInventory(client, { inventoryId: "report1", destination, ...schedule });
 * for await (const inventory of each(client, listBucketInventory, {})) console.log(inventory.inventoryId);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listbucketinventory
 */
export const listBucketInventory: ListOperation<
  ListBucketInventoryInput,
  ListBucketInventoryResult,
  InventoryConfiguration
> = /* @__PURE__ */ listOperation(
  () => ({
    name: "ListBucketInventory",
    method: "GET",
    subresource: "inventory",
    wire: { continuationToken: "?continuation-token" },
    result: treeResult("ListInventoryConfigurationsResult", {
      inventories: named(
        "InventoryConfiguration",
        list<InventoryConfiguration>(object<InventoryConfiguration>(configuration())),
      ),
      isTruncated: boolean,
      nextContinuationToken: text,
    }),
  }),
  {
    next: ({ isTruncated, nextContinuationToken }) =>
      isTruncated ? { continuationToken: nextContinuationToken } : undefined,
    items: ({ inventories }) => inventories,
  },
);
