/**
 * Signatures of form policies (PostObject).
 * @module
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 */
import { encodeBase64 } from "../codec/base64.ts";
import { isoBasic } from "../codec/time.ts";
import { encodeUtf8 } from "../codec/utf8.ts";
import type { MaybePromise } from "../types.ts";
import { type SigningContext, then } from "./canonical.ts";
import { signTextV1 } from "./hmac_v1.ts";
import { ALGORITHM, scopeV4, signTextV4 } from "./v4.ts";

function tokenField({ credentials: { securityToken } }: SigningContext): Record<string, string> {
  return securityToken ? { "x-oss-security-token": securityToken } : {};
}

/**
 * Lists the form fields that a V4 policy must repeat among its conditions.
 * @returns `x-oss-signature-version`, `x-oss-credential`, `x-oss-date` and, for temporary keys, the token
 */
export function policyFieldsV4(context: SigningContext): Record<string, string> {
  const date = isoBasic(context.time);
  return {
    "x-oss-signature-version": ALGORITHM,
    "x-oss-credential": `${context.credentials.accessKeyId}/${scopeV4(context, date)}`,
    "x-oss-date": date,
    ...tokenField(context),
  };
}

/**
 * Signs a policy with V4.
 * @param policyJson the exact text; its conditions hold the fields of {@link policyFieldsV4} for the same context
 * @returns the form fields, `policy` and `x-oss-signature` among them
 */
export function signPolicyV4(policyJson: string, context: SigningContext): MaybePromise<Record<string, string>> {
  const policy = encodeBase64(encodeUtf8(policyJson));
  const scope = scopeV4(context, isoBasic(context.time));
  return then(signTextV4(policy, context, scope), (signature) => ({
    policy,
    ...policyFieldsV4(context),
    "x-oss-signature": signature,
  }));
}

/**
 * Signs a policy with V1.
 * @param policyJson the exact text
 * @returns the form fields `policy`, `OSSAccessKeyId`, `Signature` and, for temporary keys, the token
 */
export function signPolicyV1(policyJson: string, context: SigningContext): MaybePromise<Record<string, string>> {
  const policy = encodeBase64(encodeUtf8(policyJson));
  return then(signTextV1(policy, context), (signature) => ({
    policy,
    OSSAccessKeyId: context.credentials.accessKeyId,
    Signature: signature,
    ...tokenField(context),
  }));
}
