/**
 * PutSymlink and GetSymlink.
 * @module
 */
import { crc64 } from "../../checksum/crc64.ts";
import { httpDate } from "../../codec/time.ts";
import { encodeUtf8 } from "../../codec/utf8.ts";
import { invalidArgument, type ObjectCall } from "../call.ts";
import { EMPTY } from "../contents.ts";
import { opaqueEtag } from "../etags.ts";
import { checkKey, objectAcl, storageClass, storedHeaders } from "../object_headers.ts";
import { taggingHeader } from "../object_tagging.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { decodeText, encodeText } from "../text.ts";
import { objectOf, versionHeader } from "../versions.ts";
import type { RouteAnswer } from "../wire.ts";
import { checkOverwrite, storeObject, wholeSeconds } from "./put_object.ts";

/** Nobody asks yet whether the target exists, and what it is. */
function readTarget(call: ObjectCall): string {
  const header = call.headers.get("x-oss-symlink-target") ?? "";
  const target = decodeText(header);
  if (target === undefined || target === "") {
    throw invalidArgument("x-oss-symlink-target", header, "The symlink target is missing.", "0043-00000001");
  }
  checkKey(call, target);
  return target;
}

async function putSymlink(call: ObjectCall): Promise<RouteAnswer> {
  const { bucket, key, headers } = call;
  const forbid = headers.get("x-oss-forbid-overwrite");
  checkOverwrite(bucket, key, forbid);
  const target = readTarget(call);
  const bytes = encodeUtf8(target);
  const record: ObjectRecord = {
    ...{ key, target, type: "Symlink", content: EMPTY, crc64: 0n, modified: wholeSeconds(call.now) },
    etag: opaqueEtag(crc64(bytes), bytes.length),
    headers: storedHeaders(call),
    acl: objectAcl(headers.get("x-oss-object-acl")),
    storageClass: storageClass(headers.get("x-oss-storage-class"), bucket.record.storageClass),
    ...taggingHeader(headers),
  };
  return { headers: { etag: record.etag, ...(await storeObject(call, bucket, record, forbid)) } };
}

function getSymlink(call: ObjectCall): RouteAnswer {
  const object = objectOf(call);
  const { target, etag, modified, headers } = object;
  if (target === undefined) {
    throw new ServiceFault(400, "NotSymlink", "The object is not symlink.", {
      ec: "0043-00000101",
      extras: { Key: call.key },
    });
  }
  const own = Object.entries(headers).filter(([name]) => name.startsWith("x-oss-meta-"));
  const date = httpDate(new Date(modified));
  const facts = { etag, "last-modified": date, "x-oss-symlink-target": encodeText(target) };
  return { headers: { ...Object.fromEntries(own), ...facts, ...versionHeader(call.bucket, object) } };
}

/** The rows of symbolic links. */
export const symlinkRoutes: readonly Route[] = [
  { operation: "PutSymlink", method: "PUT", scope: "object", query: ["symlink"], access: "write", run: putSymlink },
  { operation: "GetSymlink", method: "GET", scope: "object", query: ["symlink"], access: "read", run: getSymlink },
];
