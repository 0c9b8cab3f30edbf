/**
 * Buckets: put, delete, info, location, statistics and ACL.
 * @module
 */

import type { BucketAcl } from "../../types.ts";
import { requireIdentity } from "../access.ts";
import { bucketBlocks } from "../access_block.ts";
import { aclDocument, isBucketAcl, ownerFacts, places } from "../bucket_facts.ts";
import { settingOf } from "../bucket_settings.ts";
import { DEFAULT_GROUP, setupDocuments } from "../bucket_setup.ts";
import { bucketStat } from "../bucket_stat.ts";
import { type BucketCall, invalidArgument, lenient, type NameCall } from "../call.ts";
import { storageClass } from "../object_headers.ts";
import { receiveText } from "../receive.ts";
import type { BucketRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml } from "../xml_read.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

/** Buckets of one account in one region. */
const MAX_BUCKETS = 100;

function bucketAcl(value: string | undefined, otherwise: BucketAcl): BucketAcl {
  if (value === undefined || value === "") return otherwise;
  if (isBucketAcl(value)) return value;
  throw invalidArgument("x-oss-acl", value, "The bucket ACL is not valid.");
}

/** Storage class and redundancy of the optional document. */
async function readSetup(call: NameCall): Promise<Pick<BucketRecord, "storageClass" | "redundancy">> {
  const text = await receiveText(call);
  const root = text.trim() === "" ? undefined : readXml(text, "CreateBucketConfiguration");
  const named = root === undefined ? undefined : childText(root, "StorageClass");
  const redundancy = root === undefined ? undefined : childText(root, "DataRedundancyType");
  return { storageClass: storageClass(named, "Standard"), redundancy: redundancy || "LRS" };
}

function checkQuota(call: NameCall, owner: string, region: string): void {
  if (lenient(call, "buckets")) return;
  let count = 0;
  for (const [, { record }] of call.service.state.buckets.from(() => false)) {
    if (record.owner === owner && record.region === region) count++;
  }
  if (count < MAX_BUCKETS) return;
  throw new ServiceFault(400, "TooManyBuckets", "You have attempted to create more buckets than allowed.");
}

async function putBucket(call: NameCall): Promise<RouteAnswer> {
  const { service, bucketName: name } = call;
  const { account } = requireIdentity(call);
  const known = service.state.buckets.get(name);
  const region = call.address.region ?? service.settings.region;
  const acl = bucketAcl(call.headers.get("x-oss-acl"), known?.record.acl ?? "private");
  const setup = { ...(await readSetup(call)), documents: setupDocuments(call) };
  if (known !== undefined && known.record.owner !== account.id) {
    const message =
      "The requested bucket name is not available. The bucket namespace is shared by all users of the system.";
    throw new ServiceFault(409, "BucketAlreadyExists", message, { extras: { BucketName: name } });
  }
  const headers = { location: `/${name}` };
  if (known !== undefined) {
    // One's own bucket again: only the ACL may change.
    await service.state.putBucket({ ...known.record, acl });
    return { headers };
  }
  checkQuota(call, account.id, region);
  await service.state.putBucket({ name, region, owner: account.id, created: call.now, acl, ...setup });
  return { headers };
}

async function deleteBucket(call: BucketCall): Promise<RouteAnswer> {
  const { bucket, bucketName } = call;
  const objects = bucket.objects.size > 0 ? "objects" : bucket.history.size > 0 ? "object versions" : undefined;
  const channels = Object.keys(bucket.record.channels ?? {}).length > 0 ? "live channels" : undefined;
  const what = objects ?? (bucket.uploads.size > 0 ? "multipart uploads" : channels);
  if (what !== undefined) {
    throw new ServiceFault(409, "BucketNotEmpty", `The bucket has ${what}. Please delete them first.`, {
      ec: "0015-00000301",
      extras: { BucketName: bucketName },
    });
  }
  await call.service.state.removeBucket(bucketName);
  return { status: 204 };
}

