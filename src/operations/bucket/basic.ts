/**
 * PutBucket, DeleteBucket, GetBucketInfo and GetBucketLocation.
 * @module
 */
import { boolean, date, named, object, text } from "../../codec/shape.ts";
import { encodeQuery } from "../../codec/uri.ts";
import { writeXml } from "../../codec/xml_writer.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { BucketAcl, OpenEnum, Result, StorageClass } from "../../types.ts";
import { type EncryptionHeaders, encryptionWire, inBody } from "../fields.ts";
import { type Owner, ownerShape } from "../owner.ts";

/** How many zones keep copies: one (LRS) or several (ZRS). */
export type DataRedundancyType = "LRS" | "ZRS";

/** Input of PutBucket; how it is encrypted is how its objects are, unless they say otherwise. */
export interface PutBucketInput extends BaseInput, EncryptionHeaders {
  /** @default "private" */
  readonly acl?: BucketAcl | undefined;
  /** @default "Standard" */
  readonly storageClass?: OpenEnum<StorageClass> | undefined;
  /** @default "LRS" */
  readonly dataRedundancyType?: OpenEnum<DataRedundancyType> | undefined;
  /** @default the account's default group */
  readonly resourceGroupId?: string | undefined;
  /** At most 20 tags, keys up to 64, values up to 128 bytes. */
  readonly tagging?: Readonly<Record<string, string>> | undefined;
  /** Whether keys are folders and files, for good. @default "disabled" */
  readonly hnsStatus?: OpenEnum<"enabled" | "disabled"> | undefined;
}

interface CreateBucketConfiguration {
  storageClass: string | undefined;
  dataRedundancyType: string | undefined;
}

/**
 * Creates a bucket in the client's region. Names are global.
 * @throws ServiceError `BucketAlreadyExists`, `TooManyBuckets`, `InvalidBucketName`
 * @example
 * ```ts
 * import { createClient, putBucket } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS();
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucket(client, { acl: "private", storageClass: "IA" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbucket
 */
export const putBucket: Operation<PutBucketInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucket",
  method: "PUT",
  wire: {
    acl: "x-oss-acl",
    resourceGroupId: "x-oss-resource-group-id",
    tagging: ["x-oss-bucket-tagging", (tags) => encodeQuery(Object.entries(tags))],
    hnsStatus: "x-oss-hns-status",
    ...encryptionWire(),
    storageClass: inBody,
    dataRedundancyType: inBody,
  },
  body: ({ storageClass, dataRedundancyType }) =>
    storageClass || dataRedundancyType
      ? writeXml<CreateBucketConfiguration>(
          "CreateBucketConfiguration",
          { storageClass: text, dataRedundancyType: text },
          { storageClass, dataRedundancyType },
        )
      : undefined,
  result: emptyResult,
}));

/**
 * Deletes an empty bucket.
 * @throws ServiceError `BucketNotEmpty`, `NoSuchBucket`
 * @example
 * ```ts
 * import { createClient, deleteBucket } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteBucket(client, {});
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucket
 */
export const deleteBucket: Operation<BaseInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteBucket",
  method: "DELETE",
  result: emptyResult,
}));

/** The encryption rule of a bucket. */
export interface BucketEncryption {
  /** `None` when there is no rule. */
  readonly sseAlgorithm?: OpenEnum<"None" | "AES256" | "KMS" | "SM4">;
  readonly kmsMasterKeyId?: string;
  readonly kmsDataEncryption?: string;
}

/** Result of GetBucketInfo. */
export interface GetBucketInfoResult extends Result {
  readonly name: string;
  /** With `oss-`: `oss-cn-hangzhou`. */
  readonly location: string;
  readonly creationDate?: Date;
  readonly extranetEndpoint?: string;
  readonly intranetEndpoint?: string;
  readonly storageClass?: OpenEnum<StorageClass>;
  readonly dataRedundancyType?: OpenEnum<DataRedundancyType>;
  readonly acl?: OpenEnum<BucketAcl>;
  readonly owner?: Owner;
  readonly comment?: string;
  readonly versioning?: OpenEnum<"Enabled" | "Suspended">;
  readonly accessMonitor?: OpenEnum<"Enabled" | "Disabled">;
  readonly transferAcceleration?: OpenEnum<"Enabled" | "Disabled">;
  readonly crossRegionReplication?: OpenEnum<"Enabled" | "Disabled">;
  readonly resourceGroupId?: string;
  readonly blockPublicAccess?: boolean;
  readonly serverSideEncryption?: BucketEncryption;
  readonly logBucket?: string;
  readonly logPrefix?: string;
}

/**
 * Reads what a bucket is: class, redundancy, endpoints, owner, ACL, encryption.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketInfo } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketInfo(client, {})).storageClass);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketinfo
 */
export const getBucketInfo: Operation<BaseInput, GetBucketInfoResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketInfo",
  method: "GET",
  subresource: "bucketInfo",
  result: treeResult("BucketInfo", {
    name: named("Bucket/Name", text),
    location: named("Bucket/Location", text),
    creationDate: named("Bucket/CreationDate", date),
    extranetEndpoint: named("Bucket/ExtranetEndpoint", text),
    intranetEndpoint: named("Bucket/IntranetEndpoint", text),
    storageClass: named("Bucket/StorageClass", text),
    dataRedundancyType: named("Bucket/DataRedundancyType", text),
    acl: named("Bucket/AccessControlList/Grant", text),
    owner: named("Bucket/Owner", object<Owner>(ownerShape())),
    comment: named("Bucket/Comment", text),
    versioning: named("Bucket/Versioning", text),
    accessMonitor: named("Bucket/AccessMonitor", text),
    transferAcceleration: named("Bucket/TransferAcceleration", text),
    crossRegionReplication: named("Bucket/CrossRegionReplication", text),
    resourceGroupId: named("Bucket/ResourceGroupId", text),
    blockPublicAccess: named("Bucket/BlockPublicAccess", boolean),
    serverSideEncryption: named(
      "Bucket/ServerSideEncryptionRule",
      object<BucketEncryption>({
        sseAlgorithm: named("SSEAlgorithm", text),
        kmsMasterKeyId: named("KMSMasterKeyID", text),
        kmsDataEncryption: named("KMSDataEncryption", text),
      }),
    ),
    logBucket: named("Bucket/BucketPolicy/LogBucket", text),
    logPrefix: named("Bucket/BucketPolicy/LogPrefix", text),
  }),
}));

/** Result of GetBucketLocation. */
export interface GetBucketLocationResult extends Result {
  /** With `oss-`: `oss-cn-hangzhou`. */
  readonly location: string;
}

/**
 * Reads the region of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketLocation } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketLocation(client, {})).location);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketlocation
 */
export const getBucketLocation: Operation<BaseInput, GetBucketLocationResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketLocation",
  method: "GET",
  subresource: "location",
  result: treeResult("LocationConstraint", { location: named(".", text) }),
}));
