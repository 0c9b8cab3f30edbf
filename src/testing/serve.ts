/**
 * The way of a request through the service: address, route, faults, signature, access, operation, answer.
 * @module
 */
import { allow, allowSession } from "./access.ts";
import { checkPublicAcl } from "./access_block.ts";
import { type Address, locate } from "./addressing.ts";
import { boundBucket } from "./bound_domains.ts";
import { type Call, type NameCall, noSuchBucket, type Service, verifyOptions } from "./call.ts";
import { corsHeaders } from "./cors.ts";
import { errorAnswer, toFault } from "./error_answer.ts";
import { withExtras } from "./extras.ts";
import { gatewayPage, skewOf, strikeAnswer, strikeBefore, strikeRequest } from "./fault_apply.ts";
import type { FaultAction, FaultScript } from "./faults.ts";
import { finish } from "./finish.ts";
import { checkKey } from "./object_headers.ts";
import { requesterPays } from "./payer.ts";
import { crossOrigin, preflight } from "./preflight.ts";
import { parseTarget, type Target } from "./query.ts";
import type { Bucket, Content } from "./records.ts";
import { checkReferer } from "./referer.ts";
import { type RequestLog, withoutSecrets } from "./request_log.ts";
import type { Route, Router } from "./routes.ts";
import { ServiceFault } from "./service_fault.ts";
import { checkTrafficLimit } from "./traffic_limit.ts";
import { verify } from "./verify.ts";
import { type Answer, type HeaderMap, headerMap, type Incoming, type RouteAnswer } from "./wire.ts";

/** Everything that answers requests. */
export interface Server {
  readonly service: Service;
  readonly router: Router;
  readonly faults: FaultScript;
  readonly log: RequestLog;
}

/** What becomes known of a request on its way; an error answer uses what is known by then. */
interface Journey {
  readonly requestId: string;
  readonly headers: HeaderMap;
  readonly host: string;
  readonly target: Target;
  address?: Address;
  route?: Route;
  faults: FaultAction[];
  now: number;
  status: number;
  code?: string;
}

/** A bucket answers on the endpoints of its own region only. */
function checkEndpoint(service: Service, address: Address, region: string): void {
  if (address.region === undefined || address.region === region || service.settings.lenient.has("endpoint")) return;
  const message =
    "The bucket you are attempting to access must be addressed using the specified endpoint. " +
    "Please send all future requests to this endpoint.";
  const extras = { Endpoint: `oss-${region}.aliyuncs.com` };
  throw new ServiceFault(403, "AccessDenied", message, { ec: "0003-00001403", extras });
}

/** Runs a route on what it is about, after the checks that its row asks for. */
async function run(route: Route, call: Call): Promise<RouteAnswer> {
  const { bucket: bucketName, key } = call.address;
  if (route.scope === "service" || bucketName === undefined) {
    allowSession(call, bucketName, key);
    if (route.scope === "service") return await route.run(call);
    throw new ServiceFault(400, "InvalidRequest", "The request names no bucket.");
  }
  const named: NameCall = { ...call, bucketName };
  if (route.scope === "name") {
    allowSession(call, bucketName, key);
    checkPublicAcl(call, call.service.state.buckets.get(bucketName)?.record);
    return await route.run(named);
  }
  const bucket = call.service.state.buckets.get(bucketName);
  if (bucket === undefined) throw noSuchBucket(bucketName);
  checkEndpoint(call.service, call.address, bucket.record.region);
  if (route.access !== "route") allow(call, bucket, key, route.access);
  checkTrafficLimit(call);
  checkPublicAcl(call, bucket.record);
  if (route.scope === "bucket") return charged(call, bucket, await route.run({ ...named, bucket }));
  checkReferer({ ...named, bucket });
  checkKey(call, key ?? "");
  return charged(call, bucket, await route.run({ ...named, bucket, key: key ?? "" }));
}

/** Tells a requester who paid that he did. */
function charged(call: Call, bucket: Bucket, answer: RouteAnswer): RouteAnswer {
  if (call.identity === undefined || !requesterPays(call, bucket)) return answer;
  return { ...answer, headers: { ...answer.headers, "x-oss-request-charged": "requester" } };
}

