/**
 * Lifecycle rules together: how many, and which may not stand side by side.
 * @module
 */
import { invalidArgument } from "./call.ts";
import { checkRule, childrenOf, malformedRule } from "./lifecycle_rule.ts";
import { ServiceFault } from "./service_fault.ts";
import { childText, type XmlNode } from "./xml_read.ts";

/** Rules of one bucket. */
const MAX_RULES = 1000;

/** Actions of which one object can have one only. */
const SINGLE: readonly string[] = ["Expiration", "AbortMultipartUpload", "NoncurrentVersionExpiration"];

/** From warm to frozen: each is reached later than those before it, and deletion last. */
const STAGES: readonly string[] = ["IA", "Archive", "ColdArchive", "DeepColdArchive", ""];

interface Due {
  readonly stage: number;
  readonly days: number;
}

function conflict(message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, "InvalidRequest", message, { ec });
}

function prefixOf(rule: XmlNode): string {
  return childText(rule, "Prefix") ?? "";
}

/** Rules for different tags are for different objects. */
function tagsOf(rule: XmlNode): string {
  const tags = childrenOf(rule, "Tag").map((tag) => JSON.stringify([childText(tag, "Key"), childText(tag, "Value")]));
  return tags.sort().join();
}

function overlap(a: XmlNode, b: XmlNode): boolean {
  const [one, other] = [prefixOf(a), prefixOf(b)];
  return (one.startsWith(other) || other.startsWith(one)) && tagsOf(a) === tagsOf(b);
}

/** What becomes of current versions, and after how many days. */
function timeline(rule: XmlNode): Due[] {
  return rule.children.flatMap((action): Due[] => {
    if (action.name !== "Transition" && action.name !== "Expiration") return [];
    const days = childText(action, "Days");
    const stage = STAGES.indexOf(childText(action, "StorageClass") ?? "");
    return days === undefined ? [] : [{ stage, days: Number(days) }];
  });
}

function dated(rule: XmlNode, name: string): boolean {
  const actions = rule.children.filter((child) => /^(Transition|Expiration)$/.test(child.name));
  return actions.some((action) => childText(action, name) !== undefined);
}

function outOfOrder(all: readonly Due[]): boolean {
  return all.some((one) => all.some((later) => one.stage < later.stage && one.days >= later.days));
}

/** Refuses two rules with the same action for the same objects. */
function checkSameAction(a: XmlNode, b: XmlNode): void {
  if (prefixOf(a) === prefixOf(b)) throw conflict("Rules have the same prefix.", "0014-00000085");
  const twice = SINGLE.find((name) => childrenOf(a, name).length > 0 && childrenOf(b, name).length > 0);
  if (twice !== undefined) throw conflict(`Rules with overlapping prefixes both have ${twice}.`, "0014-00000084");
  const classes = (rule: XmlNode): unknown[] =>
    childrenOf(rule, "Transition").map((one) => childText(one, "StorageClass"));
  const shared = classes(a).find((one) => classes(b).includes(one));
  if (shared !== undefined)
    throw conflict(`Rules with overlapping prefixes both turn into ${shared}.`, "0014-00000079");
}

function checkPair(a: XmlNode, b: XmlNode, allowed: boolean): void {
  if (!overlap(a, b)) return;
  if (!allowed) checkSameAction(a, b);
  const mixed =
    (dated(a, "Days") && dated(b, "CreatedBeforeDate")) || (dated(a, "CreatedBeforeDate") && dated(b, "Days"));
  if (mixed) throw conflict("Found mixed CreatedBeforeDate and Days.", "0014-00000080");
  if (outOfOrder([...timeline(a), ...timeline(b)])) throw conflict("Rules contradict each other.", "0014-00000082");
}

/**
 * Refuses rules that the service does not take.
 * @param document the rules
 * @param allowed whether rules with one action may overlap
 * @returns the rules
 * @throws ServiceFault MalformedXML, InvalidArgument, InvalidRequest
 */
export function checkRules(document: XmlNode, allowed: boolean): readonly XmlNode[] {
  const rules = document.children;
  if (rules.length === 0) throw malformedRule("A lifecycle needs a Rule.", "0014-00000013");
  if (rules.length > MAX_RULES) throw malformedRule(`A lifecycle has ${MAX_RULES} rules at most.`, "0014-00000014");
  if (rules.some(({ name }) => name !== "Rule")) throw malformedRule("A lifecycle holds rules.", "0014-00000015");
  for (const rule of rules) {
    checkRule(rule);
    if (outOfOrder(timeline(rule))) throw conflict("Objects are turned into a colder class later, and deleted last.");
  }
  const ids = rules.map((rule) => childText(rule, "ID") ?? "").filter((id) => id !== "");
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw invalidArgument("ID", twice, "IDs of rules must differ.", "0014-00000020");
  for (const [at, rule] of rules.entries()) {
    for (const other of rules.slice(0, at)) checkPair(other, rule, allowed);
  }
  return rules;
}
