/**
 * CopyObject.
 * @module
 */
import { invalidArgument, lenient, type ObjectCall } from "../call.ts";
import { findCopySource } from "../copy_source.ts";
import { encryptionOf } from "../encryption.ts";
import { objectAcl, storageClass, storedHeaders } from "../object_headers.ts";
import { taggingHeader } from "../object_tagging.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import type { RouteAnswer } from "../wire.ts";
import { xmlDocument } from "../xml_write.ts";
import { checkOverwrite, crcHeader, storeObject, wholeSeconds } from "./put_object.ts";

/** Whether a directive says that the request's own facts are taken instead of the source's. */
function replaces(call: ObjectCall, header: string): boolean {
  const directive = (call.headers.get(header) ?? "COPY").toUpperCase();
  if (directive === "COPY" || directive === "REPLACE") return directive === "REPLACE";
  throw invalidArgument(header, directive, "Unknown directive.");
}

/** Metadata and tags of a copy. */
function factsOf(call: ObjectCall, source: ObjectRecord, self: boolean): Pick<ObjectRecord, "headers" | "tagging"> {
  // Copied onto itself an object takes what the request says, whatever the directive.
  const fresh = replaces(call, "x-oss-metadata-directive") || (self && !lenient(call, "self-copy"));
  const tags = replaces(call, "x-oss-tagging-directive") ? taggingHeader(call.headers) : source;
  return {
    headers: fresh ? storedHeaders(call) : source.headers,
    ...(tags.tagging && { tagging: tags.tagging }),
  };
}

async function copyObject(call: ObjectCall): Promise<RouteAnswer> {
  const { bucket, key, headers } = call;
  const forbid = headers.get("x-oss-forbid-overwrite");
  checkOverwrite(bucket, key, forbid);
  const { bucket: sourceBucket, object: source, version: sourceVersion } = findCopySource(call);
  const self = sourceBucket === bucket && source.key === key && bucket.record.versioning === undefined;
  const { content, crc64, md5, etag } = source;
  const encryption = encryptionOf(call);
  // A copy of parts is an ordinary object: what matters to the ETag is the content alone. A copied link is a link.
  const kind = source.target === undefined ? { type: "Normal" as const } : { type: source.type, target: source.target };
  const record: ObjectRecord = {
    ...{ key, content, etag, crc64, md5, modified: wholeSeconds(call.now), ...kind },
    ...factsOf(call, source, self),
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
