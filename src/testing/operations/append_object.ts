/**
 * AppendObject and SealAppendObject.
 * @module
 */
import { combineCrc64 } from "../../checksum/crc64.ts";
import { httpDate } from "../../codec/time.ts";
import { invalidArgument, lenient, noSuchKey, type ObjectCall } from "../call.ts";
import { concat, EMPTY } from "../contents.ts";
import { encryptionOf } from "../encryption.ts";
import { opaqueEtag } from "../etags.ts";
import { checkAppends, checkImmutable } from "../immutable.ts";
import { objectAcl, storageClass, storedHeaders } from "../object_headers.ts";
import { taggingHeader } from "../object_tagging.ts";
import { checkLength, receive } from "../receive.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { type VersionHeader, versionHeader, versionName } from "../versions.ts";
import type { RouteAnswer } from "../wire.ts";
import { checkOverwrite, crcHeader, storeObject, wholeSeconds } from "./put_object.ts";

function readPosition(call: ObjectCall): number {
  const text = call.query.get("position") ?? "";
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalidArgument(
    "position",
    text,
    "The position is not a number.",
    text === "" ? "0016-00000501" : "0016-00000502",
  );
}

/** Only the current version can grow. */
function checkVersion(call: ObjectCall): void {
  const named = call.query.get("versionId");
  if (named === undefined) return;
  throw invalidArgument("versionId", named, "AppendObject takes no versionId.", "0016-00000504");
}

/** Refuses objects that were made in another way, and positions that are not their end. */
function checkEnd(object: ObjectRecord | undefined, position: number): void {
  if (object !== undefined && object.type !== "Appendable") {
    throw new ServiceFault(409, "ObjectNotAppendable", "The object is not appendable.", { ec: "0026-00000017" });
  }
  const size = object?.content.size ?? 0;
  if (position === size) return;
  const headers = { "x-oss-next-append-position": String(size), "x-oss-object-type": "Appendable" };
  throw new ServiceFault(409, "PositionNotEqualToLength", "Position is not equal to file length.", {
    ec: "0026-00000016",
    headers,
  });
}

/** The object to go on with, if there is one; it must be appendable, end at the position, and not be sealed. */
function findBase(call: ObjectCall, position: number): ObjectRecord | undefined {
  const object = call.bucket.objects.get(call.key);
  checkEnd(object, position);
  // No page numbers this cause.
  if (object?.sealed !== undefined) throw new ServiceFault(409, "ObjectNotAppendable", "The object is sealed.");
  return object;
}

/** A version grows in its place; only the first append makes one. */
async function store(call: ObjectCall, record: ObjectRecord, grows: boolean): Promise<VersionHeader> {
  if (!grows) return storeObject(call, call.bucket, record, undefined);
  checkImmutable(call.bucket, record.key, versionName(record), call.now);
  await call.service.state.updateObject(call.bucket, record);
  return versionHeader(call.bucket, record);
}

async function appendObject(call: ObjectCall): Promise<RouteAnswer> {
  const { bucket, key, headers } = call;
  checkLength(call);
  checkVersion(call);
  checkAppends(bucket);
  const position = readPosition(call);
  const forbid = position === 0 ? headers.get("x-oss-forbid-overwrite") : undefined;
  checkOverwrite(bucket, key, forbid);
  findBase(call, position);
  const fresh = {
    headers: storedHeaders(call),
    encryption: encryptionOf(call),
    acl: objectAcl(headers.get("x-oss-object-acl")),
    storageClass: storageClass(headers.get("x-oss-storage-class"), bucket.record.storageClass),
    ...taggingHeader(headers),
  };
  const received = await receive(call);
  // Once more: another append may have come first.
  const base = findBase(call, position);
  const content = concat([base?.content ?? EMPTY, received.content]);
  const crc64 = combineCrc64(base?.crc64 ?? 0n, received.crc64, received.content.size);
  const etag = opaqueEtag(crc64, content.size);
  const grown = { content, etag, crc64, modified: wholeSeconds(call.now) };
  // Metadata come with the first append only.
  const metadata = base === undefined || lenient(call, "append-metadata") ? fresh.headers : base.headers;
  const record: ObjectRecord =
    base === undefined ? { key, ...grown, type: "Appendable", ...fresh } : { ...base, ...grown, headers: metadata };
  const version = await store(call, record, base !== undefined);
  const next = { "x-oss-next-append-position": String(content.size) };
  return { headers: { etag, ...next, ...version, ...record.encryption, ...crcHeader(call, crc64) } };
}

async function sealAppendObject(call: ObjectCall): Promise<RouteAnswer> {
  const { bucket, key } = call;
  const position = readPosition(call);
  const object = bucket.objects.get(key);
  if (object === undefined) throw noSuchKey(key);
  checkEnd(object, position);
  const sealed = object.sealed ?? wholeSeconds(call.now);
  await call.service.state.updateObject(bucket, { ...object, sealed });
  return { headers: { "x-oss-sealed-time": httpDate(new Date(sealed)), ...versionHeader(bucket, object) } };
}

/** The rows of appendable objects. */
export const appendObjectRoutes: readonly Route[] = [
  { operation: "AppendObject", method: "POST", scope: "object", query: ["append"], access: "write", run: appendObject },
  {
    operation: "SealAppendObject",
    method: "POST",
    scope: "object",
    query: ["seal"],
    access: "write",
    run: sealAppendObject,
  },
];
