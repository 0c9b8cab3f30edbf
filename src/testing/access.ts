/**
 * Who may do what: owners, ACLs, and the limits of temporary keys.
 * @module
 */
import { publicBlocked } from "./access_block.ts";
import type { Call } from "./call.ts";
import { checkPayer } from "./payer.ts";
import { type Bucket, isMarker } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import { namedVersion } from "./versions.ts";

/** Not allowed; each cause has its own message and number. */
export function accessDenied(message: string, ec?: string): ServiceFault {
  return new ServiceFault(403, "AccessDenied", message, { ec });
}

/**
 * The limits of temporary keys: their bucket, and keys under their prefix. A list is allowed when it asks for no more
 * than that; anything else on a bucket is not.
 */
export function allowSession(call: Call, bucketName: string | undefined, key: string | undefined): void {
  const session = call.identity?.session;
  if (session === undefined || (session.bucket === undefined && session.prefix === undefined)) return;
  const named = key ?? call.query.get("prefix") ?? "";
  const inside = bucketName !== undefined && (session.bucket === undefined || session.bucket === bucketName);
  if (inside && named.startsWith(session.prefix ?? "")) return;
  throw accessDenied(
    "You have no right to access this object because of the policy of the temporary keys.",
    "0003-00000001",
  );
}

/** Whether an ACL gives strangers this access. */
function grants(acl: string, access: "read" | "write"): boolean {
  return acl === "public-read-write" || (access === "read" && acl === "public-read");
}

/**
 * Checks a request on a bucket or an object against the owner and the ACLs.
 * @param call the request
 * @param bucket its bucket
 * @param key its key
 * @param access what it wants to do
 * @param versionId which version of the key, `null` for the newest; by default the one that the query names
 * @throws ServiceFault AccessDenied
 */
export function allow(
  call: Call,
  bucket: Bucket,
  key: string | undefined,
  access: "read" | "write" | "owner",
  versionId: string | null | undefined = call.query.get("versionId"),
): void {
  const { record } = bucket;
  allowSession(call, record.name, key);
  if (call.identity?.account.id === record.owner) return;
  const version = key === undefined ? undefined : namedVersion(bucket, key, versionId ?? undefined);
  const own = version === undefined || isMarker(version) || version.acl === "default" ? undefined : version.acl;
  const acl = own ?? record.acl;
  if (access !== "owner" && grants(acl, access) && !publicBlocked(call.service, record)) {
    checkPayer(call, bucket);
    return;
  }
  if (access === "owner") {
    throw accessDenied("The bucket you access does not belong to you.", "0003-00000001");
  }
  const what = own === undefined ? "bucket" : "object";
  throw accessDenied(`You have no right to access this object because of ${what} acl.`, "0003-00000001");
}

/**
 * Asks for a signature.
 * @throws ServiceFault AccessDenied for anonymous requests
 */
export function requireIdentity(call: Call): NonNullable<Call["identity"]> {
  if (call.identity === undefined) {
    throw accessDenied("Anonymous access is forbidden for this operation.");
  }
  return call.identity;
}
