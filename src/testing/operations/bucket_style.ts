/**
 * Styles: processing instructions under names.
 * @module
 */
import { type BucketCall, invalidArgument } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { documentOf, keepDocument, xmlValue } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml, type XmlNode } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

const MAX_STYLES = 50;

function stylesOf(call: BucketCall): readonly XmlNode[] {
  const kept = documentOf(call, "style");
  return kept === undefined ? [] : readXml(kept, "StyleList").children;
}

async function keep(call: BucketCall, styles: readonly XmlNode[]): Promise<void> {
  const sorted = [...styles].sort((a, b) => ((childText(a, "Name") ?? "") < (childText(b, "Name") ?? "") ? -1 : 1));
  await keepDocument(call, "style", xmlDocument("StyleList", { Style: sorted.map(xmlValue) }));
}

function nameOf({ query }: BucketCall): string {
  const name = query.get("styleName") ?? "";
  if (/^[\w.-]{1,63}$/.test(name)) return name;
  throw invalidArgument("stylename", name, `The value: ${name} of parameter: stylename is invalid.`, "0017-00000251");
}

const leaf = (name: string, text: string): XmlNode => ({ name, children: [], text });

async function put(call: BucketCall): Promise<RouteAnswer> {
  const name = nameOf(call);
  const content = childText(readXml(await receiveText(call), "Style"), "Content") ?? "";
  if (content === "") throw invalidArgument("Content", content, "Style content is invalid.");
  const styles = stylesOf(call);
  const others = styles.filter((one) => childText(one, "Name") !== name);
  if (others.length >= MAX_STYLES)
    throw new ServiceFault(403, "AccessDenied", `Your style count is exceeded ${MAX_STYLES}.`);
  const now = new Date(call.now).toUTCString();
  const old = styles.find((one) => childText(one, "Name") === name);
  const children = [
    leaf("Name", name),
    leaf("Content", content),
    leaf("Category", call.query.get("category") ?? "image"),
    leaf("CreateTime", (old && childText(old, "CreateTime")) ?? now),
    leaf("LastModifyTime", now),
  ];
  await keep(call, [...others, { name: "Style", children, text: "" }]);
  return {};
}

/** A style. @throws ServiceFault NoSuchStyle */
export function findStyle(call: BucketCall, name: string): XmlNode {
  const found = stylesOf(call).find((one) => childText(one, "Name") === name);
  if (found) return found;
  throw new ServiceFault(404, "NoSuchStyle", "The specified style does not exist.", { extras: { StyleName: name } });
}

function get(call: BucketCall): RouteAnswer {
  return { body: xmlDocument("Style", xmlValue(findStyle(call, nameOf(call)))) };
}

async function remove(call: BucketCall): Promise<RouteAnswer> {
  const name = nameOf(call);
  const others = stylesOf(call).filter((one) => childText(one, "Name") !== name);
  await keep(call, others);
  return { status: 204 };
}

function listAll(call: BucketCall): RouteAnswer {
  return { body: documentOf(call, "style") ?? xmlDocument("StyleList", {}) };
}

const ONE = ["style", "styleName"] as const;

/** The rows of styles. */
export const styleRoutes: readonly Route[] = [
  { operation: "PutStyle", method: "PUT", scope: "bucket", query: ONE, access: "owner", run: put },
  { operation: "GetStyle", method: "GET", scope: "bucket", query: ONE, access: "owner", run: get },
  { operation: "ListStyle", method: "GET", scope: "bucket", query: ["style"], access: "owner", run: listAll },
  { operation: "DeleteStyle", method: "DELETE", scope: "bucket", query: ONE, access: "owner", run: remove },
];
