/**
 * Tags of objects.
 * @module
 */
import type { ObjectCall } from "../call.ts";
import { objectTagging } from "../object_tagging.ts";
import { receiveText } from "../receive.ts";
import type { ObjectRecord, Tagging } from "../records.ts";
import type { Route } from "../routes.ts";
import { tagging, tagsOf } from "../tag_set.ts";
import { findObject, versionHeader } from "../versions.ts";
import type { RouteAnswer } from "../wire.ts";
import { readXml } from "../xml_read.ts";

/** The object; a delete marker has no tags, and is as good as missing. */
function find({ bucket, key, query }: ObjectCall): ObjectRecord {
  return findObject(bucket, key, query.get("versionId"), 404);
}

async function keep(call: ObjectCall, tags: Tagging | undefined): Promise<RouteAnswer> {
  const object = find(call);
  // Neither the version nor its date change.
  await call.service.state.updateObject(call.bucket, { ...object, tagging: tags });
  return { headers: { ...versionHeader(call.bucket, object) } };
}

async function putObjectTagging(call: ObjectCall): Promise<RouteAnswer> {
  return keep(call, objectTagging(tagsOf(readXml(await receiveText(call), "Tagging"))));
}

function getObjectTagging(call: ObjectCall): RouteAnswer {
  const object = find(call);
  return { headers: { ...versionHeader(call.bucket, object) }, body: tagging(Object.entries(object.tagging ?? {})) };
}

async function deleteObjectTagging(call: ObjectCall): Promise<RouteAnswer> {
  return { ...(await keep(call, undefined)), status: 204 };
}

/** The rows of object tags. */
export const objectTaggingRoutes: readonly Route[] = [
  {
    operation: "PutObjectTagging",
    method: "PUT",
    scope: "object",
    query: ["tagging"],
    access: "owner",
    run: putObjectTagging,
  },
  {
    operation: "GetObjectTagging",
    method: "GET",
    scope: "object",
    query: ["tagging"],
    access: "owner",
    run: getObjectTagging,
  },
  {
    operation: "DeleteObjectTagging",
    method: "DELETE",
    scope: "object",
    query: ["tagging"],
    access: "owner",
    run: deleteObjectTagging,
  },
];
