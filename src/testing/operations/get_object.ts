/**
 * GetObject, HeadObject and GetObjectMeta.
 * @module
 */
import { httpDate } from "../../codec/time.ts";
import type { Bytes } from "../../types.ts";
import { checkReadable, restoreInfo } from "../archive.ts";
import { invalidArgument, lenient, type ObjectCall } from "../call.ts";
import { checkConditions } from "../conditions.ts";
import { readSpan } from "../contents.ts";
import { compresses } from "../gzip.ts";
import { findSpan } from "../ranges.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { followed, targetOf } from "../symlink.ts";
import { objectOf, versionHeader } from "../versions.ts";
import type { RouteAnswer } from "../wire.ts";
import { crcHeader } from "./put_object.ts";

type Headers = Record<string, string | undefined>;

/** Query parameters that replace a header of the answer. */
const OVERRIDES: readonly string[] = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];

/** What a read answers: the object, or what a link points to, if the conditions hold. */
export function findObject(call: ObjectCall): ObjectRecord {
  const object = followed(call, objectOf(call));
  checkConditions(call.headers, object);
  return object;
}

function describe(call: ObjectCall, object: ObjectRecord): Headers {
  const append = object.type === "Appendable" ? String(object.content.size) : undefined;
  const stored: Headers = { ...object.headers };
  if (lenient(call, "force-download") && call.address.official) {
    stored["x-oss-force-download"] = "true";
    stored["content-disposition"] = "attachment";
  }
  return {
    ...stored,
    "accept-ranges": "bytes",
    "content-md5": object.md5,
    etag: object.etag,
    "last-modified": httpDate(new Date(object.modified)),
    "x-oss-object-type": object.type,
    "x-oss-storage-class": object.storageClass,
    "x-oss-next-append-position": append,
    "x-oss-restore": restoreInfo(object, call.now),
    "x-oss-sealed-time": object.sealed === undefined ? undefined : httpDate(new Date(object.sealed)),
    "x-oss-tagging-count": object.tagging && String(Object.keys(object.tagging).length),
    ...object.encryption,
    ...versionHeader(call.bucket, object),
    ...crcHeader(call, object.crc64),
  };
}

/** Applies `response-*` parameters, which only signed requests may carry. */
function override(call: ObjectCall, headers: Headers): void {
  for (const name of OVERRIDES) {
    const value = call.query.get(`response-${name}`);
    if (value === undefined) continue;
    if (call.identity === undefined && !lenient(call, "response-overrides")) {
      const message = "Request specific response headers cannot be used for anonymous GET requests.";
      throw new ServiceFault(400, "InvalidRequest", message);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no header holds them
    if (/[\0-\x08\x0a-\x1f\x7f]/.test(value))
      throw invalidArgument(`response-${name}`, value, "The value is not a header.");
    // Headers are bytes: other text travels as UTF-8, of which each byte is a character here.
    headers[name] = String.fromCharCode(...new TextEncoder().encode(value));
  }
}

/** The headers of a body that is compressed on the fly: without what only holds for the stored bytes. */
function compressed(headers: Headers): Headers {
  const gone = { etag: undefined, "content-md5": undefined, "accept-ranges": undefined, "content-length": undefined };
  return { ...headers, ...gone, "content-encoding": "gzip", vary: "Accept-Encoding" };
}

/** Answers with the object, or the part of it that is asked for. */
export async function getObject(call: ObjectCall): Promise<RouteAnswer> {
  const object = findObject(call);
  checkReadable(call, targetOf(call, objectOf(call)));
  const { size } = object.content;
  const headers = describe(call, object);
  override(call, headers);
  const standard = call.headers.get("x-oss-range-behavior") === "standard" || lenient(call, "ranges");
  const span = findSpan(call.headers.get("range"), size, standard);
  const { start, end } = span ?? { start: 0, end: size };
  headers["content-length"] = String(end - start);
  if (span !== undefined) headers["content-range"] = `bytes ${start}-${end - 1}/${size}`;
  const body = await readSpan(call.service.state.contents, object.content, start, end);
  if (span === undefined && compresses(call.headers, headers, size) && !lenient(call, "gzip")) {
    const plain = body instanceof Uint8Array ? new Response(body).body : body;
    const gzip: ReadableWritablePair<Bytes, BufferSource> = new CompressionStream("gzip");
    return { headers: compressed(headers), body: plain?.pipeThrough(gzip) };
  }
  return { status: span === undefined ? 200 : 206, headers, body };
}

function headObject(call: ObjectCall): RouteAnswer {
  const object = findObject(call);
  const headers = describe(call, object);
  headers["content-length"] = String(object.content.size);
  const packed = compresses(call.headers, headers, object.content.size) && !lenient(call, "gzip");
  return { headers: packed ? compressed(headers) : headers };
}

function getObjectMeta(call: ObjectCall): RouteAnswer {
  // Of a link, its own facts.
  const object = objectOf(call);
  checkConditions(call.headers, object);
  const { etag, content, modified, crc64 } = object;
  const headers = { "content-length": String(content.size), etag, "last-modified": httpDate(new Date(modified)) };
  return { headers: { ...headers, ...versionHeader(call.bucket, object), ...crcHeader(call, crc64) } };
}

/** The rows of reads. */
export const getObjectRoutes: readonly Route[] = [
  { operation: "GetObject", method: "GET", scope: "object", access: "read", run: getObject },
  { operation: "HeadObject", method: "HEAD", scope: "object", access: "read", run: headObject },
  {
    operation: "GetObjectMeta",
    method: "HEAD",
    scope: "object",
    query: ["objectMeta"],
    access: "read",
    run: getObjectMeta,
  },
];