/** From the raw request to the route's answer. */
async function answerOf(server: Server, request: Incoming, journey: Journey): Promise<RouteAnswer | Answer> {
  const { service, router, faults } = server;
  const { settings, state } = service;
  const { headers, target } = journey;
  const address = locate(journey.host, target.path, {
    cnames: settings.cnames,
    bound: (host) => boundBucket(state.buckets, host),
    pathStyle: settings.lenient.has("path-style"),
  });
  journey.address = address;
  const { bucket, key } = address;
  const { method } = request;
  const { query } = target;
  const route = method === "OPTIONS" ? undefined : router({ method, bucket, key, query, headers });
  if (route !== undefined) journey.route = route;
  journey.faults = faults.take({ operation: route?.operation ?? "OptionObject", bucket, key });
  journey.now += skewOf(journey.faults);
  await strikeBefore(journey.faults, request);
  const page = gatewayPage(journey.faults);
  if (page !== undefined) return page;
  if (route === undefined) return preflight(service, router, { address, query, headers });
  const { now, requestId } = journey;
  const wire = { method, target: request.target, headers: request.headers, bucket, key };
  const identity = route.signed === false ? undefined : await verify(wire, verifyOptions(service, address, now));
  const held: Content[] = [];
  const hold = (content: Content): void => {
    state.contents.retain(content);
    held.push(content);
  };
  const received = strikeRequest(journey.faults, request, headers);
  try {
    return await run(route, { service, request: received, address, query, headers, requestId, now, identity, hold });
  } finally {
    for (const content of held) await state.contents.release(content);
  }
}

/** The headers that let a page read the answer. */
function crossOriginHeaders({ service }: Server, request: Incoming, journey: Journey): Record<string, string> {
  const { headers, address, route } = journey;
  const origin = headers.get("origin");
  const relaxed = service.settings.lenient.has("cors");
  if (origin === undefined || request.method === "OPTIONS") return {};
  if (!relaxed && (route === undefined || !crossOrigin(route))) return {};
  const bucket = address?.bucket === undefined ? undefined : service.state.buckets.get(address.bucket);
  return corsHeaders(bucket, { origin, method: request.method, headers: [] }, relaxed) ?? {};
}

/**
 * Answers a request.
 * @param server the service with its routes, faults and log
 * @param request as on the wire
 * @throws ConnectionLost when there is nobody to answer, or a fault says so
 */
export async function serve(server: Server, request: Incoming): Promise<Answer> {
  const { service, log } = server;
  const headers = headerMap(request.headers);
  const host = headers.get("host") ?? "";
  const now = service.settings.now();
  const target = parseTarget(request.target);
  const journey: Journey = { requestId: service.nextId(), headers, host, target, faults: [], now, status: 0 };
  try {
    const { requestId } = journey;
    const said = await answerOf(server, request, journey).catch((error: unknown) => {
      const fault = toFault(error);
      journey.code = fault.code;
      return errorAnswer(fault, { method: request.method, requestId, host });
    });
    const common = crossOriginHeaders(server, request, journey);
    const extended = service.settings.lenient.has("extras") ? withExtras(said) : said;
    const answer = finish(extended, common, { method: request.method, requestId, now: journey.now });
    if (common["access-control-allow-origin"] !== undefined && service.settings.lenient.has("cors")) {
      common["access-control-expose-headers"] = Object.keys(answer.headers).join(", ");
    }
    const struck = strikeAnswer(
      journey.faults,
      { ...answer, headers: { ...answer.headers, ...common } },
      request.body !== null,
    );
    journey.status = struck.status;
    return request.method === "HEAD" ? { status: struck.status, headers: struck.headers } : struck;
  } finally {
    const { address, route, status, code } = journey;
    log.add({
      operation: route?.operation ?? (request.method === "OPTIONS" ? "OptionObject" : "Unknown"),
      method: request.method,
      bucket: address?.bucket,
      key: address?.key,
      query: withoutSecrets(target.query),
      headers: withoutSecrets(headers),
      status,
      code,
      time: now,
    });
  }
}
