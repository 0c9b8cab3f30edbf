/**
 * Limits of the account, and resource pools: those of the options, with limits that live as long as the process.
 * @module
 */
import { requireIdentity } from "../access.ts";
import type { Call } from "../call.ts";
import type { ResourcePool } from "../options.ts";
import { noLimits, pageOf, readLimits, requesterElements, USER_LIMITS } from "../qos.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import type { RouteAnswer } from "../wire.ts";
import { xmlDocument } from "../xml_write.ts";

/** Where and whose pools are. */
function place(call: Call): { Region: string; Owner: string } {
  return { Region: `oss-${call.service.settings.region}`, Owner: requireIdentity(call).account.id };
}

/** The pool that a request names. */
function poolOf(call: Call): ResourcePool {
  requireIdentity(call);
  const name = call.query.get("resourcePool") ?? "";
  const pool = call.service.settings.resourcePools.get(name);
  if (pool !== undefined) return pool;
  const extras = { ResourcePool: name };
  throw new ServiceFault(404, "NoSuchResourcePool", "The specified resource pool does not exist.", { extras });
}

function getUser(call: Call): RouteAnswer {
  return { body: xmlDocument("QoSConfiguration", { Region: place(call).Region, ...USER_LIMITS }) };
}

function listPools(call: Call): RouteAnswer {
  const { resourcePools } = call.service.settings;
  const { items, facts } = pageOf(call, [...resourcePools.keys()].sort());
  const pools = items.map((name) => ({ Name: name, CreateTime: resourcePools.get(name)?.created }));
  return { body: xmlDocument("ListResourcePoolsResult", { ...place(call), ...facts, ResourcePool: pools }) };
}

function getPool(call: Call): RouteAnswer {
  const { name, created } = poolOf(call);
  const facts = { ...place(call), Name: name, CreateTime: created, QoSConfiguration: USER_LIMITS };
  return { body: xmlDocument("GetResourcePoolInfoResponse", facts) };
}

function listBuckets(call: Call): RouteAnswer {
  const { name, created, buckets } = poolOf(call);
  const { items, facts } = pageOf(call, [...buckets].sort());
  const listed = items.map((bucket) => ({ Name: bucket, JoinTime: created }));
  const document = { ResourcePool: name, ...facts, ResourcePoolBucket: listed };
  return { body: xmlDocument("ListResourcePoolBucketsResult", document) };
}

const uidOf = ({ query }: Call): string => query.get("qosRequester") ?? "";

async function put(call: Call): Promise<RouteAnswer> {
  poolOf(call).requesters.set(uidOf(call), readLimits(await receiveText(call)));
  return {};
}

function get(call: Call): RouteAnswer {
  const limits = poolOf(call).requesters.get(uidOf(call));
  if (limits === undefined) throw noLimits("RequesterQosInfo");
  return { body: xmlDocument("RequesterQoSInfo", { Requester: uidOf(call), QoSConfiguration: limits }) };
}

function remove(call: Call): RouteAnswer {
  poolOf(call).requesters.delete(uidOf(call));
  return { status: 204 };
}

function list(call: Call): RouteAnswer {
  const { name, requesters } = poolOf(call);
  const { items, facts } = pageOf(call, [...requesters.keys()].sort());
  const found = requesterElements(Object.fromEntries(requesters), items);
  const document = { ResourcePool: name, ...facts, RequesterQoSInfo: found };
  return { body: xmlDocument("ListResourcePoolRequesterQoSInfosResult", document) };
}

type ServiceRoute = Extract<Route, { scope: "service" }>;

function row(operation: string, method: string, query: readonly string[], run: ServiceRoute["run"]): Route {
  return { operation, method, scope: "service", query, access: "owner", run };
}

const POOL = ["requesterQosInfo", "resourcePool"] as const;
const ONE = ["requesterQosInfo", "qosRequester", "resourcePool"] as const;

/** The rows of resource pools. */
export const resourcePoolRoutes: readonly Route[] = [
  /* @__PURE__ */ row("GetUserQoSInfo", "GET", ["qosInfo"], getUser),
  /* @__PURE__ */ row("ListResourcePools", "GET", ["resourcePool"], listPools),
  /* @__PURE__ */ row("GetResourcePoolInfo", "GET", ["resourcePoolInfo", "resourcePool"], getPool),
  /* @__PURE__ */ row("ListResourcePoolBuckets", "GET", ["resourcePoolBuckets", "resourcePool"], listBuckets),
  /* @__PURE__ */ row("PutResourcePoolRequesterQoSInfo", "PUT", ONE, put),
  /* @__PURE__ */ row("GetResourcePoolRequesterQoSInfo", "GET", ONE, get),
  /* @__PURE__ */ row("DeleteResourcePoolRequesterQoSInfo", "DELETE", ONE, remove),
  /* @__PURE__ */ row("ListResourcePoolRequesterQoSInfos", "GET", POOL, list),
];
