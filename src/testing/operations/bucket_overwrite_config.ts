/**
 * Which objects of a bucket may not be replaced: kept and returned, not enforced.
 * @module
 */
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { storedDocument } from "../stored_document.ts";
import { childText } from "../xml_read.ts";

/** The rows of overwrite configurations. */
export const overwriteConfigRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketOverwriteConfig",
  subresource: "overwriteConfig",
  root: "OverwriteConfiguration",
  initial: { code: "NoSuchBucketOverwriteConfig", message: "The bucket has no overwrite configuration." },
  check(document) {
    const rules = document.children.filter(({ name }) => name === "Rule");
    if (rules.length > 100 || rules.some((rule) => childText(rule, "Action") !== "forbid"))
      throw new ServiceFault(400, "MalformedXML", "There are at most 100 rules, and their Action is forbid.");
    for (const rule of rules) {
      if (childText(rule, "ID") === undefined)
        rule.children.unshift({ name: "ID", children: [], text: crypto.randomUUID() });
    }
  },
});
