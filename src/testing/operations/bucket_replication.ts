/**
 * Replication rules: kept and returned; nothing is replicated.
 * @module
 */
import type { BucketCall } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { documentOf, keepDocument, xmlValue } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, childTexts, readXml, type XmlNode } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

type Answer = RouteAnswer | Promise<RouteAnswer>;

const ROOT = "ReplicationConfiguration";

/** The replication rules of a bucket. */
export function rulesOf(call: BucketCall): readonly XmlNode[] {
  const kept = documentOf(call, "replication");
  return kept === undefined ? [] : readXml(kept, ROOT).children;
}

function keep(call: BucketCall, rules: readonly XmlNode[]): Promise<void> {
  const document = rules.length === 0 ? undefined : xmlDocument(ROOT, { Rule: rules.map(xmlValue) });
  return keepDocument(call, "replication", document);
}

function child(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((one) => one.name === name);
}

/** The bucket has no such rule. */
export function noSuchRule(id: string): ServiceFault {
  const extras = { RuleId: id };
  return new ServiceFault(404, "NoSuchReplicationRule", "The BucketReplicationRule you specified does not exist.", {
    extras,
  });
}

/** All rules, of which there must be some. */
function existing(call: BucketCall): readonly XmlNode[] {
  const rules = rulesOf(call);
  if (rules.length > 0) return rules;
  const message = "The bucket you specified does not have replication configuration.";
  throw new ServiceFault(404, "NoSuchReplicationConfiguration", message, { extras: { BucketName: call.bucketName } });
}

function destinationOf(rule: XmlNode): string | undefined {
  const destination = child(rule, "Destination");
  return destination && childText(destination, "Bucket");
}

async function add(call: BucketCall): Promise<RouteAnswer> {
  const { children } = readXml(await receiveText(call), ROOT);
  const [rule, ...more] = children;
  if (more.length > 0) throw new ServiceFault(400, "TooManyReplicationRules", "There can be one rule in a request.");
  const target = rule && child(rule, "Destination");
  if (rule === undefined || target === undefined || !destinationOf(rule) || !childText(target, "Location"))
    throw new ServiceFault(400, "MalformedXML", "A rule has a Destination with Bucket and Location.");
  if ((child(rule, "PrefixSet")?.children.length ?? 0) > 10)
    throw new ServiceFault(400, "MalformedXML", "A rule has at most 10 prefixes.");
  const rules = rulesOf(call);
  if (rules.some((one) => destinationOf(one) === destinationOf(rule)))
    throw new ServiceFault(409, "BucketReplicationAlreadyExist", "The replication configuration already exists.", {
      ec: "0031-00000044",
    });
  const id = childText(rule, "ID") ?? crypto.randomUUID();
  // The service's defaults first; what the request says takes their place, the state excepted.
  const defaults = { ID: id, Action: "ALL", HistoricalObjectReplication: "enabled", Status: "starting" };
  const given = rule.children.filter(({ name }) => name !== "Status");
  const missing = Object.entries(defaults).filter(([name]) => !given.some((one) => one.name === name));
  const made = missing.map(([name, text]): XmlNode => ({ name, text, children: [] }));
  await keep(call, [...rules, { ...rule, children: [...made, ...given] }]);
  return { headers: { "x-oss-replication-rule-id": id } };
}

async function remove(call: BucketCall): Promise<RouteAnswer> {
  const ids = childTexts(readXml(await receiveText(call), "ReplicationRules"), "ID");
  if (ids.length === 0) throw new ServiceFault(400, "MalformedXML", "There must be an ID.");
  const rules = existing(call);
  const unknown = ids.find((id) => !rules.some((rule) => childText(rule, "ID") === id));
  if (unknown !== undefined) throw noSuchRule(unknown);
  await keep(
    call,
    rules.filter((rule) => !ids.includes(childText(rule, "ID") ?? "")),
  );
  return {};
}

async function putRtc(call: BucketCall): Promise<RouteAnswer> {
  const asked = readXml(await receiveText(call), "ReplicationRule");
  const id = childText(asked, "ID") ?? "";
  const rtc = child(asked, "RTC");
  if (rtc === undefined || !/^(enabled|disabled)$/.test(childText(rtc, "Status") ?? ""))
    throw new ServiceFault(400, "MalformedXML", "RTC must be enabled or disabled.");
  const rules = existing(call);
  if (!rules.some((rule) => childText(rule, "ID") === id)) throw noSuchRule(id);
  const changed = rules.map((rule): XmlNode => {
    if (childText(rule, "ID") !== id) return rule;
    return { ...rule, children: [...rule.children.filter(({ name }) => name !== "RTC"), rtc] };
  });
  await keep(call, changed);
  return {};
}

function get(call: BucketCall): RouteAnswer {
  return { body: xmlDocument(ROOT, { Rule: existing(call).map(xmlValue) }) };
}

function row(operation: string, method: string, query: readonly string[], run: (call: BucketCall) => Answer): Route {
  return { operation, method, scope: "bucket", query, access: "owner", run };
}

/** The rows of replication. */
export const replicationRoutes: readonly Route[] = [
  /* @__PURE__ */ row("PutBucketReplication", "POST", ["replication", "comp=add"], add),
  /* @__PURE__ */ row("GetBucketReplication", "GET", ["replication"], get),
  /* @__PURE__ */ row("DeleteBucketReplication", "POST", ["replication", "comp=delete"], remove),
  /* @__PURE__ */ row("PutBucketRtc", "PUT", ["rtc"], putRtc),
];
