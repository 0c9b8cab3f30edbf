/**
 * OptionObject: the preflight of a page.
 * @module
 */
import type { Address } from "./addressing.ts";
import { noSuchBucket, type Service } from "./call.ts";
import { corsHeaders } from "./cors.ts";
import type { QueryMap } from "./query.ts";
import type { Route, Router } from "./routes.ts";
import { ServiceFault } from "./service_fault.ts";
import type { HeaderMap, RouteAnswer } from "./wire.ts";

const METHODS: ReadonlySet<string> = /* @__PURE__ */ new Set(["GET", "PUT", "POST", "DELETE", "HEAD"]);

/** Whether pages of other origins may call a route at all: objects and their lists, not configurations. */
export function crossOrigin(route: Route): boolean {
  return route.cors ?? route.scope === "object";
}

function badRequest(message: string): ServiceFault {
  return new ServiceFault(400, "InvalidRequest", message);
}

/**
 * Answers a preflight.
 * @param service the service
 * @param router finds the route that the page wants to call
 * @param request the preflight
 * @throws ServiceFault 400 without origin or method, 403 AccessForbidden when no rule matches
 */
export function preflight(
  service: Service,
  router: Router,
  { address, query, headers }: { address: Address; query: QueryMap; headers: HeaderMap },
): RouteAnswer {
  const origin = headers.get("origin");
  const method = headers.get("access-control-request-method");
  if (origin === undefined) throw badRequest("Insufficient information. Origin request header needed.");
  if (method === undefined || !METHODS.has(method)) {
    throw badRequest("Invalid Access-Control-Request-Method header.");
  }
  const { bucket: name, key } = address;
  const relaxed = service.settings.lenient.has("cors");
  const bucket = name === undefined ? undefined : service.state.buckets.get(name);
  if (bucket === undefined && name !== undefined && !relaxed) throw noSuchBucket(name);
  const asked = (headers.get("access-control-request-headers") ?? "").toLowerCase().split(",");
  const names = asked.map((one) => one.trim()).filter((one) => one !== "");
  const known = new Map(names.map((one) => [one, ""] as const));
  const route = router({ method, bucket: name, key, query, headers: known });
  const allowed = crossOrigin(route) || relaxed;
  const answer = allowed ? corsHeaders(bucket, { origin, method, headers: names }, relaxed) : undefined;
  if (answer !== undefined) return { headers: answer };
  const message = "CORSResponse: This CORS request is not allowed: no rule of the bucket matches it.";
  throw new ServiceFault(403, "AccessForbidden", message);
}
