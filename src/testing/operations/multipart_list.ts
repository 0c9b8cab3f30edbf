/**
 * ListParts and ListMultipartUploads.
 * @module
 */
import { type BucketCall, invalidArgument, lenient, type ObjectCall } from "../call.ts";
import { encodingOf, orderOf, pageSize } from "../list_options.ts";
import { listPage } from "../page.ts";
import { type Upload, uploadName } from "../records.ts";
import type { Route } from "../routes.ts";
import { findUpload } from "../uploads.ts";
import type { RouteAnswer } from "../wire.ts";
import { xmlDocument } from "../xml_write.ts";

function partMarker(call: ObjectCall): number {
  const text = call.query.get("part-number-marker") ?? "";
  if (/^\d*$/.test(text)) return Number(text);
  throw invalidArgument("part-number-marker", text, "The part number marker is not a number.");
}

function listParts(call: ObjectCall): RouteAnswer {
  const upload = findUpload(call);
  const marker = partMarker(call);
  const max = pageSize(call, "max-parts", 1000);
  const { encode, encodingType } = encodingOf(call);
  const parts = [...upload.parts.values()].filter((part) => part.number > marker).sort((a, b) => a.number - b.number);
  const page = parts.slice(0, max);
  const document = xmlDocument("ListPartsResult", {
    EncodingType: encodingType,
    Bucket: call.bucketName,
    Key: encode(call.key),
    UploadId: upload.record.id,
    StorageClass: upload.record.storageClass,
    PartNumberMarker: marker,
    NextPartNumberMarker: page[page.length - 1]?.number ?? marker,
    MaxParts: max,
    IsTruncated: parts.length > max,
    Part: page.map((part) => ({
      PartNumber: part.number,
      LastModified: new Date(part.modified).toISOString(),
      ETag: part.etag,
      HashCrc64ecma: lenient(call, "no-crc") ? undefined : String(part.crc64),
      Size: part.content.size,
    })),
  });
  return { body: document };
}

/** The key of an upload's name. */
function keyOf(name: string): string {
  return name.slice(0, name.lastIndexOf("\0"));
}

function listMultipartUploads(call: BucketCall): RouteAnswer {
  const { query, bucket } = call;
  const value = (name: string): string => query.get(name) ?? "";
  const [prefix, delimiter, keyMarker, idMarker] = ["prefix", "delimiter", "key-marker", "upload-id-marker"].map(value);
  const max = pageSize(call, "max-uploads", 1000);
  const { encode, encodingType } = encodingOf(call);
  const { items, prefixes, next } = listPage<Upload>({
    entries: bucket.uploads,
    order: orderOf(call.service.settings),
    prefix: prefix ?? "",
    delimiter: delimiter ?? "",
    // Without an id all uploads of the marker's key are behind: no id is greater than this one.
    after: keyMarker ? uploadName(keyMarker, idMarker || "\u{10ffff}") : undefined,
    max,
    keyOf,
  });
  const [nextKey, nextId] = next?.includes("\0") ? [keyOf(next), next.slice(next.lastIndexOf("\0") + 1)] : [next, ""];
  const document = xmlDocument("ListMultipartUploadsResult", {
    EncodingType: encodingType,
    Bucket: call.bucketName,
    KeyMarker: encode(keyMarker ?? ""),
    UploadIdMarker: idMarker,
    NextKeyMarker: nextKey === undefined ? undefined : encode(nextKey),
    NextUploadIdMarker: next === undefined ? undefined : nextId,
    Delimiter: encode(delimiter ?? ""),
    Prefix: encode(prefix ?? ""),
    MaxUploads: max,
    IsTruncated: next !== undefined,
    Upload: items.map(({ record }) => ({
      Key: encode(record.key),
      UploadId: record.id,
      StorageClass: record.storageClass,
      Initiated: new Date(record.initiated).toISOString(),
    })),
    CommonPrefixes: prefixes.map((common) => ({ Prefix: encode(common) })),
  });
  return { body: document };
}

/** The rows of multipart lists. */
export const multipartListRoutes: readonly Route[] = [
  { operation: "ListParts", method: "GET", scope: "object", query: ["uploadId"], access: "owner", run: listParts },
  {
    operation: "ListMultipartUploads",
    method: "GET",
    scope: "bucket",
    query: ["uploads"],
    access: "owner",
    cors: true,
    run: listMultipartUploads,
  },
];
