/**
 * Inventories of a bucket: kept, listed, never made.
 * @module
 */
import { type BucketCall, invalidArgument } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { keepDocument, xmlValue } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml, type XmlNode } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

const ROOT = "InventoryConfiguration";
const PREFIX = "inventory/";
/** Inventories of one page. */
const PAGE = 100;
/** Inventories of one bucket. */
const MAX = 1000;

/** The ids of the bucket's inventories, in order. */
function idsOf({ bucket }: BucketCall): string[] {
  const names = Object.keys(bucket.record.documents ?? {}).filter((name) => name.startsWith(PREFIX));
  return names.map((name) => name.slice(PREFIX.length)).sort();
}

function documentOf({ bucket }: BucketCall, id: string): string | undefined {
  return bucket.record.documents?.[PREFIX + id];
}

/** The id that the request names. */
function named(call: BucketCall): string {
  const id = call.query.get("inventoryId");
  if (id) return id;
  const extras = { ArgumentName: "inventoryId" };
  throw new ServiceFault(400, "MissingArgument", "Missing Some Required Arguments.", { ec: "0020-00000002", extras });
}

function noSuchInventory(): ServiceFault {
  return new ServiceFault(404, "NoSuchInventory", "The specified inventory does not exist.");
}

function find(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  return path.reduce<XmlNode | undefined>((at, step) => at?.children.find(({ name }) => name === step), node);
}

/** Inventories go to a bucket of the same account. */
function checkDestination(call: BucketCall, document: XmlNode): void {
  const destination = find(document, "Destination", "OSSBucketDestination", "Bucket")?.text ?? "";
  const [, name] = /^acs:oss:::([a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/.exec(destination) ?? [];
  if (name === undefined) throw invalidArgument("Bucket", destination, "The bucket is not valid.", "0020-00000032");
  const bucket = call.service.state.buckets.get(name);
  if (bucket?.record.owner === call.bucket.record.owner) return;
  throw invalidArgument("Bucket", destination, "The bucket does not exist.", "0020-00000033");
}

function check(call: BucketCall, document: XmlNode, id: string): void {
  const own = childText(document, "Id") ?? "";
  if (own === "") throw new ServiceFault(400, "MalformedXML", "The inventory has no Id.", { ec: "0020-00000005" });
  if (own !== id) throw invalidArgument("Id", own, "The Id is not that of the query.");
  if (!/^(Daily|Weekly)$/.test(find(document, "Schedule", "Frequency")?.text ?? "")) {
    throw new ServiceFault(400, "MalformedXML", "Frequency must be Daily or Weekly.");
  }
  checkDestination(call, document);
  if (documentOf(call, id) !== undefined) {
    const message = "The inventory id already exists.";
    throw new ServiceFault(409, "InventoryAlreadyExist", message, { ec: "0020-00000042" });
  }
  if (idsOf(call).length < MAX) return;
  throw new ServiceFault(400, "InventoryExceedLimit", "The bucket has too many inventories.");
}

async function putBucketInventory(call: BucketCall): Promise<RouteAnswer> {
  const id = named(call);
  const document = readXml(await receiveText(call), ROOT);
  check(call, document, id);
  await keepDocument(call, PREFIX + id, xmlDocument(ROOT, xmlValue(document)));
  return {};
}

function getBucketInventory(call: BucketCall): RouteAnswer {
  const document = documentOf(call, named(call));
  if (document === undefined) throw noSuchInventory();
  return { body: document };
}

async function deleteBucketInventory(call: BucketCall): Promise<RouteAnswer> {
  await keepDocument(call, PREFIX + named(call), undefined);
  return { status: 204 };
}

function listBucketInventory(call: BucketCall): RouteAnswer {
  const ids = idsOf(call);
  if (ids.length === 0) throw noSuchInventory();
  const after = call.query.get("continuation-token") ?? "";
  const rest = ids.filter((id) => id > after);
  const page = rest.slice(0, PAGE);
  const truncated = rest.length > page.length;
  const body = xmlDocument("ListInventoryConfigurationsResult", {
    [ROOT]: page.map((id) => xmlValue(readXml(documentOf(call, id) ?? "", ROOT))),
    IsTruncated: truncated,
    NextContinuationToken: truncated ? page.at(-1) : undefined,
  });
  return { body };
}

type Run = (call: BucketCall) => RouteAnswer | Promise<RouteAnswer>;

function row(operation: string, method: string, query: readonly string[], run: Run): Route {
  return { operation, method, scope: "bucket", query, access: "owner", run };
}

/** The rows of inventories; a put or a delete that names none is refused by number. */
export const bucketInventoryRoutes: readonly Route[] = [
  /* @__PURE__ */ row("PutBucketInventory", "PUT", ["inventory", "inventoryId"], putBucketInventory),
  /* @__PURE__ */ row("PutBucketInventory", "PUT", ["inventory"], putBucketInventory),
  /* @__PURE__ */ row("GetBucketInventory", "GET", ["inventory", "inventoryId"], getBucketInventory),
  /* @__PURE__ */ row("DeleteBucketInventory", "DELETE", ["inventory", "inventoryId"], deleteBucketInventory),
  /* @__PURE__ */ row("DeleteBucketInventory", "DELETE", ["inventory"], deleteBucketInventory),
  /* @__PURE__ */ row("ListBucketInventory", "GET", ["inventory"], listBucketInventory),
];
