/**
 * Who sent a request: the signature check of the in-process OSS, written independently of the client's signers.
 * @module
 */
import { invalidArgument } from "./verify_faults.ts";
import { parameter, parseRequest, type SignedRequest } from "./verify_request.ts";
import { V4 } from "./verify_scope.ts";
import type { Identity, VerifyOptions, WireRequest } from "./verify_types.ts";
import { verifyV1Header, verifyV1Query } from "./verify_v1.ts";
import { verifyV4Header, verifyV4Query } from "./verify_v4.ts";

export { verifyPolicy } from "./verify_policy.ts";
export type { Identity, PolicyForm, VerifyLenience, VerifyOptions, WireRequest } from "./verify_types.ts";

/** Whether any of these query parameters is there, empty or not. */
function hasAny(request: SignedRequest, names: readonly string[]): boolean {
  return names.some((name) => parameter(request, name) !== undefined);
}

/**
 * Checks the signature of a request, whichever of the four kinds it has.
 * @param request as it was on the wire; with `host` among its headers, for clients that sign it
 * @param options the server's clock, region, accounts and leniences
 * @returns who signed, or `undefined` when the request carries no signature at all
 * @throws ServiceFault with the status, code and number that the service answers
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4
 */
export async function verify(request: WireRequest, options: VerifyOptions): Promise<Identity | undefined> {
  const parsed = parseRequest(request);
  const authorization = parsed.headers.get("authorization");
  const v4Query = hasAny(parsed, ["x-oss-signature-version", "x-oss-signature", "x-oss-credential"]);
  const v1Query = hasAny(parsed, ["OSSAccessKeyId", "Signature"]);
  if (authorization === undefined) {
    if (v4Query) return verifyV4Query(parsed, options);
    return v1Query ? verifyV1Query(parsed, options) : undefined;
  }
  if (v4Query || v1Query) {
    throw invalidArgument("A request cannot be signed in its header and in its URL.", "0002-00000039");
  }
  if (authorization.startsWith(`${V4} `)) return verifyV4Header(parsed, authorization.slice(V4.length + 1), options);
  if (authorization.startsWith("OSS ")) return verifyV1Header(parsed, authorization.slice(4), options);
  throw invalidArgument("Authorization header is invalid.", "0002-00000061");
}
