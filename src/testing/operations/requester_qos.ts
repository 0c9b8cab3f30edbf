/**
 * Limits of single accounts on a bucket.
 * @module
 */
import { type BucketCall, invalidArgument } from "../call.ts";
import { type Limits, noLimits, pageOf, readLimits, requesterElements } from "../qos.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { documentOf, keepDocument } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { xmlDocument } from "../xml_write.ts";

const REQUESTERS = "requesterQosInfo";

function requestersOf(call: BucketCall): Readonly<Record<string, Limits>> {
  // It was written below, as JSON: nobody but this file reads it.
  return JSON.parse(documentOf(call, REQUESTERS) ?? "{}") as Record<string, Limits>;
}

function requesterOf({ query }: BucketCall): string {
  const uid = query.get("qosRequester") ?? "";
  if (uid === "") throw invalidArgument("qosRequester", uid, "The requester is missing.");
  return uid;
}

async function putRequester(call: BucketCall): Promise<RouteAnswer> {
  const limits = readLimits(await receiveText(call));
  await keepDocument(call, REQUESTERS, JSON.stringify({ ...requestersOf(call), [requesterOf(call)]: limits }));
  return {};
}

function getRequester(call: BucketCall): RouteAnswer {
  const uid = requesterOf(call);
  const limits = requestersOf(call)[uid];
  if (limits === undefined) throw noLimits("RequesterQosInfo");
  return { body: xmlDocument("RequesterQoSInfo", { Requester: uid, QoSConfiguration: limits }) };
}

async function removeRequester(call: BucketCall): Promise<RouteAnswer> {
  const { [requesterOf(call)]: _, ...others } = requestersOf(call);
  await keepDocument(call, REQUESTERS, JSON.stringify(others));
  return { status: 204 };
}

function listRequesters(call: BucketCall): RouteAnswer {
  const all = requestersOf(call);
  const { items, facts } = pageOf(call, Object.keys(all).sort());
  const document = xmlDocument("ListBucketRequesterQoSInfosResult", {
    Bucket: call.bucketName,
    ...facts,
    RequesterQoSInfo: requesterElements(all, items),
  });
  return { body: document };
}

type BucketRoute = Extract<Route, { scope: "bucket" }>;

function row(operation: string, method: string, query: readonly string[], run: BucketRoute["run"]): Route {
  return { operation, method, scope: "bucket", query: [REQUESTERS, ...query], access: "owner", run };
}

/** The rows of limits of single accounts. */
export const requesterQosRoutes: readonly Route[] = [
  /* @__PURE__ */ row("PutBucketRequesterQoSInfo", "PUT", ["qosRequester"], putRequester),
  /* @__PURE__ */ row("GetBucketRequesterQoSInfo", "GET", ["qosRequester"], getRequester),
  /* @__PURE__ */ row("DeleteBucketRequesterQoSInfo", "DELETE", ["qosRequester"], removeRequester),
  /* @__PURE__ */ row("ListBucketRequesterQoSInfos", "GET", [], listRequesters),
];
