/**
 * PutObject, and what all ways of making an object share.
 * @module
 */

import { type Call, invalidArgument, lenient, noSuchBucket, type ObjectCall } from "../call.ts";
import { callBack, readCallback } from "../callback.ts";
import { encryptionOf } from "../encryption.ts";
import { checkImmutable, defaultRetention } from "../immutable.ts";
import { objectAcl, storageClass, storedHeaders } from "../object_headers.ts";
import { taggingHeader } from "../object_tagging.ts";
import { checkLength, receive } from "../receive.ts";
import type { Bucket, ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { newVersion, type VersionHeader, versionHeader } from "../versions.ts";
import type { RouteAnswer } from "../wire.ts";

/** Whole seconds, which is all that dates on the wire can say. */
export function wholeSeconds(now: number): number {
  return Math.floor(now / 1000) * 1000;
}

/**
 * Refuses to replace an object where the request forbids that.
 * @param forbid value of `x-oss-forbid-overwrite`
 * @param ec number of the error
 * @throws ServiceFault FileAlreadyExists; InvalidArgument for a value that is neither true nor false
 */
export function checkOverwrite(bucket: Bucket, key: string, forbid: string | undefined, ec = "0026-00000002"): void {
  const wanted = forbid?.toLowerCase() ?? "";
  if (!["", "true", "false"].includes(wanted)) {
    const message = "The x-oss-forbid-overwrite must be true or false.";
    throw invalidArgument("x-oss-forbid-overwrite", wanted, message, "0017-00000279");
  }
  // Nothing is lost where versions are kept, so nothing is forbidden.
  if (wanted !== "true" || bucket.record.versioning !== undefined || bucket.objects.get(key) === undefined) return;
  const message = "The object you specified already exists and can not be overwritten.";
  throw new ServiceFault(409, "FileAlreadyExists", message, { ec, extras: { Key: key } });
}

/**
 * Stores an object as the newest version, unless its bucket went away or the key was taken while the body came in.
 * @param forbid value of `x-oss-forbid-overwrite`
 * @returns the header that names the version
 */
export async function storeObject(
  call: Call,
  bucket: Bucket,
  record: ObjectRecord,
  forbid: string | undefined,
): Promise<VersionHeader> {
  const { state } = call.service;
  if (state.buckets.get(bucket.record.name) !== bucket) throw noSuchBucket(bucket.record.name);
  checkOverwrite(bucket, record.key, forbid);
  checkImmutable(bucket, record.key, undefined, call.now);
  const retention = defaultRetention(bucket, call.now);
  const version = newVersion(call.service, bucket);
  await state.putObject(bucket, { ...record, retention, ...version });
  return versionHeader(bucket, version);
}

/** The CRC-64 header, which not every answer has. */
export function crcHeader(call: Call, crc64: bigint): Record<string, string> {
  return lenient(call, "no-crc") ? {} : { "x-oss-hash-crc64ecma": String(crc64) };
}

async function putObject(call: ObjectCall): Promise<RouteAnswer> {
  const { bucket, key, headers } = call;
  checkLength(call);
  const forbid = headers.get("x-oss-forbid-overwrite");
  checkOverwrite(bucket, key, forbid);
  const facts = {
    headers: storedHeaders(call),
    encryption: encryptionOf(call),
    acl: objectAcl(headers.get("x-oss-object-acl")),
    storageClass: storageClass(headers.get("x-oss-storage-class"), bucket.record.storageClass),
    ...taggingHeader(headers),
  };
  const wish = readCallback(call);
  const received = await receive(call);
  const { content, etag, crc64, md5 } = received;
  const record: ObjectRecord = {
    key,
    content,
    etag,
    crc64,
    md5,
    modified: wholeSeconds(call.now),
    type: "Normal",
    ...facts,
  };
  const version = await storeObject(call, bucket, record, forbid);
  const answered = { etag, "content-md5": md5, ...version, ...facts.encryption, ...crcHeader(call, crc64) };
  return callBack(call, wish, record, "PutObject", { headers: answered });
}

/** The row of PutObject. */
export const putObjectRoutes: readonly Route[] = [
  { operation: "PutObject", method: "PUT", scope: "object", access: "write", run: putObject },
];
