/**
 * The source of copies: `x-oss-copy-source`, its conditions and who may read it.
 * @module
 */
import { allow } from "./access.ts";
import { checkReadable } from "./archive.ts";
import { invalidArgument, lenient, noSuchBucket, type ObjectCall } from "./call.ts";
import { checkConditions } from "./conditions.ts";
import { type Bucket, isMarker, type ObjectRecord } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import { decodeText } from "./text.ts";
import { findObject, namedVersion, versionHeader, versionName } from "./versions.ts";

/** Where a copy comes from. */
export interface CopySource {
  readonly bucket: Bucket;
  readonly object: ObjectRecord;
  /** The header that names the version that was copied. */
  readonly version: Readonly<Record<"x-oss-copy-source-version-id", string | undefined>>;
}

function refuse(header: string, message: string, ec?: string): ServiceFault {
  return invalidArgument("x-oss-copy-source", header, message, ec);
}

/** The version that a source names: `?versionId=` and nothing else may follow the key. */
function versionIdOf(header: string, query: string | undefined): string | undefined {
  if (query === undefined) return undefined;
  const [, named] = /^versionId=([^&]*)$/.exec(query) ?? [];
  if (named === undefined) throw refuse(header, "Copy Source may have the parameter versionId only.", "0016-00000304");
  if (named === "") throw refuse(header, "The versionId of Copy Source must not be empty.", "0016-00000305");
  return decodeText(named) ?? named;
}

/** A delete marker has nothing to copy. */
function checkMarker(bucket: Bucket, key: string, named: string | undefined): void {
  const version = named === undefined ? undefined : namedVersion(bucket, key, named);
  if (version === undefined || !isMarker(version)) return;
  throw new ServiceFault(404, "NoSuchKey", "The version of Copy Source is a delete marker.", {
    ec: "0016-00000307",
    extras: { Key: key },
    headers: { "x-oss-delete-marker": "true", "x-oss-version-id": versionName(version) },
  });
}

/**
 * Finds the source of a copy.
 * @param call the copy
 * @throws ServiceFault when it does not exist, may not be read, is in another region, or a condition fails
 */
export function findCopySource(call: ObjectCall): CopySource {
  const { state } = call.service;
  const header = call.headers.get("x-oss-copy-source") ?? "";
  const [path = "", query] = header.split("?", 2);
  const decoded = decodeText(path)?.replace(/^\//, "") ?? "";
  const slash = decoded.indexOf("/");
  if (slash < 1 || slash === decoded.length - 1) {
    throw refuse(header, "Copy Source must mention the source bucket and key.");
  }
  const name = decoded.slice(0, slash);
  const key = decoded.slice(slash + 1);
  const named = versionIdOf(header, query);
  const bucket = state.buckets.get(name);
  if (bucket === undefined) throw noSuchBucket(name);
  allow(call, bucket, key, "read", named ?? null);
  if (bucket.record.region !== call.bucket.record.region && !lenient(call, "copy-region")) {
    const message = "Target object does not reside in the same data center as source object.";
    throw new ServiceFault(403, "AccessDenied", message);
  }
  checkMarker(bucket, key, named);
  const object = findObject(bucket, key, named);
  checkConditions(call.headers, object, "x-oss-copy-source-");
  checkReadable(call, object);
  const { "x-oss-version-id": version } = versionHeader(bucket, object);
  return { bucket, object, version: { "x-oss-copy-source-version-id": version } };
}
