/**
 * Own domains of buckets and the tokens that prove them. Nobody looks into the DNS: a token that was made is proof enough.
 * @module
 */
import { boundBucket, CNAME_DOCUMENT } from "../bound_domains.ts";
import { type BucketCall, invalidArgument } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { documentOf, keepDocument, xmlValue } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml, type XmlNode } from "../xml_read.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

const TOKENS = "cname/tokens";
const TOKEN_LIFE = 72 * 3_600_000;

/** The elements that a kind of document holds. */
function kept(call: BucketCall, kind: string): readonly XmlNode[] {
  const document = documentOf(call, kind);
  return document === undefined ? [] : readXml(document, "Kept").children;
}

function keep(call: BucketCall, kind: string, name: string, values: readonly XmlValue[]): Promise<void> {
  return keepDocument(call, kind, xmlDocument("Kept", { [name]: values }));
}

function child(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((one) => one.name === name);
}

/** The `Cname` of a request, and its domain in lower case. */
async function asked(call: BucketCall): Promise<{ cname: XmlNode | undefined; domain: string }> {
  const cname = child(readXml(await receiveText(call), "BucketCnameConfiguration"), "Cname");
  const domain = (child(cname, "Domain")?.text ?? "").toLowerCase();
  if (domain.length <= 3)
    throw invalidArgument("Domain", domain, "Entire hostname must be longer than 3 ASCII characters.", "0017-00000249");
  if (!/^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z\d-]+$/.test(domain))
    throw invalidArgument("Domain", domain, "The hostname is invalid.");
  return { cname, domain };
}

/** The token of a domain, while it is valid. */
function tokenOf(call: BucketCall, domain: string): XmlNode | undefined {
  return kept(call, TOKENS).find(
    (one) => childText(one, "Cname") === domain && Date.parse(childText(one, "ExpireTime") ?? "") > call.now,
  );
}

async function createToken(call: BucketCall): Promise<RouteAnswer> {
  const { domain } = await asked(call);
  const valid = tokenOf(call, domain);
  if (valid) return { body: xmlDocument("CnameToken", xmlValue(valid)) };
  const token = {
    Bucket: call.bucketName,
    Cname: domain,
    Token: crypto.randomUUID().replaceAll("-", ""),
    ExpireTime: new Date(call.now + TOKEN_LIFE).toUTCString(),
  };
  const others = kept(call, TOKENS).filter((one) => childText(one, "Cname") !== domain);
  await keep(call, TOKENS, "CnameToken", [...others.map(xmlValue), token]);
  return { body: xmlDocument("CnameToken", token) };
}

function getToken(call: BucketCall): RouteAnswer {
  const domain = (call.query.get("cname") ?? "").toLowerCase();
  const valid = tokenOf(call, domain);
  if (valid) return { body: xmlDocument("CnameToken", xmlValue(valid)) };
  throw new ServiceFault(404, "CnameTokenNotFound", "Cname token not found.", {
    ec: "0018-00000301",
    extras: { Bucket: call.bucketName, Cname: domain },
  });
}

/** What becomes of a domain's certificate; the private key is not kept. */
function certificateOf(call: BucketCall, old: XmlNode | undefined, wanted: XmlNode | undefined): XmlValue {
  const given = (name: string): string | undefined => wanted && childText(wanted, name);
  const before = child(old, "Certificate");
  if (wanted === undefined) return before && xmlValue(before);
  const known = before && childText(before, "CertId");
  if (known !== undefined && given("Force") !== "true" && given("PreviousCertId") !== known)
    throw invalidArgument("PreviousCertId", given("PreviousCertId") ?? "", "It is not the certificate in use.");
  if (given("DeleteCertificate") === "true") return undefined;
  return {
    Type: given("Certificate") === undefined ? "CAS" : "Upload",
    CertId: given("CertId") ?? crypto.randomUUID(),
    Status: "Enabled",
    CreationDate: new Date(call.now).toUTCString(),
  };
}

async function put(call: BucketCall): Promise<RouteAnswer> {
  const { cname, domain } = await asked(call);
  const owner = boundBucket(call.service.state.buckets, domain);
  if (owner !== undefined && owner !== call.bucketName)
    throw new ServiceFault(409, "CnameAlreadyExists", "The domain is bound to another bucket.");
  if (owner === undefined && tokenOf(call, domain) === undefined)
    throw new ServiceFault(
      403,
      "NeedVerifyDomainOwnership",
      "Please verify domain ownership by CreateCnameToken and try again.",
    );
  const domains = kept(call, CNAME_DOCUMENT);
  const old = domains.find((one) => childText(one, "Domain") === domain);
  const made = {
    Domain: domain,
    LastModified: new Date(call.now).toISOString(),
    Status: "Enabled",
    Certificate: certificateOf(call, old, child(cname, "CertificateConfiguration")),
  };
  const others = domains.filter((one) => one !== old);
  await keep(call, CNAME_DOCUMENT, "Cname", [...others.map(xmlValue), made]);
  return {};
}

function listAll(call: BucketCall): RouteAnswer {
  const document = xmlDocument("ListCnameResult", {
    Bucket: call.bucketName,
    Owner: call.bucket.record.owner,
    Cname: kept(call, CNAME_DOCUMENT).map(xmlValue),
  });
  return { body: document };
}

async function remove(call: BucketCall): Promise<RouteAnswer> {
  const { domain } = await asked(call);
  const others = kept(call, CNAME_DOCUMENT).filter((one) => childText(one, "Domain") !== domain);
  await keep(call, CNAME_DOCUMENT, "Cname", others.map(xmlValue));
  return {};
}

function row(operation: string, method: string, query: readonly string[], run: BucketRoute["run"]): Route {
  return { operation, method, scope: "bucket", query: ["cname", ...query], access: "owner", run };
}

type BucketRoute = Extract<Route, { scope: "bucket" }>;

/** The rows of own domains. */
export const cnameRoutes: readonly Route[] = [
  /* @__PURE__ */ row("CreateCnameToken", "POST", ["comp=token"], createToken),
  /* @__PURE__ */ row("GetCnameToken", "GET", ["comp=token"], getToken),
  /* @__PURE__ */ row("PutCname", "POST", ["comp=add"], put),
  /* @__PURE__ */ row("ListCname", "GET", [], listAll),
  /* @__PURE__ */ row("DeleteCname", "POST", ["comp=delete"], remove),
];
