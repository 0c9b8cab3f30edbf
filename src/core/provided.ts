/**
 * What credentials providers return, brought into one form.
 * @module
 */
import { CredentialsError } from "../errors.ts";
import type { Credentials, ProvidedCredentials } from "../types.ts";

function spelt(provided: ProvidedCredentials): Credentials {
  const bare = "Credentials" in provided ? provided.Credentials : provided;
  if (!("AccessKeyId" in bare)) return bare;
  const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = bare;
  return {
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    securityToken: SecurityToken,
    expiration: Expiration,
  };
}

/** A line break read from a file would end up in an error of the platform, together with the signature. */
const KEY = /^[!-~]+$/;

/**
 * Checks what a provider gave.
 * @param provided keys as this library spells them, or the answer of AssumeRole
 * @returns keys as this library spells them
 * @throws CredentialsError when a key is missing or the expiration is no date
 */
export function normalise(provided: ProvidedCredentials): Credentials {
  // A provider that answers from JSON may give anything.
  const given: unknown = provided;
  const found = typeof given === "object" && given !== null ? spelt(provided) : undefined;
  if (found?.securityToken !== undefined && !KEY.test(found.securityToken))
    throw new CredentialsError("The credentials provider gave a securityToken that is not plain ASCII");
  for (const name of ["accessKeyId", "accessKeySecret"] as const) {
    if (typeof found?.[name] !== "string" || !KEY.test(found[name])) {
      throw new CredentialsError(
        `The credentials provider gave no ${name} in plain ASCII: return { accessKeyId, accessKeySecret, ... } or the answer of AssumeRole`,
      );
    }
  }
  if (!found || Number.isNaN(expiryOf(found)))
    throw new CredentialsError("The credentials provider gave an expiration that is no date");
  return found;
}

/**
 * When keys end.
 * @param credentials the keys
 * @returns milliseconds since 1970, `Infinity` when they do not say
 */
export function expiryOf({ expiration }: Credentials): number {
  return expiration === undefined || expiration === null ? Number.POSITIVE_INFINITY : new Date(expiration).getTime();
}
