/**
 * DeleteObject and DeleteMultipleObjects.
 * @module
 */
import { allow } from "../access.ts";
import { type BucketCall, lenient, type ObjectCall } from "../call.ts";
import { checkImmutable } from "../immutable.ts";
import { checkLength, receiveText } from "../receive.ts";
import { isMarker, type VersionRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { encodeText } from "../text.ts";
import { checkVersionId, newVersion, versionHeader, versionName } from "../versions.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml } from "../xml_read.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";
import { wholeSeconds } from "./put_object.ts";

/** Most keys of one request. */
const MAX_KEYS = 1000;

/** What became of a key: a version that is gone, or a delete marker that was made. */
interface Deletion {
  readonly version: VersionRecord | undefined;
  readonly deleteMarker: boolean;
}

/** Deletes a version for good, or puts a delete marker on top where versions are kept. */
async function deleteVersion(call: BucketCall, key: string, named: string | undefined): Promise<Deletion> {
  const { bucket, service } = call;
  if (named !== undefined || bucket.record.versioning === undefined) {
    const versionId = named === "null" ? undefined : named;
    const version = await service.state.removeVersion(bucket, key, versionId);
    return { version, deleteMarker: version !== undefined && isMarker(version) };
  }
  const marker = { key, modified: wholeSeconds(call.now), deleteMarker: true, ...newVersion(service, bucket) } as const;
  await service.state.putObject(bucket, marker);
  return { version: marker, deleteMarker: true };
}

/** Refuses to delete what is protected. */
function checkDeletable(call: BucketCall, key: string, named: string | undefined): void {
  const bypass = call.headers.get("x-oss-bypass-governance-retention") === "true";
  checkImmutable(call.bucket, key, named, call.now, bypass);
}

async function deleteObject(call: ObjectCall): Promise<RouteAnswer> {
  const named = call.query.get("versionId");
  checkVersionId(named);
  checkDeletable(call, call.key, named);
  const { version, deleteMarker } = await deleteVersion(call, call.key, named);
  const told = version === undefined ? { "x-oss-version-id": named } : versionHeader(call.bucket, version);
  return { status: 204, headers: { ...told, "x-oss-delete-marker": deleteMarker ? "true" : undefined } };
}

function malformed(message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, "MalformedXML", message, { ec });
}

async function deleteMultipleObjects(call: BucketCall): Promise<RouteAnswer> {
  checkLength(call);
  const relaxed = lenient(call, "delete-limits");
  if (!call.headers.has("content-md5") && !relaxed) {
    const message = "Missing Some Required Arguments.";
    throw new ServiceFault(400, "MissingArgument", message, {
      ec: "0016-00000606",
      extras: { ArgumentName: "Content-MD5" },
    });
  }
  const text = await receiveText(call, relaxed ? 64 * 1024 ** 2 : undefined);
  const root = readXml(text, "Delete", { syntax: "0016-00000607", root: "0016-00000608" });
  const objects = root.children.filter((child) => child.name === "Object");
  if (objects.length === 0) throw malformed("The XML names no object.", "0016-00000615");
  if (objects.length > MAX_KEYS && !relaxed) throw malformed("The XML names too many objects.");
  const named = objects.map((object) => ({
    key: childText(object, "Key") ?? "",
    versionId: childText(object, "VersionId") || undefined,
  }));
  if (named.some(({ key }) => key === "")) throw malformed("An object has no key.");
  for (const { key, versionId } of named) allow(call, call.bucket, key, "write", versionId ?? null);
  for (const { key, versionId } of named) checkDeletable(call, key, versionId);
  const encode = call.query.get("encoding-type") === "url";
  const deleted: XmlValue[] = [];
  for (const { key, versionId } of named) {
    const { version, deleteMarker } = await deleteVersion(call, key, versionId);
    const marker = version !== undefined && deleteMarker;
    deleted.push({
      Key: encode ? encodeText(key) : key,
      VersionId: versionId,
      DeleteMarker: marker ? true : undefined,
      DeleteMarkerVersionId: marker ? versionName(version) : undefined,
    });
  }
  if (childText(root, "Quiet")?.trim() === "true") return {};
  return { body: xmlDocument("DeleteResult", { EncodingType: encode ? "url" : undefined, Deleted: deleted }) };
}

/** The rows of deletes. */
export const deleteObjectRoutes: readonly Route[] = [
  { operation: "DeleteObject", method: "DELETE", scope: "object", access: "write", run: deleteObject },
  {
    operation: "DeleteMultipleObjects",
    method: "POST",
    scope: "bucket",
    query: ["delete"],
    access: "route",
    cors: true,
    run: deleteMultipleObjects,
  },
];
