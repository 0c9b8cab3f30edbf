/**
 * The tables that tell of the objects in a bucket: kept as they were asked for, and always up to date.
 * @module
 */
import type { BucketCall } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { documentOf, keepDocument, xmlValue } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { readXml, type XmlNode } from "../xml_read.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

const NAME = "metadataConfiguration";
const ROOT = "MetadataConfiguration";
const JOURNAL = "JournalTableConfiguration";
const INVENTORY = "InventoryTableConfiguration";

/** What stands in an element, by name. */
type Members = Readonly<Record<string, XmlValue>>;

function members(node: XmlNode | undefined): Members {
  return Object.fromEntries((node?.children ?? []).map((child) => [child.name, xmlValue(child)]));
}

function tablesOf(call: BucketCall): XmlNode {
  const kept = documentOf(call, NAME);
  if (kept !== undefined) return readXml(kept, ROOT);
  throw new ServiceFault(404, "MetadataConfigurationNotFound", "The metadata configuration does not exist.", {
    extras: { BucketName: call.bucketName },
  });
}

async function create(call: BucketCall): Promise<RouteAnswer> {
  const node = readXml(await receiveText(call), ROOT);
  await keepDocument(call, NAME, xmlDocument(ROOT, xmlValue(node)));
  return {};
}

/** Replaces what is told of one table, and keeps the rest. */
function change(table: string): BucketRoute["run"] {
  return async (call) => {
    const told = members(readXml(await receiveText(call), table));
    const tables = tablesOf(call);
    const before = members(tables.children.find((child) => child.name === table));
    await keepDocument(call, NAME, xmlDocument(ROOT, { ...members(tables), [table]: { ...before, ...told } }));
    return {};
  };
}

function get(call: BucketCall): RouteAnswer {
  const arn = `acs:osstables:${call.bucket.record.region}:${call.bucket.record.owner}:bucket/oss-metadata`;
  const space = `b_${call.bucketName}`;
  const results: Record<string, XmlValue> = {
    DestinationResult: { TableBucketType: "oss", TableBucketArn: arn, TableNamespace: space },
  };
  for (const node of tablesOf(call).children) {
    const name = node.name === JOURNAL ? "journal" : "inventory";
    const state = { TableStatus: "ACTIVE", TableName: name, TableArn: `${arn}/table/${space}.${name}` };
    results[`${node.name}Result`] = { ...members(node), ...state };
  }
  return { body: xmlDocument("GetBucketMetadataConfigurationResult", { MetadataConfigurationResult: results }) };
}

async function remove(call: BucketCall): Promise<RouteAnswer> {
  await keepDocument(call, NAME, undefined);
  return { status: 204 };
}

type BucketRoute = Extract<Route, { scope: "bucket" }>;

function row(operation: string, method: string, query: string, run: BucketRoute["run"]): Route {
  return { operation, method, scope: "bucket", query: [query], access: "owner", run };
}

/** The rows of tables. */
export const metadataTableRoutes: readonly Route[] = [
  /* @__PURE__ */ row("CreateBucketMetadataConfiguration", "POST", NAME, create),
  /* @__PURE__ */ row("GetBucketMetadataConfiguration", "GET", NAME, get),
  /* @__PURE__ */ row("DeleteBucketMetadataConfiguration", "DELETE", NAME, remove),
  /* @__PURE__ */ row(
    "UpdateBucketMetadataJournalTableConfiguration",
    "PUT",
    "metadataJournalTable",
    /* @__PURE__ */ change(JOURNAL),
  ),
  /* @__PURE__ */ row(
    "UpdateBucketMetadataInventoryTableConfiguration",
    "PUT",
    "metadataInventoryTable",
    /* @__PURE__ */ change(INVENTORY),
  ),
];
