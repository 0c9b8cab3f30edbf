/**
 * Which failures concern one object, and which all that come after it.
 * @module
 */
import { isOSSError, type ServiceError } from "../../errors.ts";

/**
 * Does a failed transfer concern this file alone, and not bucket, keys or network?
 * @param error what it was rejected with
 */
export function concernsOneFile(error: unknown): boolean {
  if (!isOSSError(error)) return true;
  if (error.name === "TransferError") return concernsOneFile(error.cause);
  if (/^(Network|Credentials|Cors)Error$/.test(error.name)) return false;
  return error.name !== "ServiceError" || !hasCodeOfAll(error as ServiceError);
}

function hasCodeOfAll({ code }: ServiceError): boolean {
  return /NoSuchBucket|AccessKey|Signature|Token|Skewed/.test(code);
}
