/**
 * The credential of a V4 signature: `AccessKeyId/date/region/oss/aliyun_v4_request`, and the key made of it.
 * @module
 */
import { encodeHex } from "../codec/hex.ts";
import { isoTime } from "./verify_date.ts";
import { invalidArgument } from "./verify_faults.ts";
import { hmacChain } from "./verify_hash.ts";
import type { VerifyOptions } from "./verify_types.ts";

export const V4: string = "OSS4-HMAC-SHA256";
const TERMINATOR = "aliyun_v4_request";

/** A parsed credential. */
export interface Scope {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  /** Everything after the AccessKeyId. */
  readonly text: string;
}

/** The same faults have different numbers in a header, a URL and a form. */
export interface ScopeNumbers {
  readonly where: string;
  readonly format: string;
  readonly accessKeyId: string | undefined;
  readonly date: string;
}

/**
 * Reads a credential and checks all of it that needs no key.
 * @param time the signed time in milliseconds, whose day the scope must name
 * @throws ServiceFault InvalidArgument, with the number of the part that is wrong
 */
export function parseScope(credential: string, time: number, numbers: ScopeNumbers, options: VerifyOptions): Scope {
  const { where } = numbers;
  const parts = credential.split("/");
  const [date = "", region = "", product, end] = parts.splice(-4);
  const accessKeyId = parts.join("/");
  if (end !== TERMINATOR) throw invalidArgument(`Invalid credential in ${where}.`, numbers.format);
  if (!/^[\x21-\x7e]+$/.test(accessKeyId))
    throw invalidArgument(`Invalid AccessKeyId in ${where}.`, numbers.accessKeyId);
  const sameDay = options.lenient.has("scope-date") || date === isoTime(time).slice(0, 8);
  if (!/^\d{8}$/.test(date) || !sameDay) throw invalidArgument(`Invalid signing date in ${where}.`, numbers.date);
  if (region !== options.region && !options.lenient.has("region")) {
    throw invalidArgument(`Invalid signing region in ${where}.`, "0002-00000226");
  }
  if (product !== "oss") throw invalidArgument(`Invalid signing product in ${where}.`, "0002-00000227");
  return { accessKeyId, date, region, text: credential.slice(accessKeyId.length + 1) };
}

/**
 * Signs a text with the key that a secret and a scope derive.
 * @param stringToSign a binary string
 * @returns lowercase hex
 */
export async function signScoped(secret: string, scope: Scope, stringToSign: string): Promise<string> {
  const steps = [scope.date, scope.region, "oss", TERMINATOR];
  return encodeHex(await hmacChain("SHA-256", `aliyun_v4${secret}`, steps, stringToSign));
}
