/**
 * A synchronous presigner for many URLs at once.
 * @module
 */
import { CredentialsError } from "../errors.ts";
import type { Client, Hash } from "../types.ts";
import type { Operation } from "./operation.ts";
import { type PresignedRequest, type PresignInput, presignedRequest, presignTarget, querySigner } from "./presign.ts";
import { expiryOf } from "./provided.ts";
import { signingContext } from "./sign.ts";

/** Presigns without waiting, with one snapshot of the credentials. */
export interface Presigner {
  /**
   * Presigns one request.
   * @throws CredentialsError once the snapshot has expired
   */
  presign<I extends object, O>(
    operation: Operation<I, O>,
    input: PresignInput<I>,
    options: { readonly expiresIn: number },
  ): PresignedRequest;
}

/**
 * Takes one snapshot of a client's credentials and presigns synchronously with it.
 * @param client the client
 * @param options a signal that stops waiting for credentials
 * @returns a presigner that keeps the snapshot
 * @throws CredentialsError when the client is anonymous or the provider fails
 * @example
 * ```ts
 * import { createClient, createPresigner, getObject } from "oss-fetch";
 * const client = createClient({
 *   region: "cn-hangzhou", bucket: "photos", credentials: { accessKeyId: "id", accessKeySecret: "secret" },
 * });
 * const presigner = await createPresigner(client);
 * const links = ["a.jpg", "b.jpg"].map((key) => presigner.presign(getObject, { key }, { expiresIn: 600 }).url);
 * console.log(links.length);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/add-signatures-to-urls
 */
export async function createPresigner(
  client: Client,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Presigner> {
  const { context } = client;
  const credentials = await context.credentials(options.signal);
  if (!credentials) throw new CredentialsError("An anonymous client cannot presign: give createClient credentials");
  const given = context.hash?.sha256("");
  const hash: Hash =
    context.hash && given instanceof Uint8Array ? context.hash : (await import("../signing/noble.ts")).hash;
  await given;
  const signer = await querySigner(context);
  const ends = expiryOf(credentials);
  return {
    presign(operation, input, options) {
      // In JavaScript they may be missing: the check then names what they lack.
      const { expiresIn } = Object(options) as { readonly expiresIn: number };
      if (context.now() >= ends)
        throw new CredentialsError("The presigner's credentials have expired: create another one");
      const target = presignTarget(context, operation, input, expiresIn);
      const signing = signingContext(context, credentials, hash);
      const query = signer(target, signing, expiresIn);
      if (query instanceof Promise) throw new TypeError("hash must be synchronous");
      return presignedRequest(target, signing, query, expiresIn);
    },
  };
}
