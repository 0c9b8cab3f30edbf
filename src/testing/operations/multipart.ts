/**
 * Multipart uploads: initiate, parts, abort.
 * @module
 */
import { type Call, invalidArgument, type ObjectCall } from "../call.ts";
import { crcOf, slice } from "../contents.ts";
import { findCopySource } from "../copy_source.ts";
import { encryptionOf } from "../encryption.ts";
import { opaqueEtag } from "../etags.ts";
import { encodingOf } from "../list_options.ts";
import { storageClass, storedHeaders } from "../object_headers.ts";
import { taggingHeader } from "../object_tagging.ts";
import { checkLength, receive } from "../receive.ts";
import type { PartRecord, Upload } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { followed } from "../symlink.ts";
import { findUpload } from "../uploads.ts";
import type { RouteAnswer } from "../wire.ts";
import { xmlDocument } from "../xml_write.ts";
import { checkOverwrite, crcHeader, wholeSeconds } from "./put_object.ts";

async function initiateMultipartUpload(call: ObjectCall): Promise<RouteAnswer> {
  const { bucket, bucketName, key, headers, service } = call;
  checkOverwrite(bucket, key, headers.get("x-oss-forbid-overwrite"));
  const { encode, encodingType } = encodingOf(call);
  const id = service.nextId();
  const encryption = encryptionOf(call);
  await service.state.putUpload(bucket, {
    id,
    key,
    initiated: wholeSeconds(call.now),
    storageClass: storageClass(headers.get("x-oss-storage-class"), bucket.record.storageClass),
    headers: storedHeaders(call),
    encryption,
    sequential: call.query.has("sequential") || undefined,
    ...taggingHeader(headers),
  });
  const document = { EncodingType: encodingType, Bucket: bucketName, Key: encode(key), UploadId: id };
  return { headers: encryption, body: xmlDocument("InitiateMultipartUploadResult", document) };
}

function partNumber(call: Call): number {
  const text = call.query.get("partNumber") ?? "";
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 10_000) return number;
  const message = "Part number must be an integer between 1 and 10000, inclusive.";
  throw invalidArgument("PartNumber", text, message, "0017-00000220");
}

/** Adds a part, unless its upload ended while the body came in, or wants another part now. */
async function putPart(call: ObjectCall, part: PartRecord): Promise<void> {
  const upload = findUpload(call);
  checkSequence(upload, part.number);
  await call.service.state.putPart(call.bucket, upload, part);
}

/** Parts of a sequential upload come one after the other, each once. */
function checkSequence({ record, parts }: Upload, number: number): void {
  if (!record.sequential || number === parts.size + 1) return;
  if (parts.has(number)) throw new ServiceFault(409, "PartAlreadyExist", "Part already exists.");
  throw new ServiceFault(
    400,
    "PartNotSequential",
    "For sequential multipart upload, you must upload or complete parts with sequential part number.",
  );
}

async function uploadPart(call: ObjectCall): Promise<RouteAnswer> {
  const number = partNumber(call);
  checkLength(call);
  const { encryption } = findUpload(call, "0042-00000104").record;
  const { content, crc64, etag, md5 } = await receive(call);
  await putPart(call, { number, content, crc64, etag, modified: wholeSeconds(call.now) });
  return { headers: { etag, "content-md5": md5, ...encryption, ...crcHeader(call, crc64) } };
}

/** The span of a source that becomes a part; it must lie inside the source. */
function sourceSpan(call: ObjectCall, size: number): { start: number; end: number } {
  const header = call.headers.get("x-oss-copy-source-range");
  if (header === undefined) return { start: 0, end: size };
  const [, from = "", to = ""] = /^bytes=(\d+)-(\d*)$/.exec(header) ?? [];
  const start = Number(from);
  const end = to === "" ? size : Number(to) + 1;
  if (from !== "" && start < end && end <= size) return { start, end };
  const message = "The x-oss-copy-source-range value must be of the form bytes=first-last and lie inside the source.";
  throw invalidArgument("x-oss-copy-source-range", header, message);
}

async function uploadPartCopy(call: ObjectCall): Promise<RouteAnswer> {
  const number = partNumber(call);
  findUpload(call);
  const { object: source, bucket, version } = findCopySource(call);
  const object = followed({ ...call, bucket }, source);
  const { start, end } = sourceSpan(call, object.content.size);
  const content = slice(object.content, start, end);
  call.hold(content);
  const whole = start === 0 && end === object.content.size;
  const crc64 = whole ? object.crc64 : await crcOf(content);
  const modified = wholeSeconds(call.now);
  const etag = opaqueEtag(crc64, content.size);
  await putPart(call, { number, content, crc64, etag, modified });
  const document = { LastModified: new Date(modified).toISOString(), ETag: etag };
  const headers = { etag, ...version, ...crcHeader(call, crc64) };
  return { headers, body: xmlDocument("CopyPartResult", document) };
}

async function abortMultipartUpload(call: ObjectCall): Promise<RouteAnswer> {
  await call.service.state.removeUpload(call.bucket, findUpload(call));
  return { status: 204 };
}

/** The rows of multipart uploads. */
export const multipartRoutes: readonly Route[] = [
  {
    operation: "InitiateMultipartUpload",
    method: "POST",
    scope: "object",
    query: ["uploads"],
    access: "write",
    run: initiateMultipartUpload,
  },
  {
    operation: "UploadPart",
    method: "PUT",
    scope: "object",
    query: ["partNumber", "uploadId"],
    access: "write",
    run: uploadPart,
  },
  {
    operation: "UploadPartCopy",
    method: "PUT",
    scope: "object",
    query: ["partNumber", "uploadId"],
    header: "x-oss-copy-source",
    access: "write",
    run: uploadPartCopy,
  },
  {
    operation: "AbortMultipartUpload",
    method: "DELETE",
    scope: "object",
    query: ["uploadId"],
    access: "write",
    run: abortMultipartUpload,
  },
];
