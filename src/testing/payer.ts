/**
 * Requester pays: who calls a bucket of somebody else must say that he pays.
 * @module
 */
import type { Call } from "./call.ts";
import type { Bucket } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import { documentOf } from "./stored_document.ts";

/** Whether somebody else than the bucket's owner pays for a request. */
export function requesterPays(call: Call, bucket: Bucket): boolean {
  if (call.identity?.account.id === bucket.record.owner) return false;
  return /<Payer>Requester</.test(documentOf({ bucket }, "requestPayment") ?? "");
}

/**
 * Refuses requests of others that do not say that they pay, and those of nobody.
 * @throws ServiceFault AccessDenied
 */
export function checkPayer(call: Call, bucket: Bucket): void {
  if (!requesterPays(call, bucket)) return;
  const name = "x-oss-request-payer";
  const payer = call.headers.get(name) ?? call.query.get(name);
  if (call.identity !== undefined && payer?.toLowerCase() === "requester") return;
  const message = "Access denied for requester pay bucket";
  throw new ServiceFault(403, "AccessDenied", message, { ec: "0003-00000702" });
}
