/**
 * The ACL of an object.
 * @module
 */
import { aclDocument } from "../bucket_facts.ts";
import { noSuchKey, type ObjectCall } from "../call.ts";
import { objectAcl } from "../object_headers.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import type { RouteAnswer } from "../wire.ts";

function find(call: ObjectCall): ObjectRecord {
  const object = call.bucket.objects.get(call.key);
  if (object === undefined) throw noSuchKey(call.key);
  return object;
}

function getObjectAcl(call: ObjectCall): RouteAnswer {
  return { body: aclDocument(call.bucket.record, find(call).acl) };
}

async function putObjectAcl(call: ObjectCall): Promise<RouteAnswer> {
  const object = find(call);
  const acl = objectAcl(call.headers.get("x-oss-object-acl"));
  await call.service.state.putObject(call.bucket, { ...object, acl });
  return {};
}

/** The rows of object ACLs. */
export const objectAclRoutes: readonly Route[] = [
  { operation: "GetObjectAcl", method: "GET", scope: "object", query: ["acl"], access: "owner", run: getObjectAcl },
  { operation: "PutObjectAcl", method: "PUT", scope: "object", query: ["acl"], access: "owner", run: putObjectAcl },
];
