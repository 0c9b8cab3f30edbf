/**
 * Whose keys they are, and whether they may still be used.
 * @module
 */
import { isSession } from "./accounts.ts";
import { ServiceFault } from "./service_fault.ts";
import { invalidAccessKeyId } from "./verify_faults.ts";
import { sameText } from "./verify_hash.ts";
import type { Identity, VerifyOptions } from "./verify_types.ts";

/** Who claims to sign, and the secret that proves it. */
export interface Claimant {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly identity: Identity;
}

function tokenFault(code: string, message: string, ec: string): ServiceFault {
  return new ServiceFault(403, code, message, { ec });
}

/**
 * Finds the owner of an AccessKeyId and checks the token that came with it.
 * @param token the STS token, if the request carries one
 * @throws ServiceFault InvalidAccessKeyId, InvalidSecurityToken or SecurityTokenExpired
 */
export function findClaimant(accessKeyId: string, token: string | undefined, options: VerifyOptions): Claimant {
  const owner = options.accounts.find(accessKeyId);
  if (owner === undefined) throw invalidAccessKeyId(accessKeyId, "0002-00000902");
  const wrongToken = (): ServiceFault =>
    tokenFault("InvalidSecurityToken", "The security token you provided is invalid.", "0002-00000008");
  if (!isSession(owner)) {
    if (token) throw wrongToken();
    return { accessKeyId, secret: owner.accessKeySecret, identity: { account: owner } };
  }
  if (!token) throw invalidAccessKeyId(accessKeyId, "0002-00000003");
  if (!sameText(owner.securityToken, token)) throw wrongToken();
  if (options.now >= owner.expiration.getTime()) {
    if (options.expired === "InvalidAccessKeyId") throw invalidAccessKeyId(accessKeyId, "0002-00000902");
    throw tokenFault("SecurityTokenExpired", "The security token you provided has expired.", "0002-00000007");
  }
  return { accessKeyId, secret: owner.accessKeySecret, identity: { account: owner.account, session: owner } };
}
