/**
 * The source of copies: `x-oss-copy-source`, its conditions and who may read it.
 * @module
 */
import { allow } from "./access.ts";
import { checkReadable } from "./archive.ts";
import { invalidArgument, lenient, noSuchBucket, noSuchKey, type ObjectCall } from "./call.ts";
import { checkConditions } from "./conditions.ts";
import type { Bucket, ObjectRecord } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import { decodeText } from "./text.ts";

/** Where a copy comes from. */
export interface CopySource {
  readonly bucket: Bucket;
  readonly object: ObjectRecord;
}

/**
 * Finds the source of a copy.
 * @param call the copy
 * @throws ServiceFault when it does not exist, may not be read, is in another region, or a condition fails
 */
export function findCopySource(call: ObjectCall): CopySource {
  const { state } = call.service;
  const header = call.headers.get("x-oss-copy-source") ?? "";
  const [path = ""] = header.split("?");
  const decoded = decodeText(path)?.replace(/^\//, "") ?? "";
  const slash = decoded.indexOf("/");
  if (slash < 1 || slash === decoded.length - 1) {
    throw invalidArgument("x-oss-copy-source", header, "Copy Source must mention the source bucket and key.");
  }
  const name = decoded.slice(0, slash);
  const key = decoded.slice(slash + 1);
  const bucket = state.buckets.get(name);
  if (bucket === undefined) throw noSuchBucket(name);
  allow(call, bucket, key, "read");
  if (bucket.record.region !== call.bucket.record.region && !lenient(call, "copy-region")) {
    const message = "Target object does not reside in the same data center as source object.";
    throw new ServiceFault(403, "AccessDenied", message);
  }
  const object = bucket.objects.get(key);
  if (object === undefined) throw noSuchKey(key);
  checkConditions(call.headers, object, "x-oss-copy-source-");
  checkReadable(call, object);
  return { bucket, object };
}
