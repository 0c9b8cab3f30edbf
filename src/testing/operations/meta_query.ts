/**
 * The metadata index of a bucket. It is built at once, from the objects there are; what they show is not known.
 * @module
 */
import { type BucketCall, invalidArgument } from "../call.ts";
import { aggregate, compare, type Facts, factsOf, fieldOf, readConditions } from "../meta_query.ts";
import { receiveText } from "../receive.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { documentOf, keepDocument } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, childTexts, readXml, type XmlNode } from "../xml_read.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

const KIND = "metaQuery";

/** The state of the index, which must be there. */
function stateOf(call: BucketCall): string {
  const state = documentOf(call, KIND);
  if (state !== undefined) return state;
  throw new ServiceFault(404, "MetaQueryNotExist", "The bucket has no metadata index.");
}

function modeOf({ query }: BucketCall): string {
  const mode = query.get("mode") ?? "basic";
  if (mode === "basic" || mode === "semantic") return mode;
  throw invalidArgument("mode", mode, "The mode is basic or semantic.");
}

async function open(call: BucketCall): Promise<RouteAnswer> {
  const mode = modeOf(call);
  const text = await receiveText(call);
  if (text !== "") readXml(text, "MetaQuery");
  if (documentOf(call, KIND) !== undefined)
    throw new ServiceFault(400, "MetaQueryAlreadyExist", "The bucket has a metadata index already.");
  const now = new Date(call.now).toISOString();
  const state = {
    State: "Running",
    Phase: "IncrementalScanning",
    CreateTime: now,
    UpdateTime: now,
    MetaQueryMode: mode,
  };
  await keepDocument(call, KIND, xmlDocument("MetaQueryStatus", state));
  return {};
}

async function close(call: BucketCall): Promise<RouteAnswer> {
  await keepDocument(call, KIND, undefined);
  return {};
}

function child(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((one) => one.name === name);
}

/** Which objects a request means. */
function conditionsOf(call: BucketCall, document: XmlNode): (facts: Facts) => boolean {
  const query = childText(document, "Query") ?? "";
  if (query === "") throw invalidArgument("Query", "", "The query is missing.");
  if (modeOf(call) === "basic") return readConditions(query);
  const simple = childText(document, "SimpleQuery");
  const fits = simple === undefined ? () => true : readConditions(simple);
  const media = child(document, "MediaTypes");
  const kinds = media === undefined ? [] : childTexts(media, "MediaType");
  return (facts) => fits(facts) && (kinds.length === 0 || kinds.includes(String(facts["MediaType"])));
}

interface Found {
  readonly record: ObjectRecord;
  readonly facts: Facts;
}

/** By the field of the request, greatest first unless it says otherwise; then by name. */
function sortFound(found: Found[], document: XmlNode): void {
  const asked = childText(document, "Sort");
  const field = asked === undefined || asked === "" ? undefined : fieldOf(asked);
  const sign = childText(document, "Order") === "asc" ? 1 : -1;
  if (field === undefined) return;
  // Objects come by name, and sorting keeps the order of equals.
  found.sort((a, b) => sign * compare(a.facts[field] ?? "", b.facts[field] ?? ""));
}

function pairs(element: string, values: Readonly<Record<string, string>>): XmlValue {
  const list = Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
  return list.length === 0 ? undefined : { [element]: list };
}

function fileOf({ record, facts }: Found): XmlValue {
  const { MediaType, ...told } = facts;
  const meta = Object.entries(record.headers).flatMap(([name, value]) =>
    name.startsWith("x-oss-meta-") ? [[name.slice(11), value] as const] : [],
  );
  return {
    ...told,
    MediaType: MediaType === "document" ? undefined : MediaType,
    OSSTagging: pairs("Tagging", record.tagging ?? {}),
    OSSUserMeta: pairs("UserMeta", Object.fromEntries(meta)),
  };
}

async function query(call: BucketCall): Promise<RouteAnswer> {
  const document = readXml(await receiveText(call), "MetaQuery");
  stateOf(call);
  const fits = conditionsOf(call, document);
  const max = Number(childText(document, "MaxResults") || 0);
  if (!(max >= 0 && max <= 100)) throw invalidArgument("MaxResults", String(max), "MaxResults is 0 to 100.");
  const found: Found[] = [];
  for (const [, record] of call.bucket.objects.from(() => false)) {
    const facts = factsOf(record);
    if (fits(facts)) found.push({ record, facts });
  }
  const figures = child(document, "Aggregations");
  if (figures !== undefined) {
    const all = found.map(({ facts }) => facts);
    const values = figures.children.map((asked) => aggregate(asked, all));
    return { body: xmlDocument("MetaQuery", { NextToken: "", Files: {}, Aggregations: { Aggregation: values } }) };
  }
  sortFound(found, document);
  const start = Number(childText(document, "NextToken") || 0);
  const end = start + (max || 100);
  const files = found.slice(start, end).map(fileOf);
  const next = end < found.length ? String(end) : "";
  return { body: xmlDocument("MetaQuery", { NextToken: next, Files: { File: files } }) };
}

function row(operation: string, comp: string, run: (call: BucketCall) => Promise<RouteAnswer>): Route {
  return { operation, method: "POST", scope: "bucket", query: [KIND, `comp=${comp}`], access: "owner", run };
}

/** The rows of the metadata index. */
export const metaQueryRoutes: readonly Route[] = [
  /* @__PURE__ */ row("OpenMetaQuery", "add", open),
  /* @__PURE__ */ row("DoMetaQuery", "query", query),
  /* @__PURE__ */ row("CloseMetaQuery", "delete", close),
  {
    operation: "GetMetaQueryStatus",
    method: "GET",
    scope: "bucket",
    query: [KIND],
    access: "owner",
    run: (call) => ({ body: stateOf(call) }),
  },
];
