/**
 * Where buckets can be replicated to, and how far that has come: nowhere, for nothing is replicated.
 * @module
 */
import type { BucketCall } from "../call.ts";
import type { Route } from "../routes.ts";
import { xmlValue } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText } from "../xml_read.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";
import { noSuchRule, rulesOf } from "./bucket_replication.ts";

/** Regions that buckets are replicated to. */
const LOCATIONS: readonly string[] = ["oss-cn-beijing", "oss-cn-hangzhou", "oss-cn-shanghai", "oss-us-west-1"];

function location({ bucket }: BucketCall): RouteAnswer {
  const others = LOCATIONS.filter((one) => one !== `oss-${bucket.record.region}`);
  const document = xmlDocument("ReplicationLocation", {
    Location: others,
    LocationTransferTypeConstraint: {
      LocationTransferType: others.map((one) => ({ Location: one, TransferTypes: { Type: "oss_acc" } })),
    },
    LocationRTCConstraint: { Location: others.slice(0, 1) },
  });
  return { body: document };
}

/** What a rule and its progress have in common. */
const SHARED: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "ID",
  "PrefixSet",
  "Action",
  "Destination",
  "Status",
  "HistoricalObjectReplication",
]);

function progress(call: BucketCall): RouteAnswer {
  const id = call.query.get("rule-id") ?? "";
  const rule = rulesOf(call).find((one) => childText(one, "ID") === id);
  if (rule === undefined) throw noSuchRule(id);
  const facts: Record<string, XmlValue> = {};
  for (const one of rule.children) if (SHARED.has(one.name)) facts[one.name] = xmlValue(one);
  return { body: xmlDocument("ReplicationProgress", { Rule: { ...facts, Progress: { HistoricalObject: 0 } } }) };
}

function row(operation: string, query: string, run: (call: BucketCall) => RouteAnswer): Route {
  return { operation, method: "GET", scope: "bucket", query: [query], access: "owner", run };
}

/** The rows of replication that only tell something. */
export const replicationProgressRoutes: readonly Route[] = [
  /* @__PURE__ */ row("GetBucketReplicationLocation", "replicationLocation", location),
  /* @__PURE__ */ row("GetBucketReplicationProgress", "replicationProgress", progress),
];
