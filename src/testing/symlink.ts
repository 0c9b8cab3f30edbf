/**
 * Symbolic links: what a read finds behind them.
 * @module
 */
import { allow } from "./access.ts";
import type { BucketCall } from "./call.ts";
import type { ObjectRecord } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";

/**
 * The object that a link points to; any other object stands for itself.
 * @throws ServiceFault where there is none, it may not be read, or it is a link itself
 */
export function targetOf(call: BucketCall, object: ObjectRecord): ObjectRecord {
  const { target: key } = object;
  if (key === undefined) return object;
  const target = call.bucket.objects.get(key);
  if (target === undefined) {
    const message = "The symlink target object does not exist";
    throw new ServiceFault(404, "SymlinkTargetNotExist", message, { ec: "0026-00000012", extras: { Target: key } });
  }
  if (target.target !== undefined) {
    throw new ServiceFault(400, "InvalidTargetType", "The symbolic's target file type is invalid.");
  }
  allow(call, call.bucket, key, "read", null);
  return target;
}

/**
 * What a read of an object answers: of a link, the bytes are those of its target, the date is that of the later one,
 * and all else is the link's own.
 */
export function followed(call: BucketCall, object: ObjectRecord): ObjectRecord {
  const { content, etag, md5, crc64, modified } = targetOf(call, object);
  return { ...object, content, etag, md5, crc64, modified: Math.max(modified, object.modified) };
}
