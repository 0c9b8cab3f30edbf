/**
 * The ACL of an object.
 * @module
 */
import { aclDocument } from "../bucket_facts.ts";
import type { ObjectCall } from "../call.ts";
import { objectAcl } from "../object_headers.ts";
import type { Route } from "../routes.ts";
import { objectOf, versionHeader } from "../versions.ts";
import type { RouteAnswer } from "../wire.ts";

function getObjectAcl(call: ObjectCall): RouteAnswer {
  const object = objectOf(call);
  return { headers: { ...versionHeader(call.bucket, object) }, body: aclDocument(call.bucket.record, object.acl) };
}

async function putObjectAcl(call: ObjectCall): Promise<RouteAnswer> {
  const object = objectOf(call);
  const acl = objectAcl(call.headers.get("x-oss-object-acl"));
  await call.service.state.updateObject(call.bucket, { ...object, acl });
  return { headers: { ...versionHeader(call.bucket, object) } };
}

/** The rows of object ACLs. */
export const objectAclRoutes: readonly Route[] = [
  { operation: "GetObjectAcl", method: "GET", scope: "object", query: ["acl"], access: "owner", run: getObjectAcl },
  { operation: "PutObjectAcl", method: "PUT", scope: "object", query: ["acl"], access: "owner", run: putObjectAcl },
];
