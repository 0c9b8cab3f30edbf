/**
 * Credentials: fixed ones, or those of a provider, whose machinery is loaded only when there is one.
 * @module
 */
import type { Credentials, CredentialsProvider } from "../types.ts";
import type { CredentialsSource } from "./credentials_source.ts";

/**
 * Wraps fixed credentials or a provider.
 * @param credentials what was given to `createClient`
 * @param now the service's time, milliseconds
 * @param warn told when a refresh fails while the old credentials still serve
 * @returns the source that all calls of a client share
 * @throws TypeError when a fixed key is empty
 */
export function createCredentials(
  credentials: Credentials | CredentialsProvider | "anonymous",
  now: () => number,
  warn: (message: string) => void,
): CredentialsSource {
  if (typeof credentials !== "function") {
    const fixed = credentials === "anonymous" ? undefined : credentials;
    // A line break read from a file would end up in an error of the platform, together with the signature.
    if (fixed && !/^[!-~]+,[!-~]+,[!-~]*$/.test([fixed.accessKeyId, fixed.accessKeySecret, fixed.securityToken].join()))
      throw new TypeError("credentials need accessKeyId and accessKeySecret in ASCII");
    return { get: async () => fixed, doubt: () => false };
  }
  let source: CredentialsSource | undefined;
  return {
    async get(signal) {
      if (!source) {
        const { createProviderSource } = await import("./provider.ts");
        // Another first caller may have been faster.
        source ??= createProviderSource(credentials, now, warn);
      }
      return source.get(signal);
    },
    doubt: (used, refused) => source?.doubt(used, refused) ?? false,
  };
}
