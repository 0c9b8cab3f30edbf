/**
 * Limits of buckets: bandwidth, requests, and what they hold.
 * @module
 */
import { type BucketCall, invalidArgument } from "../call.ts";
import { noLimits, readLimits } from "../qos.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { documentOf, keepDocument, storedDocument } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

/** The rows of storage capacity. */
export const capacityRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketStorageCapacity",
  subresource: "qos",
  root: "BucketUserQos",
  calls: ["Put", "Get"],
  initial: () => ({ StorageCapacity: -1 }),
  check(document) {
    const text = childText(document, "StorageCapacity") ?? "";
    if (!/^(-1|\d+)$/.test(text)) throw invalidArgument("StorageCapacity", text, "It must be -1 or more.");
  },
});

async function put(call: BucketCall): Promise<RouteAnswer> {
  const limits = readLimits(await receiveText(call));
  await keepDocument(call, "qosInfo", xmlDocument("QoSConfiguration", limits));
  return {};
}

function get(call: BucketCall): RouteAnswer {
  const body = documentOf(call, "qosInfo");
  if (body === undefined) throw noLimits("BucketQosInfo");
  return { body };
}

async function remove(call: BucketCall): Promise<RouteAnswer> {
  await keepDocument(call, "qosInfo", undefined);
  return { status: 204 };
}

type BucketRoute = Extract<Route, { scope: "bucket" }>;

function row(operation: string, method: string, run: BucketRoute["run"]): Route {
  return { operation, method, scope: "bucket", query: ["qosInfo"], access: "owner", run };
}

/** The rows of limits. */
export const bucketQosRoutes: readonly Route[] = [
  /* @__PURE__ */ row("PutBucketQoSInfo", "PUT", put),
  /* @__PURE__ */ row("GetBucketQoSInfo", "GET", get),
  /* @__PURE__ */ row("DeleteBucketQoSInfo", "DELETE", remove),
];
