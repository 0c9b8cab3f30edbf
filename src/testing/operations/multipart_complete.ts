/**
 * CompleteMultipartUpload: sizes and order of parts are checked here, and only here.
 * @module
 */
import { combineCrc64 } from "../../checksum/crc64.ts";
import { invalidArgument, lenient, type ObjectCall } from "../call.ts";
import { callBack, readCallback } from "../callback.ts";
import { concat } from "../contents.ts";
import { encodingOf } from "../list_options.ts";
import { objectAcl } from "../object_headers.ts";
import { md5Of, receiveText } from "../receive.ts";
import type { Content, ObjectRecord, PartRecord, Upload } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { findUpload, multipartEtag } from "../uploads.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";
import { checkOverwrite, crcHeader, storeObject, wholeSeconds } from "./put_object.ts";

/** Every part but the last has at least this many bytes. */
const MIN_PART = 100 * 1024;

interface PartName {
  readonly number: number;
  readonly etag: string;
}

function refuse(code: string, message: string, ec?: string, extras?: Record<string, string>): ServiceFault {
  return new ServiceFault(400, code, message, { ec, extras });
}

/** The parts that the request names, or all that arrived when it asks for that. */
async function namedParts(call: ObjectCall, upload: Upload): Promise<readonly PartName[]> {
  const text = await receiveText(call);
  const all = call.headers.get("x-oss-complete-all");
  if (all === "yes") {
    const message = "Should not speficy both complete all header and http body.";
    if (text.trim() !== "") throw invalidArgument("x-oss-complete-all", all, message, "0042-00000216");
    return [...upload.parts.values()].sort((a, b) => a.number - b.number);
  }
  const root = readXml(text, "CompleteMultipartUpload");
  const parts = root.children.filter((child) => child.name === "Part");
  return parts.map((part) => {
    const number = Number(childText(part, "PartNumber")?.trim() || "NaN");
    const etag = childText(part, "ETag");
    if (!Number.isInteger(number) || etag === undefined) throw refuse("MalformedXML", "A part is incomplete.");
    return { number, etag };
  });
}

/** The parts of the object, in order. */
function findParts(call: ObjectCall, upload: Upload, names: readonly PartName[]): readonly PartRecord[] {
  if (names.length === 0) throw refuse("MalformedXML", "The request names no part.");
  const bare = (etag: string): string => etag.trim().replace(/^"|"$/g, "").toUpperCase();
  const parts = names.map(({ number, etag }, index) => {
    const before = names[index - 1];
    if (before !== undefined && before.number >= number) {
      throw refuse("InvalidPartOrder", "The list of parts was not in ascending order.", "0042-00000209");
    }
    const part = upload.parts.get(number);
    if (part !== undefined && bare(part.etag) === bare(etag)) return part;
    const message =
      "One or more of the specified parts could not be found or the specified entity tag might not match.";
    throw refuse("InvalidPart", message, undefined, { PartNumber: String(number), ETag: etag });
  });
  const small = parts.slice(0, -1).find((part) => part.content.size < MIN_PART);
  if (small !== undefined && !lenient(call, "part-size")) {
    throw refuse("EntityTooSmall", "Your proposed upload smaller than the minimum allowed size.", "0042-00000213", {
      ProposedSize: String(small.content.size),
      MinSizeAllowed: String(MIN_PART),
      PartNumber: String(small.number),
    });
  }
  return parts;
}

async function completeMultipartUpload(call: ObjectCall): Promise<RouteAnswer> {
  const { bucket, bucketName, key, headers, service } = call;
  const { encode, encodingType } = encodingOf(call);
  const wish = readCallback(call);
  const begun = findUpload(call);
  const names = await namedParts(call, begun);
  const whole = (from: Upload): Content => concat(findParts(call, from, names).map((part) => part.content));
  const md5 = begun.record.sequential ? await md5Of(call, whole(begun)) : undefined;
  // Found again: it may have ended while the document came in. Nothing waits from here on until the object is stored.
  const upload = findUpload(call);
  const parts = findParts(call, upload, names);
  const forbid = headers.get("x-oss-forbid-overwrite");
  checkOverwrite(bucket, key, forbid, "0042-00000214");
  const content = concat(parts.map((part) => part.content));
  const crc64 = parts.reduce((crc, part) => combineCrc64(crc, part.crc64, part.content.size), 0n);
  const { storageClass, headers: stored, encryption, tagging } = upload.record;
  const etag = multipartEtag(call, crc64, content.size, parts.length);
  const acl = objectAcl(headers.get("x-oss-object-acl"));
  const facts = { etag, crc64, modified: wholeSeconds(call.now), storageClass, headers: stored, acl, encryption, md5 };
  const record: ObjectRecord = { key, content, type: "Multipart", ...facts, ...(tagging && { tagging }) };
  call.hold(content);
  const removed = service.state.removeUpload(bucket, upload);
  const version = await storeObject(call, bucket, record, forbid);
  await removed;
  const document = xmlDocument("CompleteMultipartUploadResult", {
    EncodingType: encodingType,
    Location: `http://${call.headers.get("host") ?? ""}/${encode(key)}`,
    Bucket: bucketName,
    Key: encode(key),
    ETag: etag,
  });
  const answered = { etag, ...version, ...encryption, ...crcHeader(call, crc64) };
  return callBack(call, wish, record, "CompleteMultipartUpload", { headers: answered, body: document });
}

/** The row of CompleteMultipartUpload. */
export const multipartCompleteRoutes: readonly Route[] = [
  {
    operation: "CompleteMultipartUpload",
    method: "POST",
    scope: "object",
    query: ["uploadId"],
    access: "write",
    run: completeMultipartUpload,
  },
];
