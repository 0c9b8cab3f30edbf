/**
 * The access policy of a bucket: a JSON text that is kept, and told to be public or not.
 * @module
 */
import { publicBlocked, publicDenied } from "../access_block.ts";
import type { BucketCall } from "../call.ts";
import { isPublicPolicy, readPolicy } from "../policy_document.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { documentOf, keepDocument } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { xmlDocument } from "../xml_write.ts";

type Run = (call: BucketCall) => RouteAnswer | Promise<RouteAnswer>;

async function putBucketPolicy(call: BucketCall): Promise<RouteAnswer> {
  const policy = await receiveText(call);
  readPolicy(policy);
  if (isPublicPolicy(policy) && publicBlocked(call.service, call.bucket.record)) throw publicDenied("bucket policy");
  await keepDocument(call, "policy", policy);
  return {};
}

/** The policy of the bucket. */
function find(call: BucketCall): string {
  const policy = documentOf(call, "policy");
  if (policy !== undefined) return policy;
  throw new ServiceFault(404, "NoSuchBucketPolicy", "The bucket policy does not exist.", {
    ec: "0030-00000006",
    extras: { BucketName: call.bucketName },
  });
}

function getBucketPolicy(call: BucketCall): RouteAnswer {
  return { headers: { "content-type": "application/json" }, body: find(call) };
}

async function deleteBucketPolicy(call: BucketCall): Promise<RouteAnswer> {
  await keepDocument(call, "policy", undefined);
  return { status: 204 };
}

function getBucketPolicyStatus(call: BucketCall): RouteAnswer {
  return { body: xmlDocument("PolicyStatus", { IsPublic: isPublicPolicy(find(call)) }) };
}

/** A row of the policy. */
function row(operation: string, method: string, query: string, run: Run): Route {
  return { operation, method, scope: "bucket", query: [query], access: "owner", run };
}

/** The rows of the policy. */
export const bucketPolicyRoutes: readonly Route[] = [
  /* @__PURE__ */ row("PutBucketPolicy", "PUT", "policy", putBucketPolicy),
  /* @__PURE__ */ row("GetBucketPolicy", "GET", "policy", getBucketPolicy),
  /* @__PURE__ */ row("DeleteBucketPolicy", "DELETE", "policy", deleteBucketPolicy),
  /* @__PURE__ */ row("GetBucketPolicyStatus", "GET", "policyStatus", getBucketPolicyStatus),
];
