/**
 * Hotlink protection: kept here, enforced for every call on an object.
 * @module
 */
import { encodeUtf8 } from "../../codec/utf8.ts";
import { invalidArgument } from "../call.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { storedDocument } from "../stored_document.ts";
import { childText, childTexts, type XmlNode } from "../xml_read.ts";

/** Bytes of both lists together. */
const MAX_BYTES = 20 * 1024;

function check(document: XmlNode): void {
  const empty = childText(document, "AllowEmptyReferer");
  const lists = document.children.filter(({ name }) => /^Referer(List|Blacklist)$/.test(name));
  const missing = (message: string, ec: string) => new ServiceFault(400, "MalformedXML", message, { ec });
  if (empty === undefined) throw missing("AllowEmptyReferer is missing.", "0033-00000002");
  if (!lists.some(({ name }) => name === "RefererList")) throw missing("RefererList is missing.", "0033-00000005");
  if (!/^(true|false)$/.test(empty)) {
    throw invalidArgument("AllowEmptyReferer", empty, "AllowEmptyReferer must be true or false.", "0033-00000003");
  }
  for (const name of ["AllowTruncateQueryString", "TruncatePath"]) {
    const value = childText(document, name) ?? "false";
    if (!/^(true|false)$/.test(value)) throw invalidArgument(name, value, `${name} must be true or false.`);
  }
  const bytes = lists.flatMap((list) => childTexts(list, "Referer")).map((one) => encodeUtf8(one).length);
  if (bytes.reduce((sum, size) => sum + size, 0) <= MAX_BYTES) return;
  throw new ServiceFault(400, "InlineDataTooLarge", "The referers are more than 20 KB.");
}

/** The rows of hotlink protection. */
export const bucketRefererRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketReferer",
  subresource: "referer",
  root: "RefererConfiguration",
  errors: { syntax: "0033-00000001", root: "0033-00000001" },
  calls: ["Put", "Get"],
  initial: () => ({
    AllowEmptyReferer: true,
    AllowTruncateQueryString: false,
    TruncatePath: false,
    RefererList: "",
    RefererBlacklist: "",
  }),
  check,
});
