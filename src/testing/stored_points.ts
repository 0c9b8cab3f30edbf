/**
 * Access points, which belong to a bucket and are called by a name of their own.
 * @module
 */
import { requireIdentity } from "./access.ts";
import type { BucketCall, Call } from "./call.ts";
import { pageSize } from "./list_options.ts";
import { readPolicy } from "./policy_document.ts";
import { receiveText } from "./receive.ts";
import type { BucketRecord } from "./records.ts";
import type { Route } from "./routes.ts";
import { ServiceFault } from "./service_fault.ts";
import { keepDocument } from "./stored_document.ts";
import type { RouteAnswer } from "./wire.ts";

/** A kind of access points. */
export interface PointKind {
  /** Under which its points are kept: `accessPoint`. */
  readonly kind: string;
  /** Where calls name a point. */
  readonly header: string;
  /** The error of a point that is not there. */
  readonly missing: string;
}

/** A point as it is kept. */
export interface Point {
  readonly bucket: BucketRecord;
  readonly name: string;
  readonly document: string;
}

/** The kind of access points that stand for a bucket. */
export const ACCESS_POINT: PointKind = {
  kind: "accessPoint",
  header: "x-oss-access-point-name",
  missing: "NoSuchAccessPoint",
};

/** The kind whose objects are processed. No page names its error. */
export const OBJECT_PROCESS: PointKind = {
  kind: "accessPointForObjectProcess",
  header: "x-oss-access-point-for-object-process-name",
  missing: "NoSuchAccessPointForObjectProcess",
};

/** The points of an account, or of one of its buckets, by name. */
export function pointsOf(call: Call, { kind }: PointKind, account: string, bucket?: string): Point[] {
  const points: Point[] = [];
  for (const [name, { record }] of call.service.state.buckets.from(() => false)) {
    if (record.owner !== account || (bucket !== undefined && bucket !== name)) continue;
    for (const [key, document] of Object.entries(record.documents ?? {})) {
      const [of, point = ""] = key.split("/");
      if (of === kind) points.push({ bucket: record, name: point, document });
    }
  }
  return points.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/**
 * The name that a call gives, of a point that exists in its bucket.
 * @throws ServiceFault when there is none
 */
export function pointName(call: BucketCall, { kind, header, missing }: PointKind): string {
  const name = call.headers.get(header) ?? call.query.get(header) ?? "";
  if (call.bucket.record.documents?.[`${kind}/${name}`] !== undefined) return name;
  throw new ServiceFault(404, missing, "The specified access point does not exist.", {
    extras: { AccessPointName: name },
  });
}

/** Keeps something with a point; `undefined` drops it. */
export function keepOfPoint(call: BucketCall, kind: string, name: string, document: string | undefined): Promise<void> {
  return keepDocument(call, `${kind}/${name}`, document);
}

/** What is kept with a point. */
export function ofPoint({ bucket }: BucketCall, kind: string, name: string): string | undefined {
  return bucket.record.documents?.[`${kind}/${name}`];
}

/** One page of points, as the parameters of the call ask. */
export function pointPage(call: Call, points: readonly Point[]): { page: readonly Point[]; next: string | undefined } {
  const size = pageSize(call, "max-keys", 100);
  const after = call.query.get("continuation-token") ?? "";
  const rest = points.filter(({ name }) => name > after);
  const page = rest.slice(0, size);
  return { page, next: rest.length > page.length ? page.at(-1)?.name : undefined };
}

/** Names are unique in the account. */
export function checkFree(call: Call, kind: PointKind, name: string): void {
  const { account } = requireIdentity(call);
  if (pointsOf(call, kind, account.id).every((point) => point.name !== name)) return;
  // No page names this code.
  throw new ServiceFault(409, "AccessPointAlreadyExists", "The access point already exists.");
}

type Run = (call: BucketCall) => RouteAnswer | Promise<RouteAnswer>;

/** A row of a call on a bucket's points. */
export function pointRow(operation: string, method: string, query: readonly string[], run: Run): Route {
  return { operation, method, scope: "bucket", query, access: "owner", run };
}

/** A row of a call on a point itself: with the header that names it. */
export function namedRow(operation: string, method: string, name: string, kind: PointKind, run: Run): Route {
  return { operation, method, scope: "bucket", query: [name], header: kind.header, access: "owner", run };
}

/**
 * The rows of the policies of points.
 * @param suffix of the calls' names: `AccessPointPolicy`
 * @param subresource of the calls
 */
export function policyRoutes(suffix: string, subresource: string, kind: PointKind): readonly Route[] {
  async function put(call: BucketCall): Promise<RouteAnswer> {
    const policy = await receiveText(call);
    readPolicy(policy);
    await keepOfPoint(call, subresource, pointName(call, kind), policy);
    return {};
  }
  function get(call: BucketCall): RouteAnswer {
    const policy = ofPoint(call, subresource, pointName(call, kind));
    if (policy !== undefined) return { headers: { "content-type": "application/json" }, body: policy };
    throw new ServiceFault(404, `NoSuch${suffix}`, "The access point has no policy.");
  }
  async function remove(call: BucketCall): Promise<RouteAnswer> {
    await keepOfPoint(call, subresource, pointName(call, kind), undefined);
    return { status: 204 };
  }
  return [
    namedRow(`Put${suffix}`, "PUT", subresource, kind, put),
    namedRow(`Get${suffix}`, "GET", subresource, kind, get),
    namedRow(`Delete${suffix}`, "DELETE", subresource, kind, remove),
  ];
}
