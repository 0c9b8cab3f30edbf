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

const ROW = { scope: "object", query: ["tagging"], access: "owner" } as const;

/** The rows of object tags. */
export const objectTaggingRoutes: readonly Route[] = [
  { ...ROW, operation: "PutObjectTagging", method: "PUT", run: putObjectTagging },
  { ...ROW, operation: "GetObjectTagging", method: "GET", run: getObjectTagging },
  { ...ROW, operation: "DeleteObjectTagging", method: "DELETE", run: deleteObjectTagging },
];
