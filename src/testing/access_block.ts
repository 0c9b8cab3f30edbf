/**
 * Block Public Access: what it makes of public ACLs and policies.
 * @module
 */
import { settingOf } from "./bucket_settings.ts";
import type { Call, Service } from "./call.ts";
import type { BucketRecord } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import { BLOCK, blocks } from "./stored_block.ts";
import type { HeaderMap } from "./wire.ts";

/** Whether the account's own setting blocks. */
export function accountBlocks({ state }: Service, account: string): boolean {
  return blocks(state.accountDocuments.get(account)?.["publicAccessBlock"]);
}

/** Whether the bucket's own setting blocks. */
export function bucketBlocks(record: BucketRecord): boolean {
  return settingOf(record, "publicAccessBlock", `${BLOCK}/BlockPublicAccess`) === "true";
}

/** Whether public access to a bucket is blocked, by itself or by its account. */
export function publicBlocked(service: Service, record: BucketRecord): boolean {
  return bucketBlocks(record) || accountBlocks(service, record.owner);
}

/** Public access may not be granted. */
export function publicDenied(what: "bucket acl" | "object acl" | "bucket policy", ec?: string): ServiceFault {
  return new ServiceFault(403, "AccessDenied", `Put public ${what} is not allowed`, { ec });
}

/**
 * Refuses a public ACL where public access is blocked.
 * @param record the bucket, if it exists already
 * @param headers where the ACL is, when not among the request's headers (a form)
 * @throws ServiceFault AccessDenied
 */
export function checkPublicAcl(call: Call, record: BucketRecord | undefined, headers: HeaderMap = call.headers): void {
  const owner = record?.owner ?? call.identity?.account.id;
  const blocked = record === undefined ? accountBlocks(call.service, owner ?? "") : publicBlocked(call.service, record);
  if (!blocked) return;
  if (headers.get("x-oss-acl")?.startsWith("public-")) throw publicDenied("bucket acl");
  if (headers.get("x-oss-object-acl")?.startsWith("public-")) throw publicDenied("object acl", "0016-00000901");
}
