/**
 * ListObjects, both versions.
 * @module
 */
import { decodeBase64, encodeBase64 } from "../../codec/base64.ts";
import { encodeUtf8 } from "../../codec/utf8.ts";
import { restoreInfo } from "../archive.ts";
import { type BucketCall, invalidArgument } from "../call.ts";
import { encodingOf, orderOf, pageSize } from "../list_options.ts";
import { listPage } from "../page.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import type { RouteAnswer } from "../wire.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

/** One object of a list. */
function describe(object: ObjectRecord, encode: (text: string) => string, owner: XmlValue, now: number): XmlValue {
  return {
    Key: encode(object.key),
    LastModified: new Date(object.modified).toISOString(),
    ETag: object.etag,
    Type: object.type,
    Size: object.content.size,
    StorageClass: object.storageClass,
    RestoreInfo: restoreInfo(object, now),
    Owner: owner,
  };
}

/** Tokens look as the service's own do: base64 whose `=` is `-`. */
function writeToken(name: string): string {
  return encodeBase64(encodeUtf8(name)).replace(/=/g, "-");
}

function readToken(token: string): string {
  try {
    // A byte order mark is a part of a key like any other character.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(decodeBase64(token.replace(/-/g, "=")));
  } catch {
    throw invalidArgument("continuation-token", token, "The continuation token is invalid.");
  }
}

function listObjects(call: BucketCall): RouteAnswer {
  const { query, bucket } = call;
  const v2 = query.get("list-type") === "2";
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const token = v2 ? query.get("continuation-token") : undefined;
  const start = query.get(v2 ? "start-after" : "marker") ?? "";
  const after = token === undefined ? start : readToken(token);
  const max = pageSize(call, "max-keys", 100, "0015-00000402");
  const { encode, encodingType } = encodingOf(call);
  const marker = after === "" ? undefined : after;
  const order = orderOf(call.service.settings);
  const { items, prefixes, next } = listPage({ entries: bucket.objects, order, prefix, delimiter, after: marker, max });
  const owner = { ID: bucket.record.owner, DisplayName: bucket.record.owner };
  const shown = v2 && query.get("fetch-owner") !== "true" ? undefined : owner;
  const nextToken = next === undefined ? undefined : writeToken(next);
  const position: XmlValue = v2
    ? {
        StartAfter: query.has("start-after") ? encode(start) : undefined,
        ContinuationToken: token === undefined ? undefined : encode(token),
        NextContinuationToken: nextToken === undefined ? undefined : encode(nextToken),
        KeyCount: items.length + prefixes.length,
      }
    : { Marker: encode(start), NextMarker: next === undefined ? undefined : encode(next) };
  const document = xmlDocument("ListBucketResult", {
    Name: bucket.record.name,
    Prefix: encode(prefix),
    MaxKeys: max,
    Delimiter: encode(delimiter),
    EncodingType: encodingType,
    ...position,
    IsTruncated: next !== undefined,
    Contents: items.map((object) => describe(object, encode, shown, call.now)),
    CommonPrefixes: prefixes.map((common) => ({ Prefix: encode(common) })),
  });
  return { body: document };
}

/** The rows of object lists. */
export const listObjectsRoutes: readonly Route[] = [
  { operation: "ListObjects", method: "GET", scope: "bucket", access: "read", cors: true, run: listObjects },
  {
    operation: "ListObjectsV2",
    method: "GET",
    scope: "bucket",
    query: ["list-type"],
    access: "read",
    cors: true,
    run: listObjects,
  },
];
