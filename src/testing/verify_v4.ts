/**
 * V4 signatures, in the `Authorization` header and in the URL.
 * @module
 */
import { encodePercent } from "./percent.ts";
import { isoTime, parseIso, requestTime } from "./verify_date.ts";
import { accessDenied, expired, invalidArgument, MAX_SKEW, signatureMismatch } from "./verify_faults.ts";
import { sameText, sha256 } from "./verify_hash.ts";
import { findClaimant } from "./verify_identity.ts";
import { parameter, type SignedRequest, sortBy } from "./verify_request.ts";
import { parseScope, type Scope, type ScopeNumbers, signScoped, V4 } from "./verify_scope.ts";
import type { Identity, VerifyOptions } from "./verify_types.ts";
import { additionalNames, parseAuthorization } from "./verify_v4_header.ts";

const UNSIGNED = "UNSIGNED-PAYLOAD";
const MAX_EXPIRES = 604_800;
const IN_HEADER: ScopeNumbers = {
  where: "Authorization header",
  format: "0002-00000213",
  accessKeyId: "0002-00000206",
  date: "0002-00000212",
};
const IN_URL: ScopeNumbers = {
  where: "x-oss-credential",
  format: "0002-00000217",
  accessKeyId: "0002-00000222",
  date: "0002-00000223",
};

/** What a V4 signature says of itself. */
interface Claim {
  readonly time: number;
  readonly scope: Scope;
  readonly token: string | undefined;
  readonly additional: readonly string[];
  readonly signature: string;
}

/** The canonical request: a binary string. */
function canonicalRequest(request: SignedRequest, additional: readonly string[], payload: string): string {
  const query = sortBy(
    request.query
      .filter(({ name }) => name !== "x-oss-signature")
      .map(({ name, value }) => [encodePercent(name), encodePercent(value)] as const),
    // A tab sorts before all that is left after encoding: by name first, then by value.
    (pair) => pair.join("\t"),
  ).map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  const signed = [...request.headers].filter(
    ([name]) => /^(x-oss-.*|content-type|content-md5)$/s.test(name) || additional.includes(name),
  );
  return [
    request.method,
    encodePercent(request.resource, true),
    query.join("&"),
    ...sortBy(signed, ([name]) => name).map(([name, value]) => `${name}:${value}`),
    "",
    additional.join(";"),
    payload,
  ].join("\n");
}

async function check(request: SignedRequest, claim: Claim, options: VerifyOptions): Promise<Identity> {
  const payload = request.headers.get("x-oss-content-sha256") ?? UNSIGNED;
  if (payload !== UNSIGNED && !options.lenient.has("content-sha256")) {
    throw invalidArgument("Invalid x-oss-content-sha256 header.", "0002-00000214");
  }
  const { scope, signature } = claim;
  const { accessKeyId, secret, identity } = findClaimant(scope.accessKeyId, claim.token, options);
  const canonical = canonicalRequest(request, claim.additional, payload);
  const stringToSign = [V4, isoTime(claim.time), scope.text, await sha256(canonical)].join("\n");
  if (!sameText(await signScoped(secret, scope, stringToSign), signature)) {
    const computed = { accessKeyId, signature, stringToSign, canonicalRequest: canonical };
    throw signatureMismatch(computed, "0002-00000201");
  }
  return identity;
}

/**
 * Checks a V4 `Authorization` header.
 * @throws ServiceFault with the service's status, code and number
 */
export function verifyV4Header(
  request: SignedRequest,
  authorization: string,
  options: VerifyOptions,
): Promise<Identity> {
  const { credential, additional, signature } = parseAuthorization(authorization, request);
  if (!request.headers.has("x-oss-content-sha256") && !options.lenient.has("content-sha256")) {
    throw invalidArgument("Invalid x-oss-content-sha256 header.", "0002-00000214");
  }
  const time = requestTime(request.headers, options);
  const scope = parseScope(credential, time, IN_HEADER, options);
  return check(
    request,
    { time, scope, additional, signature, token: request.headers.get("x-oss-security-token") },
    options,
  );
}

/** The seconds a URL lives. */
function parseExpires(text: string | undefined): number {
  if (text === undefined) throw invalidArgument("The x-oss-expires parameter is missing.", "0002-00000215");
  if (text === "") throw invalidArgument("The x-oss-expires parameter is empty.", "0002-00000216");
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > MAX_EXPIRES) {
    throw invalidArgument("x-oss-expires must be between 1 and 604800 seconds.", "0002-00000232");
  }
  return seconds;
}

/**
 * Checks a V4 presigned URL.
 * @throws ServiceFault with the service's status, code and number
 */
export function verifyV4Query(request: SignedRequest, options: VerifyOptions): Promise<Identity> {
  if (parameter(request, "x-oss-signature-version") !== V4) {
    throw invalidArgument("Invalid x-oss-signature-version.", "0002-00000066");
  }
  const seconds = parseExpires(parameter(request, "x-oss-expires"));
  const credential = parameter(request, "x-oss-credential");
  if (!credential) throw invalidArgument("The x-oss-credential parameter is missing.", "0002-00000217");
  const signature = parameter(request, "x-oss-signature");
  if (!signature) throw invalidArgument("The x-oss-signature parameter is missing.", "0002-00000219");
  const names = parameter(request, "x-oss-additional-headers");
  const additional = additionalNames(names, request, {
    empty: "0002-00000076",
    item: "0002-00000077",
    absent: "0002-00000078",
  });
  const time = parseIso(parameter(request, "x-oss-date") ?? "");
  if (time === undefined) throw invalidArgument("The x-oss-date parameter is missing or invalid.", undefined);
  const scope = parseScope(credential, time, IN_URL, options);
  const { now, lenient } = options;
  if (now < time - MAX_SKEW && !lenient.has("skew")) throw accessDenied("Request is not valid yet.", "0002-00000235");
  const end = time + seconds * 1000;
  if (now > end) throw expired(end, now, "0002-00000236");
  const token = parameter(request, "x-oss-security-token") ?? request.headers.get("x-oss-security-token");
  return check(request, { time, scope, additional, signature, token }, options);
}
