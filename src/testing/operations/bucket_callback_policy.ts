/**
 * Callbacks of a bucket that uploads ask for by name.
 * @module
 */
import { CALLBACK_POLICY, POLICY_ROOT } from "../callback.ts";
import type { Route } from "../routes.ts";
import { storedDocument } from "../stored_document.ts";

function rows(): readonly Route[] {
  const routes = storedDocument({
    name: "BucketCallbackPolicy",
    subresource: CALLBACK_POLICY,
    root: POLICY_ROOT,
    initial: { code: "BucketCallbackPolicyNotExist", message: "The bucket has no callback policy." },
  });
  return routes.map((route) => ({ ...route, query: ["policy", "comp=callback"] }));
}

/** The rows of named callbacks. */
export const callbackPolicyRoutes: readonly Route[] = /* @__PURE__ */ rows();