/** The default encryption; `None` is none. */
function encryptionRule(record: BucketRecord): XmlValue {
  const part = (name: string): string | undefined =>
    settingOf(record, "encryption", `ServerSideEncryptionRule/ApplyServerSideEncryptionByDefault/${name}`);
  return {
    SSEAlgorithm: part("SSEAlgorithm") ?? "None",
    KMSMasterKeyID: part("KMSMasterKeyID"),
    KMSDataEncryption: part("KMSDataEncryption"),
  };
}

function getBucketInfo({ bucket: { record } }: BucketCall): RouteAnswer {
  const accelerated = settingOf(record, "transferAcceleration", "TransferAccelerationConfiguration/Enabled");
  const logging = (part: string): string =>
    settingOf(record, "logging", `BucketLoggingStatus/LoggingEnabled/${part}`) ?? "";
  const info = {
    AccessMonitor: settingOf(record, "accessmonitor", "AccessMonitorConfiguration/Status") ?? "Disabled",
    BlockPublicAccess: bucketBlocks(record),
    CreationDate: new Date(record.created).toISOString(),
    ...places(record.region),
    StorageClass: record.storageClass,
    Versioning: record.versioning,
    TransferAcceleration: accelerated === "true" ? "Enabled" : "Disabled",
    CrossRegionReplication: "Disabled",
    DataRedundancyType: record.redundancy,
    Name: record.name,
    Owner: ownerFacts(record.owner),
    AccessControlList: { Grant: record.acl },
    ServerSideEncryptionRule: encryptionRule(record),
    ResourceGroupId:
      settingOf(record, "resourceGroup", "BucketResourceGroupConfiguration/ResourceGroupId") ?? DEFAULT_GROUP,
    BucketPolicy: { LogBucket: logging("TargetBucket"), LogPrefix: logging("TargetPrefix") },
  };
  return { body: xmlDocument("BucketInfo", { Bucket: info }) };
}

function getBucketStat({ bucket, now }: BucketCall): RouteAnswer {
  return { body: xmlDocument("BucketStat", bucketStat(bucket, now)) };
}

function getBucketLocation({ bucket }: BucketCall): RouteAnswer {
  return { body: xmlDocument("LocationConstraint", `oss-${bucket.record.region}`) };
}

function getBucketAcl({ bucket }: BucketCall): RouteAnswer {
  return { body: aclDocument(bucket.record, bucket.record.acl) };
}

async function putBucketAcl(call: BucketCall): Promise<RouteAnswer> {
  const value = call.headers.get("x-oss-acl");
  if (value === undefined) throw invalidArgument("x-oss-acl", "", "The bucket ACL is missing.");
  const { record } = call.bucket;
  await call.service.state.putBucket({ ...record, acl: bucketAcl(value, record.acl) });
  return {};
}

/** The rows of buckets. */
export const bucketRoutes: readonly Route[] = [
  { operation: "PutBucket", method: "PUT", scope: "name", access: "owner", run: putBucket },
  { operation: "DeleteBucket", method: "DELETE", scope: "bucket", access: "owner", run: deleteBucket },
  {
    operation: "GetBucketInfo",
    method: "GET",
    scope: "bucket",
    query: ["bucketInfo"],
    access: "owner",
    run: getBucketInfo,
  },
  {
    operation: "GetBucketLocation",
    method: "GET",
    scope: "bucket",
    query: ["location"],
    access: "owner",
    run: getBucketLocation,
  },
  { operation: "GetBucketStat", method: "GET", scope: "bucket", query: ["stat"], access: "owner", run: getBucketStat },
  { operation: "GetBucketAcl", method: "GET", scope: "bucket", query: ["acl"], access: "owner", run: getBucketAcl },
  { operation: "PutBucketAcl", method: "PUT", scope: "bucket", query: ["acl"], access: "owner", run: putBucketAcl },
];
