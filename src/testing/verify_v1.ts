/**
 * V1 signatures, in the `Authorization` header and in the URL.
 * @module
 */
import { encodeBase64 } from "../codec/base64.ts";
import { requestTime } from "./verify_date.ts";
import { accessDenied, expired, invalidArgument, signatureMismatch } from "./verify_faults.ts";
import { hmacChain, sameText } from "./verify_hash.ts";
import { type Claimant, findClaimant } from "./verify_identity.ts";
import { parameter, type SignedRequest, sortBy } from "./verify_request.ts";
import { isRefinement, isSubresource } from "./verify_subresources.ts";
import type { Identity, VerifyOptions } from "./verify_types.ts";

/** The text that V1 signs: a binary string. */
function stringToSign(request: SignedRequest, date: string, signed: (name: string) => boolean): string {
  const { headers, method, resource } = request;
  const own = sortBy(
    [...headers].filter(([name]) => name.startsWith("x-oss-")),
    ([name]) => name,
  );
  const query = sortBy(
    request.query.filter(({ name }) => signed(name)),
    ({ name }) => name,
  );
  const parameters = query.map(({ name, value }) => (value === "" ? name : `${name}=${value}`)).join("&");
  return [
    method,
    headers.get("content-md5") ?? "",
    headers.get("content-type") ?? "",
    date,
    ...own.map(([name, value]) => `${name}:${value}`),
    parameters === "" ? resource : `${resource}?${parameters}`,
  ].join("\n");
}

/**
 * Compares the signature with that of every reading a client may have meant. Clients disagree on which date is
 * signed when there are two, and on refinements: such a parameter may be unsigned, as long as it is not signed.
 */
async function check(
  request: SignedRequest,
  claimant: Claimant,
  signature: string,
  dates: readonly string[],
): Promise<Identity> {
  const readings = new Set(
    [isSubresource, (name: string): boolean => isSubresource(name) && !isRefinement(name)].flatMap((signed) =>
      dates.map((date) => stringToSign(request, date, signed)),
    ),
  );
  let matches = false;
  for (const text of readings) {
    const expected = encodeBase64(await hmacChain("SHA-1", claimant.secret, [], text));
    matches = sameText(expected, signature) || matches;
  }
  if (matches) return claimant.identity;
  const [first = ""] = readings;
  throw signatureMismatch({ accessKeyId: claimant.accessKeyId, signature, stringToSign: first }, "0002-00000040");
}

function requireV1(options: VerifyOptions): void {
  const message = "The V1 signature is closed for this account or bucket. Use the V4 signature.";
  if (!options.v1) throw accessDenied(message, "0002-00000080");
}

function invalid(ec: string): Error {
  return invalidArgument("Authorization header is invalid.", ec);
}

/**
 * Checks what follows `OSS ` in an `Authorization` header.
 * @throws ServiceFault with the service's status, code and number
 */
export function verifyV1Header(request: SignedRequest, credentials: string, options: VerifyOptions): Promise<Identity> {
  requireV1(options);
  const [accessKeyId = "", signature, ...more] = credentials.trim().split(":");
  if (signature === undefined || more.length > 0) throw invalid("0002-00000062");
  if (accessKeyId === "") throw invalid("0002-00000063");
  if (!/^[\x21-\x7e]+$/.test(accessKeyId)) throw invalid("0002-00000064");
  if (signature === "") throw invalid("0002-00000065");
  requestTime(request.headers, options);
  const { headers } = request;
  const dates = ["x-oss-date", "date"].map((name) => headers.get(name)).filter((date) => date !== undefined);
  // The Python and Java clients send the token in an unsigned header of this name.
  const token = headers.get("x-oss-security-token") ?? headers.get("security-token");
  return check(request, findClaimant(accessKeyId, token, options), signature, dates);
}

/**
 * Checks a V1 signed URL.
 * @throws ServiceFault with the service's status, code and number
 */
export function verifyV1Query(request: SignedRequest, options: VerifyOptions): Promise<Identity> {
  requireV1(options);
  const accessKeyId = parameter(request, "OSSAccessKeyId");
  const signature = parameter(request, "Signature");
  if (!accessKeyId || !signature) throw invalidArgument("The URL signature is incomplete.", undefined);
  const end = parameter(request, "Expires");
  if (end === undefined)
    throw accessDenied("Query-string authentication requires the Expires parameter.", "0002-00000067");
  if (end === "") throw accessDenied("Query-string authentication requires the Expires parameter.", "0002-00000068");
  if (!/^\d{1,11}$/.test(end)) throw accessDenied("Invalid date (should be seconds since epoch).", "0002-00000070");
  if (options.now > Number(end) * 1000) throw expired(Number(end) * 1000, options.now, "0002-00000069");
  const token = parameter(request, "security-token") ?? request.headers.get("x-oss-security-token");
  return check(request, findClaimant(accessKeyId, token, options), signature, [end]);
}
