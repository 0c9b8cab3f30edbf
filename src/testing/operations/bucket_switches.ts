/**
 * Small settings of a bucket: access monitor, direct reads of archives, transfer acceleration, resource group, HTTPS.
 * @module
 */
import { DEFAULT_GROUP } from "../bucket_setup.ts";
import type { BucketCall } from "../call.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { storedDocument } from "../stored_document.ts";
import { childText, type XmlNode } from "../xml_read.ts";

const PUT_GET = ["Put", "Get"] as const;

/** A check that an element of the document has one of some values. */
function oneOf(element: string, pattern: RegExp): (document: XmlNode, call: BucketCall) => void {
  return (document) => {
    if (pattern.test(childText(document, element) ?? "")) return;
    throw new ServiceFault(400, "MalformedXML", `${element} has no valid value.`);
  };
}

function rows(): readonly Route[] {
  return [
    ...storedDocument({
      name: "BucketAccessMonitor",
      subresource: "accessmonitor",
      root: "AccessMonitorConfiguration",
      calls: PUT_GET,
      initial: () => ({ Status: "Disabled" }),
      check: oneOf("Status", /^(Enabled|Disabled)$/),
    }),
    ...storedDocument({
      name: "BucketArchiveDirectRead",
      subresource: "bucketArchiveDirectRead",
      root: "ArchiveDirectReadConfiguration",
      calls: PUT_GET,
      initial: () => ({ Enabled: false }),
      check: oneOf("Enabled", /^(true|false)$/),
    }),
    ...storedDocument({
      name: "BucketTransferAcceleration",
      subresource: "transferAcceleration",
      root: "TransferAccelerationConfiguration",
      calls: PUT_GET,
      initial: {
        code: "NoSuchTransferAccelerationConfiguration",
        message: "The transfer acceleration configuration does not exist.",
        ec: "0028-00000004",
      },
      check: oneOf("Enabled", /^(true|false)$/),
    }),
    ...storedDocument({
      name: "BucketResourceGroup",
      subresource: "resourceGroup",
      root: "BucketResourceGroupConfiguration",
      calls: PUT_GET,
      initial: () => ({ ResourceGroupId: DEFAULT_GROUP }),
      check: oneOf("ResourceGroupId", /^rg-[\w-]+$/),
    }),
    ...storedDocument({
      name: "BucketHttpsConfig",
      subresource: "httpsConfig",
      root: "HttpsConfiguration",
      calls: PUT_GET,
      initial: () => ({ TLS: { Enable: false } }),
    }),
  ];
}

/** The rows of the settings. */
export const bucketSwitchRoutes: readonly Route[] = /* @__PURE__ */ rows();
