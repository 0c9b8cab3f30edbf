/**
 * CopyObject.
 * @module
 */
import { invalidArgument, lenient, type ObjectCall } from "../call.ts";
import { findCopySource } from "../copy_source.ts";
import { encryptionOf } from "../encryption.ts";
import { objectAcl, storageClass, storedHeaders } from "../object_headers.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import type { RouteAnswer } from "../wire.ts";
import { xmlDocument } from "../xml_write.ts";
import { checkOverwrite, crcHeader, storeObject, wholeSeconds } from "./put_object.ts";

/** Whether the request's own metadata are taken instead of the source's. */
function replaces(call: ObjectCall, self: boolean): boolean {
  const directive = (call.headers.get("x-oss-metadata-directive") ?? "COPY").toUpperCase();
  if (directive !== "COPY" && directive !== "REPLACE") {
    throw invalidArgument("x-oss-metadata-directive", directive, "Unknown metadata directive.");
  }
  // Copied onto itself an object takes what the request says, whatever the directive.
  return directive === "REPLACE" || (self && !lenient(call, "self-copy"));
}

async function copyObject(call: ObjectCall): Promise<RouteAnswer> {
  const { bucket, key, headers } = call;
  const forbid = headers.get("x-oss-forbid-overwrite");
  checkOverwrite(bucket, key, forbid);
  const { bucket: sourceBucket, object: source, version: sourceVersion } = findCopySource(call);
  const self = sourceBucket === bucket && source.key === key && bucket.record.versioning === undefined;
  const { content, crc64, md5, etag } = source;
  const encryption = encryptionOf(call);
  // A copy of parts is an ordinary object: what matters to the ETag is the content alone.
  const record: ObjectRecord = {
    ...{ key, content, etag, crc64, md5, modified: wholeSeconds(call.now), type: "Normal" },
    headers: replaces(call, self) ? storedHeaders(call) : source.headers,
    encryption,
    acl: objectAcl(headers.get("x-oss-object-acl")),
    storageClass: storageClass(headers.get("x-oss-storage-class"), bucket.record.storageClass),
  };
  const version = await storeObject(call, bucket, record, forbid);
  const document = { ETag: etag, LastModified: new Date(record.modified).toISOString() };
  const answered = { etag, ...version, ...sourceVersion, ...encryption, ...crcHeader(call, crc64) };
  return { headers: answered, body: xmlDocument("CopyObjectResult", document) };
}

/** The row of CopyObject. */
export const copyObjectRoutes: readonly Route[] = [
  {
    operation: "CopyObject",
    method: "PUT",
    scope: "object",
    header: "x-oss-copy-source",
    access: "write",
    run: copyObject,
  },
];
