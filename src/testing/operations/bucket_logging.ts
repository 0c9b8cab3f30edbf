/**
 * Access logs of a bucket: where they would go, and what they would note. None is written.
 * @module
 */
import { type BucketCall, invalidArgument } from "../call.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { storedDocument } from "../stored_document.ts";
import { childText, childTexts, type XmlNode } from "../xml_read.ts";

/** Names of headers and parameters together. */
const MAX_FIELDS = 6;

function badTarget(message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, "InvalidTargetBucketForLogging", message, { ec });
}

function checkTarget(document: XmlNode, { bucket, service }: BucketCall): void {
  const enabled = document.children.find(({ name }) => name === "LoggingEnabled");
  // Without it, logs are turned off.
  if (enabled === undefined) return;
  const name = childText(enabled, "TargetBucket");
  if (name === undefined)
    throw new ServiceFault(400, "MalformedXML", "TargetBucket is missing.", { ec: "0032-00000002" });
  if (name === "") throw new ServiceFault(400, "MalformedXML", "TargetBucket is empty.", { ec: "0032-00000003" });
  if (!/^[a-z\d][a-z\d-]{1,61}[a-z\d]$/.test(name)) throw badTarget("The target is no bucket.", "0032-00000004");
  const target = service.state.buckets.get(name)?.record;
  if (target === undefined) throw badTarget("The target bucket does not exist.", "0032-00000008");
  const { owner, region } = bucket.record;
  if (target.owner !== owner) throw badTarget("The target bucket belongs to somebody else.", "0032-00000009");
  if (target.region !== region) throw badTarget("The target bucket is in another region.");
}

function checkFields(document: XmlNode): void {
  const named = (set: string, name: string): string[] =>
    document.children.filter((child) => child.name === set).flatMap((child) => childTexts(child, name));
  const headers = named("HeaderSet", "header");
  const count = headers.length + named("ParamSet", "parameter").length;
  if (count > MAX_FIELDS) {
    throw invalidArgument("FieldCount", String(count), `At most ${MAX_FIELDS} fields are noted.`, "0046-00000004");
  }
  const odd = headers.find((name) => !/^[!-9;-^`-~]+$/.test(name));
  if (odd !== undefined) throw invalidArgument("header", odd, "The name of the header is not valid.");
}

/** The rows of logs. */
export const bucketLoggingRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketLogging",
  subresource: "logging",
  root: "BucketLoggingStatus",
  errors: { syntax: "0032-00000001", root: "0032-00000001" },
  initial: () => "",
  check: checkTarget,
});

/** The rows of what logs note. */
export const logFieldsRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "UserDefinedLogFieldsConfig",
  subresource: "userDefinedLogFieldsConfig",
  root: "UserDefinedLogFieldsConfiguration",
  initial: { code: "NoSuchUserDefinedLogFieldsConfig", message: "No fields are configured." },
  check: checkFields,
});
