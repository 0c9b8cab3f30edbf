/**
 * The CORS rules of a bucket: stored here, enforced for every page.
 * @module
 */
import type { BucketCall } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { CorsRule } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, childTexts, readXml, type XmlNode } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

/** Rules of one bucket. */
const MAX_RULES = 20;

const METHODS: ReadonlySet<string> = /* @__PURE__ */ new Set(["GET", "PUT", "POST", "DELETE", "HEAD"]);

function refuse(message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, "MalformedXML", message, { ec });
}

/** Patterns may have one star. */
function checkStars(patterns: readonly string[], name: string): void {
  if (patterns.some((pattern) => pattern.split("*").length > 2)) {
    throw refuse(`${name} may hold one * at most.`);
  }
}

function readRule(node: XmlNode): CorsRule {
  const allowedOrigins = childTexts(node, "AllowedOrigin");
  const allowedMethods = childTexts(node, "AllowedMethod");
  const allowedHeaders = childTexts(node, "AllowedHeader");
  const exposeHeaders = childTexts(node, "ExposeHeader");
  const age = childText(node, "MaxAgeSeconds");
  if (allowedOrigins.length === 0) throw refuse("A CORS rule needs an AllowedOrigin.");
  if (allowedMethods.length === 0) throw refuse("A CORS rule needs an AllowedMethod.");
  if (!allowedMethods.every((method) => METHODS.has(method))) throw refuse("Unknown AllowedMethod.");
  checkStars(allowedOrigins, "AllowedOrigin");
  checkStars(allowedHeaders, "AllowedHeader");
  if (exposeHeaders.some((name) => name.includes("*"))) throw refuse("ExposeHeader takes no *.", "0034-00000013");
  if (age !== undefined && !/^\d{1,9}$/.test(age)) throw refuse("MaxAgeSeconds must be a number.");
  const maxAgeSeconds = age === undefined ? undefined : Number(age);
  return { allowedOrigins, allowedMethods, allowedHeaders, exposeHeaders, maxAgeSeconds };
}

async function putBucketCors(call: BucketCall): Promise<RouteAnswer> {
  const root = readXml(await receiveText(call), "CORSConfiguration");
  const nodes = root.children.filter((child) => child.name === "CORSRule");
  if (nodes.length === 0) throw refuse("A CORS configuration needs a rule.", "0034-00000002");
  if (nodes.length > MAX_RULES) throw refuse(`At most ${MAX_RULES} CORS rules are allowed.`);
  const responseVary = childText(root, "ResponseVary") === "true";
  await call.service.state.putBucket({ ...call.bucket.record, cors: { rules: nodes.map(readRule), responseVary } });
  return {};
}

function getBucketCors({ bucket, bucketName }: BucketCall): RouteAnswer {
  const { cors } = bucket.record;
  if (cors === undefined) {
    throw new ServiceFault(404, "NoSuchCORSConfiguration", "The CORS Configuration does not exist.", {
      ec: "0034-00000001",
      extras: { BucketName: bucketName },
    });
  }
  const rules = cors.rules.map((rule) => ({
    AllowedOrigin: rule.allowedOrigins,
    AllowedMethod: rule.allowedMethods,
    AllowedHeader: rule.allowedHeaders,
    ExposeHeader: rule.exposeHeaders,
    MaxAgeSeconds: rule.maxAgeSeconds,
  }));
  return { body: xmlDocument("CORSConfiguration", { CORSRule: rules, ResponseVary: cors.responseVary ?? false }) };
}

async function deleteBucketCors(call: BucketCall): Promise<RouteAnswer> {
  await call.service.state.putBucket({ ...call.bucket.record, cors: undefined });
  return { status: 204 };
}

/** The rows of CORS. */
export const bucketCorsRoutes: readonly Route[] = [
  { operation: "PutBucketCors", method: "PUT", scope: "bucket", query: ["cors"], access: "owner", run: putBucketCors },
  { operation: "GetBucketCors", method: "GET", scope: "bucket", query: ["cors"], access: "owner", run: getBucketCors },
  {
    operation: "DeleteBucketCors",
    method: "DELETE",
    scope: "bucket",
    query: ["cors"],
    access: "owner",
    run: deleteBucketCors,
  },
];
