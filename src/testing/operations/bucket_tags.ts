/**
 * Tags of buckets.
 * @module
 */
import type { BucketCall } from "../call.ts";
import type { Route } from "../routes.ts";
import { documentOf, keepDocument, storedDocument } from "../stored_document.ts";
import { checkTagging, readTags, tagging } from "../tag_set.ts";
import type { RouteAnswer } from "../wire.ts";

/** Deletes all tags, or those whose keys the parameter names. */
async function deleteBucketTags(call: BucketCall): Promise<RouteAnswer> {
  const keys = call.query.get("tagging") ?? "";
  const tags = new Map(readTags(documentOf(call, "tagging")));
  for (const key of keys.split(",")) tags.delete(key);
  await keepDocument(call, "tagging", keys === "" || tags.size === 0 ? undefined : tagging(tags));
  return { status: 204 };
}

/** The rows of putting and reading tags. */
export const bucketTagsRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketTags",
  subresource: "tagging",
  root: "Tagging",
  calls: ["Put", "Get"],
  initial: () => ({ TagSet: "" }),
  check: checkTagging,
});

/** The row of deleting them. */
export const deleteBucketTagsRoute: Route = {
  operation: "DeleteBucketTags",
  method: "DELETE",
  scope: "bucket",
  query: ["tagging"],
  access: "owner",
  run: deleteBucketTags,
};
