/**
 * The lifecycle rules of a bucket: checked and kept, never acted upon.
 * @module
 */
import type { BucketCall } from "../call.ts";
import { checkRules } from "../lifecycle_rules.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { keepDocument, storedDocument, xmlValue } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

const ROOT = "LifecycleConfiguration";

async function putBucketLifecycle(call: BucketCall): Promise<RouteAnswer> {
  const document = readXml(await receiveText(call), ROOT, { syntax: "0014-00000011", root: "0014-00000011" });
  const rules = checkRules(document, call.headers.get("x-oss-allow-same-action-overlap") === "true");
  const kept = rules.map((rule) => {
    const children = rule.children.filter(({ name }) => name !== "ID");
    // A rule without a name gets one.
    const ID = childText(rule, "ID") || call.service.nextId().toLowerCase();
    return Object.assign({ ID }, xmlValue({ ...rule, children }));
  });
  await keepDocument(call, "lifecycle", xmlDocument(ROOT, { Rule: kept }));
  return {};
}

/** The row of putting rules. */
export const putBucketLifecycleRoute: Route = {
  operation: "PutBucketLifecycle",
  method: "PUT",
  scope: "bucket",
  query: ["lifecycle"],
  access: "owner",
  run: putBucketLifecycle,
};

/** The rows of reading and deleting them. */
export const bucketLifecycleRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketLifecycle",
  subresource: "lifecycle",
  root: ROOT,
  calls: ["Get", "Delete"],
  initial: { code: "NoSuchLifecycle", message: "No Row found in Lifecycle Table." },
});
