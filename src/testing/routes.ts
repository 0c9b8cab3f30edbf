/**
 * Routes: one row for each operation, and the choice among them.
 * @module
 */
import type { BucketCall, Call, NameCall, ObjectCall } from "./call.ts";
import type { QueryMap } from "./query.ts";
import { ServiceFault } from "./service_fault.ts";
import { isSubresource } from "./subresources.ts";
import type { HeaderMap, RouteAnswer } from "./wire.ts";

/** Who may call: readers and writers as ACLs allow, the owner alone, or whom the route itself lets in. */
export type Access = "read" | "write" | "owner" | "route";

interface BaseRoute {
  /** OSS's name of the call: `PutObject`. */
  readonly operation: string;
  readonly method: string;
  /**
   * Names that the query must have, the first one being the sub-resource that selects the call; `comp=add` is a name
   * that must have that value.
   */
  readonly query?: readonly string[] | undefined;
  /** A header that the request must have. */
  readonly header?: string | undefined;
  readonly access: Access;
  /** Whether pages of other origins may call, as the bucket's rules say. @default object scope only */
  readonly cors?: boolean | undefined;
  /** False where the signature is in the body and the route checks it. @default true */
  readonly signed?: boolean | undefined;
}

/** One operation, by what it is about: the service, a name, a bucket that exists, an object's key. */
export type Route =
  | (BaseRoute & { readonly scope: "service"; run(call: Call): RouteAnswer | Promise<RouteAnswer> })
  | (BaseRoute & { readonly scope: "name"; run(call: NameCall): RouteAnswer | Promise<RouteAnswer> })
  | (BaseRoute & { readonly scope: "bucket"; run(call: BucketCall): RouteAnswer | Promise<RouteAnswer> })
  | (BaseRoute & { readonly scope: "object"; run(call: ObjectCall): RouteAnswer | Promise<RouteAnswer> });

/** What the choice looks at. */
export interface RouteRequest {
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly query: QueryMap;
  readonly headers: HeaderMap;
}

function scopeOf(route: Route): "service" | "bucket" | "object" {
  return route.scope === "name" ? "bucket" : route.scope;
}

function namesOf(route: Route): readonly string[] {
  return (route.query ?? []).map((asked) => asked.replace(/=.*$/, ""));
}

/** Whether a query has what a row asks for. */
function fits(query: QueryMap, asked: string): boolean {
  const [name = "", value] = asked.split("=");
  return query.has(name) && (value === undefined || query.get(name) === value);
}

/** How much a row asks for: rows that ask more are tried first. */
function weight(route: Route): number {
  const asked = (route.query ?? []).map((one) => (one.includes("=") ? 3 : 2));
  return asked.reduce<number>((sum, one) => sum + one, route.header === undefined ? 0 : 1);
}

/** Finds the row of a request. */
export type Router = (request: RouteRequest) => Route;

/**
 * Makes the choice among rows.
 * @param routes all rows; their order does not matter
 * @returns a function that finds the row of a request, and throws a ServiceFault where there is none
 */
export function createRouter(routes: readonly Route[]): Router {
  const rows = new Map<string, Route[]>();
  for (const route of [...routes].sort((a, b) => weight(b) - weight(a))) {
    const place = `${route.method} ${scopeOf(route)}`;
    rows.set(place, [...(rows.get(place) ?? []), route]);
  }
  return ({ method, bucket, key, query, headers }) => {
    const scope = bucket === undefined ? "service" : key === undefined ? "bucket" : "object";
    const asked = [...query.keys()].filter(isSubresource);
    const found = (rows.get(`${method} ${scope}`) ?? []).find(
      (route) =>
        (route.query ?? []).every((wanted) => fits(query, wanted)) &&
        (route.header === undefined || headers.has(route.header)) &&
        // A sub-resource that no row serves must never fall through to the plain call: DELETE /?lifecycle.
        asked.every((name) => namesOf(route).includes(name)),
    );
    if (found !== undefined) return found;
    const name = asked[0];
    if (name === undefined) {
      throw new ServiceFault(405, "MethodNotAllowed", "The specified method is not allowed against this resource.", {
        extras: { Method: method, ResourceType: scope },
      });
    }
    if (routes.some((route) => namesOf(route).includes(name))) {
      const extras = { ArgumentName: "ResourceType", ArgumentValue: name };
      throw new ServiceFault(400, "InvalidArgument", "Unexpected query string parameter.", {
        ec: "0017-00000219",
        extras,
      });
    }
    throw new ServiceFault(501, "NotImplemented", `The in-process OSS does not implement ${method} ?${name}.`);
  };
}
