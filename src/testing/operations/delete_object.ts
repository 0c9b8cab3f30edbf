/**
 * DeleteObject and DeleteMultipleObjects.
 * @module
 */
import { allow } from "../access.ts";
import { type BucketCall, lenient, type ObjectCall } from "../call.ts";
import { checkLength, receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { encodeText } from "../text.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

/** Most keys of one request. */
const MAX_KEYS = 1000;

async function deleteObject(call: ObjectCall): Promise<RouteAnswer> {
  await call.service.state.removeObject(call.bucket, call.key);
  return { status: 204 };
}

function malformed(message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, "MalformedXML", message, { ec });
}

async function deleteMultipleObjects(call: BucketCall): Promise<RouteAnswer> {
  checkLength(call);
  const relaxed = lenient(call, "delete-limits");
  if (!call.headers.has("content-md5") && !relaxed) {
    const message = "Missing Some Required Arguments.";
    throw new ServiceFault(400, "MissingArgument", message, {
      ec: "0016-00000606",
      extras: { ArgumentName: "Content-MD5" },
    });
  }
  const text = await receiveText(call, relaxed ? 64 * 1024 ** 2 : undefined);
  const root = readXml(text, "Delete", { syntax: "0016-00000607", root: "0016-00000608" });
  const objects = root.children.filter((child) => child.name === "Object");
  if (objects.length === 0) throw malformed("The XML names no object.", "0016-00000615");
  if (objects.length > MAX_KEYS && !relaxed) throw malformed("The XML names too many objects.");
  const keys = objects.map((object) => childText(object, "Key") ?? "");
  if (keys.includes("")) throw malformed("An object has no key.");
  for (const key of keys) allow(call, call.bucket, key, "write");
  for (const key of keys) await call.service.state.removeObject(call.bucket, key);
  if (childText(root, "Quiet")?.trim() === "true") return {};
  const encode = call.query.get("encoding-type") === "url";
  const deleted = keys.map((key) => ({ Key: encode ? encodeText(key) : key }));
  return { body: xmlDocument("DeleteResult", { EncodingType: encode ? "url" : undefined, Deleted: deleted }) };
}

/** The rows of deletes. */
export const deleteObjectRoutes: readonly Route[] = [
  { operation: "DeleteObject", method: "DELETE", scope: "object", access: "write", run: deleteObject },
  {
    operation: "DeleteMultipleObjects",
    method: "POST",
    scope: "bucket",
    query: ["delete"],
    access: "route",
    cors: true,
    run: deleteMultipleObjects,
  },
];
