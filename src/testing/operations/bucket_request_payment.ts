/**
 * Who pays for requests on a bucket.
 * @module
 */
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { storedDocument } from "../stored_document.ts";
import { childText } from "../xml_read.ts";

/** The rows of request payment. */
export const requestPaymentRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketRequestPayment",
  subresource: "requestPayment",
  root: "RequestPaymentConfiguration",
  calls: ["Put", "Get"],
  initial: () => ({ Payer: "BucketOwner" }),
  check(document) {
    if (/^(BucketOwner|Requester)$/.test(childText(document, "Payer") ?? "")) return;
    throw new ServiceFault(400, "MalformedXML", "Payer must be BucketOwner or Requester.");
  },
});
