/**
 * One lifecycle rule as the service takes it: which elements it may hold, and what they may say.
 * @module
 */
import { invalidArgument } from "./call.ts";
import { ServiceFault } from "./service_fault.ts";
import { childText, childTexts, type XmlNode } from "./xml_read.ts";

const ACTIONS: readonly string[] = [
  "Expiration",
  "Transition",
  "AbortMultipartUpload",
  "NoncurrentVersionExpiration",
  "NoncurrentVersionTransition",
];

const MANY: ReadonlySet<string> = /* @__PURE__ */ new Set(["Tag", "Transition", "NoncurrentVersionTransition"]);
const ONE: ReadonlySet<string> = /* @__PURE__ */ new Set(["ID", "Prefix", "Status", "AtimeBase", "Filter"]);
const CLASSES: ReadonlySet<string> = /* @__PURE__ */ new Set(["IA", "Archive", "ColdArchive", "DeepColdArchive"]);

/** The document is not what the service's schema says. */
export function malformedRule(message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, "MalformedXML", message, { ec });
}

/** Children of one name. */
export function childrenOf(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

/** Numbers of errors about the time of an action. */
interface TimeErrors {
  readonly both?: string;
  readonly none?: string;
}

function checkDays(node: XmlNode, name: string): void {
  const days = childText(node, name);
  if (days === undefined || /^[1-9]\d{0,8}$/.test(days)) return;
  throw invalidArgument(name, days, `${name} must be a positive integer.`, "0014-00000086");
}

function checkTime(node: XmlNode, { both, none }: TimeErrors): void {
  const given = node.children.filter(({ name }) => /^(Days|CreatedBeforeDate|Date)$/.test(name));
  const markers = childText(node, "ExpiredObjectDeleteMarker") === "true" ? 1 : 0;
  if (given.length + markers > 1) throw malformedRule(`${node.name} has more than one time.`, both);
  if (given.length + markers < 1) throw malformedRule(`${node.name} has no time.`, none);
  checkDays(node, "Days");
  for (const { name, text } of given.filter((child) => child.name !== "Days")) {
    const midnight = /^\d{4}-\d\d-\d\dT00:00:00(\.000)?Z$/.test(text) && !Number.isNaN(Date.parse(text));
    if (!midnight) throw invalidArgument(name, text, `${name} must be at midnight UTC.`, "0014-00000087");
  }
}

function checkTarget(node: XmlNode): void {
  const target = childText(node, "StorageClass") ?? "";
  if (!CLASSES.has(target)) throw invalidArgument("StorageClass", target, "The storage class is not valid.");
  for (const { name, text } of node.children) {
    const flag = /^(IsAccessTime|ReturnToStdWhenVisit|AllowSmallFile)$/.test(name);
    if (flag && !/^(true|false)$/.test(text)) throw malformedRule(`${name} must be true or false.`);
  }
}

function checkTag(tag: XmlNode): void {
  const [key, value] = [childText(tag, "Key"), childText(tag, "Value")];
  if (key === undefined || value === undefined) throw malformedRule("A Tag holds Key and Value.", "0014-00000028");
  if (key === "") throw invalidArgument("Key", key, "The key of a tag must not be empty.", "0014-00000030");
  if (!/^[\p{L}\p{N} +\-=._:/]*$/u.test(key))
    throw invalidArgument("Key", key, "The key of a tag holds what it must not.", "0014-00000031");
}

const tagText = (tag: XmlNode): string => JSON.stringify([childText(tag, "Key"), childText(tag, "Value")]);

function checkFilter(filter: XmlNode, prefix: string, tags: readonly XmlNode[]): void {
  const [not, ...others] = childrenOf(filter, "Not");
  if (others.length > 0) throw malformedRule("A Filter holds one Not.", "0014-00000089");
  if (not === undefined) return;
  const asked = tags.map(tagText);
  if (childrenOf(not, "Tag").some((tag) => asked.includes(tagText(tag))))
    throw malformedRule("Not excludes a Tag that the rule asks for.", "0014-00000036");
  const excluded = childText(not, "Prefix") ?? "";
  const whole = childrenOf(not, "Tag").length === 0 && excluded === prefix;
  if (excluded.startsWith(prefix) && !whole) return;
  throw invalidArgument("Prefix", excluded, "The prefix of Not must begin with the rule's and be longer.");
}

function checkActions(rule: XmlNode): void {
  if (!rule.children.some(({ name }) => ACTIONS.includes(name)))
    throw malformedRule("Action is missing.", "0014-00000026");
  for (const node of rule.children) {
    if (node.name === "Expiration") checkTime(node, { both: "0014-00000061", none: "0014-00000060" });
    if (node.name === "Transition") checkTime(node, { both: "0014-00000050" });
    if (node.name === "AbortMultipartUpload") checkTime(node, {});
    if (node.name.endsWith("Transition")) checkTarget(node);
    if (node.name.startsWith("Noncurrent")) {
      if (childText(node, "NoncurrentDays") === undefined) throw malformedRule(`${node.name} has no NoncurrentDays.`);
      checkDays(node, "NoncurrentDays");
    }
  }
}

/**
 * Refuses a rule that the service does not take.
 * @param rule the element
 * @throws ServiceFault MalformedXML, InvalidArgument
 */
export function checkRule(rule: XmlNode): void {
  const names = rule.children.map(({ name }) => name);
  const unknown = names.find((name) => !MANY.has(name) && !ONE.has(name) && !ACTIONS.includes(name));
  if (unknown !== undefined) throw malformedRule(`A Rule holds no ${unknown}.`, "0014-00000017");
  const twice = names.find((name, at) => !MANY.has(name) && names.indexOf(name) !== at);
  if (twice !== undefined) throw malformedRule(`A Rule holds one ${twice}.`, "0014-00000089");
  const status = childText(rule, "Status");
  if (status === undefined) throw malformedRule("A Rule needs a Status.", "0014-00000025");
  if (!/^(Enabled|Disabled)$/.test(status)) throw malformedRule("Status is unknown.", "0014-00000024");
  const id = childText(rule, "ID") ?? "";
  if (id.length > 255) throw invalidArgument("ID", id, "ID is longer than 255 characters.", "0014-00000019");
  const tags = childrenOf(rule, "Tag");
  for (const tag of tags) checkTag(tag);
  const keys = tags.flatMap((tag) => childTexts(tag, "Key"));
  if (new Set(keys).size < keys.length) throw malformedRule("Keys of tags must differ.", "0014-00000029");
  for (const filter of childrenOf(rule, "Filter")) checkFilter(filter, childText(rule, "Prefix") ?? "", tags);
  checkActions(rule);
}
