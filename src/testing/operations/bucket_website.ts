/**
 * A bucket as a website: checked and kept, not served.
 * @module
 */
import { invalidArgument } from "../call.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { storedDocument } from "../stored_document.ts";
import { childText, type XmlNode } from "../xml_read.ts";

/** Routing rules of one bucket. */
const MAX_RULES = 20;

function child(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((one) => one.name === name);
}

function malformed(message: string): ServiceFault {
  return new ServiceFault(400, "MalformedXML", message);
}

function checkRule(rule: XmlNode): void {
  const number = childText(rule, "RuleNumber");
  const redirect = child(rule, "Redirect");
  if (number === undefined || redirect === undefined || child(rule, "Condition") === undefined) {
    throw malformed("A RoutingRule holds RuleNumber, Condition and Redirect.");
  }
  if (!/^[1-9]\d*$/.test(number)) throw invalidArgument("RuleNumber", number, "RuleNumber must be a positive integer.");
  const type = childText(redirect, "RedirectType") ?? "";
  if (!/^(Mirror|External|AliCDN)$/.test(type)) throw invalidArgument("RedirectType", type, "RedirectType is unknown.");
  const origin = childText(redirect, "MirrorURL") ?? "";
  if (type === "Mirror" && !/^https?:\/\/.+\/$/.test(origin)) {
    throw invalidArgument("MirrorURL", origin, "MirrorURL must begin with http:// or https:// and end with a slash.");
  }
  const code = childText(redirect, "HttpRedirectCode") ?? "302";
  if (!/^30[127]$/.test(code)) throw invalidArgument("HttpRedirectCode", code, "HttpRedirectCode is 301, 302 or 307.");
  if (childText(redirect, "ReplaceKeyWith") && childText(redirect, "ReplaceKeyPrefixWith")) {
    throw malformed("ReplaceKeyWith and ReplaceKeyPrefixWith exclude each other.");
  }
}

function check(document: XmlNode): void {
  const [index, error, rules] = ["IndexDocument", "ErrorDocument", "RoutingRules"].map((name) => child(document, name));
  if (!index && !error && !rules) throw malformed("A website has an index, an error page or rules.");
  if (index && !childText(index, "Suffix")) throw malformed("IndexDocument needs a Suffix.");
  if (error && !childText(error, "Key")) throw malformed("ErrorDocument needs a Key.");
  const status = (error && childText(error, "HttpStatus")) ?? "404";
  if (!/^[1-5]\d\d$/.test(status)) {
    throw invalidArgument("HttpStatus", status, "HttpStatus is Invalid", "0019-00000002");
  }
  const all = rules?.children ?? [];
  if (all.length > MAX_RULES) throw malformed(`A website has ${MAX_RULES} rules at most.`);
  for (const rule of all) checkRule(rule);
}

/** The rows of websites. */
export const bucketWebsiteRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketWebsite",
  subresource: "website",
  root: "WebsiteConfiguration",
  initial: {
    code: "NoSuchWebsiteConfiguration",
    message: "The specified bucket does not have a website configuration.",
  },
  check,
});
