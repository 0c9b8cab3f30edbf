/**
 * Headers that are stored with an object, and their limits.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import type { ObjectAcl } from "../types.ts";
import { type Call, invalidArgument, lenient } from "./call.ts";
import type { StoredHeaders } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import type { HeaderMap } from "./wire.ts";

/** Content headers that an object keeps. */
const CONTENT: readonly string[] = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];

const META = "x-oss-meta-";

/** Metadata may have this many bytes, names and values together. */
const META_LIMIT = 8 * 1024;

/** Refuses metadata that the service does not store. */
function checkMetadata(metadata: readonly (readonly [string, string])[]): void {
  let size = 0;
  for (const [name, value] of metadata) {
    const bare = name.slice(META.length);
    if (!/^[a-z0-9-]+$/.test(bare)) {
      const message = "The metadata name may hold letters, digits and hyphens only.";
      throw invalidArgument(name, value, message);
    }
    // One character is one byte here.
    size += bare.length + value.length;
  }
  if (size > META_LIMIT) {
    throw new ServiceFault(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size.", {
      ec: "0011-00000002",
    });
  }
}

/**
 * The headers to keep of a request that makes an object.
 * @param call the request
 * @param headers where they are, when not among the request's headers (a form)
 * @throws ServiceFault for metadata beyond the limits
 */
export function storedHeaders(call: Call, headers: HeaderMap = call.headers): StoredHeaders {
  const metadata = [...headers].filter(([name]) => name.startsWith(META));
  if (!lenient(call, "metadata")) checkMetadata(metadata);
  const kept = CONTENT.flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === undefined || value === "" ? [] : [[name, value]];
  });
  return { "content-type": "application/octet-stream", ...Object.fromEntries([...kept, ...metadata]) };
}

/** Refuses keys that the service does not store. */
export function checkKey(call: Call, key: string): void {
  if (lenient(call, "keys")) return;
  const long = encodeUtf8(key).length > 1023;
  if (!long && !/^[/\\]/.test(key)) return;
  throw new ServiceFault(400, "InvalidObjectName", "The specified object is not valid.", {
    ec: long ? "0016-00000003" : "0016-00000005",
    extras: { ObjectName: key },
  });
}

const ACLS: ReadonlySet<string> = /* @__PURE__ */ new Set(["default", "private", "public-read", "public-read-write"]);

/** Whether a text is an object's ACL. */
function isObjectAcl(text: string): text is ObjectAcl {
  return ACLS.has(text);
}

/**
 * The ACL that a request gives an object.
 * @param value the header's or field's value; none is "default"
 */
export function objectAcl(value: string | undefined): ObjectAcl {
  if (value === undefined || value === "") return "default";
  if (isObjectAcl(value)) return value;
  throw invalidArgument("x-oss-object-acl", value, "The object ACL is not valid.");
}

const CLASSES: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "Standard",
  "IA",
  "Archive",
  "ColdArchive",
  "DeepColdArchive",
]);

/**
 * The storage class that a request asks for.
 * @param value the header's or field's value
 * @param otherwise the bucket's own class
 */
export function storageClass(value: string | undefined, otherwise: string): string {
  if (value === undefined || value === "") return otherwise;
  if (CLASSES.has(value)) return value;
  throw new ServiceFault(400, "InvalidStorageClass", "The storage class you specified is not valid.");
}
