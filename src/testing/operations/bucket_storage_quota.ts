/**
 * How many bytes a bucket may hold: kept, not enforced.
 * @module
 */
import { invalidArgument } from "../call.ts";
import type { Route } from "../routes.ts";
import { storedDocument } from "../stored_document.ts";
import { childText } from "../xml_read.ts";

/** The rows of quotas. */
export const storageQuotaRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketStorageQuota",
  subresource: "quota",
  root: "QuotaConfiguration",
  // No page tells the code; the status is that of every document that is not there.
  initial: { code: "NoSuchBucketStorageQuota", message: "The bucket has no storage quota." },
  check(document) {
    const bytes = childText(document, "StorageQuota") ?? "";
    if (!/^[1-9]\d*$/.test(bytes)) throw invalidArgument("StorageQuota", bytes, "It must be a positive integer.");
    const mode = childText(document, "Mode") ?? "";
    if (!/^(Strict|Warning)$/.test(mode)) throw invalidArgument("Mode", mode, "It must be Strict or Warning.");
  },
});
