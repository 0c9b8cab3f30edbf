/**
 * How the objects of a bucket are encrypted by default.
 * @module
 */
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { storedDocument } from "../stored_document.ts";
import { childText, type XmlNode } from "../xml_read.ts";

function refuse(code: string, message: string, ec: string): ServiceFault {
  return new ServiceFault(400, code, message, { ec });
}

function check(document: XmlNode): void {
  const rule = document.children.find(({ name }) => name === "ApplyServerSideEncryptionByDefault") ?? document;
  const algorithm = childText(rule, "SSEAlgorithm") ?? "";
  const data = childText(rule, "KMSDataEncryption");
  if (!/^(AES256|KMS|SM4)$/.test(algorithm)) {
    throw refuse("InvalidEncryptionAlgorithmError", "SSEAlgorithm must be AES256, KMS or SM4.", "0005-00000003");
  }
  if (algorithm !== "KMS" && childText(rule, "KMSMasterKeyID")) {
    throw refuse(
      "InvalidArgument",
      "KMSMasterKeyID is not applicable if the default sse algorithm is not KMS.",
      "0005-00000204",
    );
  }
  if (data && data !== "SM4") throw refuse("InvalidArgument", "KMSDataEncryption must be SM4.", "0005-00000203");
}

/** The rows of bucket encryption. */
export const bucketEncryptionRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketEncryption",
  subresource: "encryption",
  root: "ServerSideEncryptionRule",
  initial: {
    code: "NoSuchServerSideEncryptionRule",
    message: "The server side encryption configuration does not exist.",
  },
  check,
});
