/**
 * What buckets say about themselves.
 * @module
 */
import type { BucketAcl } from "../types.ts";
import type { BucketRecord } from "./records.ts";
import { xmlDocument } from "./xml_write.ts";

const ACLS: ReadonlySet<string> = /* @__PURE__ */ new Set(["private", "public-read", "public-read-write"]);

/** Whether a text is a bucket's ACL. */
export function isBucketAcl(text: string): text is BucketAcl {
  return ACLS.has(text);
}

/** The places of a bucket: location, and endpoints from outside and inside. */
export function places(region: string): { Location: string; ExtranetEndpoint: string; IntranetEndpoint: string } {
  return {
    Location: `oss-${region}`,
    ExtranetEndpoint: `oss-${region}.aliyuncs.com`,
    IntranetEndpoint: `oss-${region}-internal.aliyuncs.com`,
  };
}

/** An owner, as documents name it. */
export function ownerFacts(id: string): { ID: string; DisplayName: string } {
  return { ID: id, DisplayName: id };
}

/** The document of an ACL. */
export function aclDocument(bucket: BucketRecord, grant: string): string {
  return xmlDocument("AccessControlPolicy", { Owner: ownerFacts(bucket.owner), AccessControlList: { Grant: grant } });
}
