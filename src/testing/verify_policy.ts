/**
 * The policy of a PostObject form: who signed it, how long it holds, and whether the form keeps to it.
 * @module
 */
import { encodeBase64 } from "../codec/base64.ts";
import { toBinary } from "./percent.ts";
import { checkCondition } from "./verify_conditions.ts";
import { parseIso } from "./verify_date.ts";
import { accessDenied, expired, invalidArgument, MAX_SKEW, signatureMismatch } from "./verify_faults.ts";
import { hmacChain, sameText } from "./verify_hash.ts";
import { type Claimant, findClaimant } from "./verify_identity.ts";
import { parsePolicy } from "./verify_policy_document.ts";
import { parseScope, type ScopeNumbers, signScoped, V4 } from "./verify_scope.ts";
import type { Identity, PolicyForm, VerifyOptions } from "./verify_types.ts";

const MAX_AGE = 7 * 86_400_000;
const IN_FORM: ScopeNumbers = {
  where: "x-oss-credential",
  format: "0002-00000710",
  accessKeyId: undefined,
  date: "0002-00000709",
};
/** Fields of V4 that a policy must restrict, since they are no part of the text that is signed. */
const RESTRICTED: readonly string[] = ["x-oss-signature-version", "x-oss-credential", "x-oss-date"];

type Fields = ReadonlyMap<string, string>;

function required(fields: Fields, name: string, ec?: string): string {
  const value = fields.get(name.toLowerCase());
  if (value) return value;
  const message = `Bucket POST must contain a field named '${name}'. If it is specified, please check the order of the fields.`;
  throw invalidArgument(message, ec);
}

function check(claimant: Claimant, policy: string, signature: string, expected: string, ec: string): Identity {
  if (sameText(expected, signature)) return claimant.identity;
  throw signatureMismatch({ accessKeyId: claimant.accessKeyId, signature, stringToSign: policy }, ec);
}

async function verifyV4Form(fields: Fields, policy: string, options: VerifyOptions): Promise<Identity> {
  if (required(fields, "x-oss-signature-version") !== V4) {
    throw invalidArgument("Invalid x-oss-signature-version.", "0002-00000066");
  }
  const signature = required(fields, "x-oss-signature", "0002-00000703");
  const credential = required(fields, "x-oss-credential");
  const time = parseIso(required(fields, "x-oss-date"));
  if (time === undefined) throw invalidArgument("Invalid x-oss-date.", undefined);
  const scope = parseScope(credential, time, IN_FORM, options);
  if (options.now < time - MAX_SKEW && !options.lenient.has("skew")) {
    throw accessDenied("Request is not valid yet.", undefined);
  }
  if (options.now > time + MAX_AGE) throw expired(time + MAX_AGE, options.now, undefined);
  const claimant = findClaimant(scope.accessKeyId, fields.get("x-oss-security-token"), options);
  const expected = await signScoped(claimant.secret, scope, policy);
  return check(claimant, policy, signature, expected, "0002-00000201");
}

async function verifyV1Form(fields: Fields, policy: string, options: VerifyOptions): Promise<Identity> {
  if (!options.v1) {
    throw accessDenied("The V1 signature is closed for this account or bucket. Use the V4 signature.", "0002-00000080");
  }
  const accessKeyId = required(fields, "OSSAccessKeyId");
  const signature = required(fields, "Signature", "0002-00000703");
  const claimant = findClaimant(accessKeyId, fields.get("x-oss-security-token"), options);
  const expected = encodeBase64(await hmacChain("SHA-1", claimant.secret, [], policy));
  return check(claimant, policy, signature, expected, "0002-00000040");
}

/**
 * Checks the policy of a form upload.
 * @param form the fields before the file, the addressed bucket, the final key, and the file's size once it is known
 * @returns who signed the policy, or `undefined` when the form carries neither policy nor signature
 * @throws ServiceFault with the service's status, code and number
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 */
export async function verifyPolicy(form: PolicyForm, options: VerifyOptions): Promise<Identity | undefined> {
  const fields: Fields = new Map([...form.fields].map(([name, value]) => [name.toLowerCase(), value] as const));
  const v4 = ["x-oss-signature-version", "x-oss-signature", "x-oss-credential"].some((name) => fields.has(name));
  const signed = v4 || fields.has("ossaccesskeyid") || fields.has("signature");
  if (!signed && !fields.has("policy")) return undefined;
  const policy = required(fields, "policy");
  const identity = await (v4 ? verifyV4Form : verifyV1Form)(fields, toBinary(policy), options);
  const { conditions, expiration } = parsePolicy(policy);
  if (options.now > expiration) throw accessDenied("Invalid according to Policy: Policy expired.", "0006-00000213");
  const named = new Set(conditions.map((condition) => checkCondition(condition, { ...form, fields })));
  const extra = v4 ? RESTRICTED.find((name) => fields.has(name) && !named.has(name)) : undefined;
  if (extra !== undefined) {
    throw accessDenied(`Invalid according to Policy: Extra input fields: ${extra}`, "0006-00000228");
  }
  return identity;
}
