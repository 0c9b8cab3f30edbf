/**
 * Retention of single objects, and the bucket's switch for it.
 * @module
 */
import { type BucketCall, invalidArgument, type ObjectCall } from "../call.ts";
import { wormOf } from "../immutable.ts";
import { receiveText } from "../receive.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { documentOf, storedDocument } from "../stored_document.ts";
import { objectOf, versionHeader } from "../versions.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml, type XmlNode } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

const MODES = /^(COMPLIANCE|GOVERNANCE)$/;

function malformed(message: string): ServiceFault {
  return new ServiceFault(400, "MalformedXML", message);
}

function within(text: string | undefined, most: number): boolean {
  return text === undefined || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most);
}

function refuse(message: string): ServiceFault {
  return new ServiceFault(400, "InvalidRequest", message);
}

function checkConfiguration(document: XmlNode, { bucket: { record } }: BucketCall): void {
  if (record.versioning !== "Enabled") throw refuse("The bucket's versioning is not enabled.");
  if (wormOf(record) !== undefined) throw refuse("The bucket has a retention policy.");
  if (childText(document, "ObjectWormEnabled") !== "Enabled") throw malformed("ObjectWormEnabled must be Enabled.");
  const [retention] = document.children.find(({ name }) => name === "Rule")?.children ?? [];
  if (retention === undefined) return;
  const [days, years] = [childText(retention, "Days"), childText(retention, "Years")];
  if (!MODES.test(childText(retention, "Mode") ?? "")) throw malformed("Mode must be COMPLIANCE or GOVERNANCE.");
  if ((days === undefined) === (years === undefined)) throw malformed("Either Days or Years must be given.");
  if (!within(days, 36_500) || !within(years, 100)) throw malformed("The default retention is out of bounds.");
}

/** The object, if its bucket lets objects be retained one by one. */
function find(call: ObjectCall): ObjectRecord {
  const object = objectOf(call);
  if (documentOf(call, "objectWorm") !== undefined) return object;
  throw refuse("The bucket has no object WORM configuration.");
}

async function keep(call: ObjectCall, change: Partial<ObjectRecord>): Promise<RouteAnswer> {
  const object = find(call);
  await call.service.state.updateObject(call.bucket, { ...object, ...change });
  return { headers: versionHeader(call.bucket, object) };
}

async function putObjectRetention(call: ObjectCall): Promise<RouteAnswer> {
  const document = readXml(await receiveText(call), "Retention");
  const mode = childText(document, "Mode") ?? "";
  const date = childText(document, "RetainUntilDate") ?? "";
  const until = Date.parse(date);
  if (!MODES.test(mode) || !/^\d{4}-\d\d-\d\dT.*Z$/.test(date) || Number.isNaN(until)) {
    throw malformed("Retention needs a Mode and a RetainUntilDate.");
  }
  const { type, retention } = find(call);
  if (until <= call.now) throw invalidArgument("RetainUntilDate", date, "The retain until date must be in the future.");
  if (type === "Appendable") throw refuse("Appendable objects cannot be retained.");
  const passed = retention?.mode === "GOVERNANCE" && call.headers.get("x-oss-bypass-governance-retention") === "true";
  const running = retention !== undefined && call.now < retention.until && !passed;
  if (running && (until < retention.until || (mode !== retention.mode && retention.mode === "COMPLIANCE"))) {
    throw new ServiceFault(403, "AccessDenied", "A retention can only be made longer.");
  }
  return keep(call, { retention: { mode, until } });
}

function getObjectRetention(call: ObjectCall): RouteAnswer {
  const object = find(call);
  const { retention } = object;
  if (retention === undefined) {
    throw new ServiceFault(404, "NoSuchObjectRetention", "The object is not retained.", { extras: { Key: call.key } });
  }
  const document = { Mode: retention.mode, RetainUntilDate: new Date(retention.until).toISOString() };
  return { headers: versionHeader(call.bucket, object), body: xmlDocument("Retention", document) };
}

async function putObjectLegalHold(call: ObjectCall): Promise<RouteAnswer> {
  const status = childText(readXml(await receiveText(call), "LegalHold"), "Status") ?? "";
  if (!/^(ON|OFF)$/.test(status)) throw malformed("Status must be ON or OFF.");
  return keep(call, { legalHold: status === "ON" });
}

function getObjectLegalHold(call: ObjectCall): RouteAnswer {
  const object = find(call);
  const document = { Status: object.legalHold ? "ON" : "OFF" };
  return { headers: versionHeader(call.bucket, object), body: xmlDocument("LegalHold", document) };
}

type Run = (call: ObjectCall) => RouteAnswer | Promise<RouteAnswer>;

function row(operation: string, method: string, query: string, run: Run): Route {
  return { operation, method, scope: "object", query: [query], access: "owner", run };
}

/** The rows of retention. */
export const objectRetentionRoutes: readonly Route[] = [
  /* @__PURE__ */ row("PutObjectRetention", "PUT", "retention", putObjectRetention),
  /* @__PURE__ */ row("GetObjectRetention", "GET", "retention", getObjectRetention),
  /* @__PURE__ */ row("PutObjectLegalHold", "PUT", "legalHold", putObjectLegalHold),
  /* @__PURE__ */ row("GetObjectLegalHold", "GET", "legalHold", getObjectLegalHold),
];

/** The rows of the bucket's switch. */
export const bucketObjectWormRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketObjectWormConfiguration",
  subresource: "objectWorm",
  root: "ObjectWormConfiguration",
  calls: ["Put", "Get"],
  initial: { code: "NoSuchObjectWormConfiguration", message: "The object WORM configuration does not exist." },
  check: checkConfiguration,
});
