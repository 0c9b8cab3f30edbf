/**
 * Presigned URLs of any operation.
 * @module
 */
import { CredentialsError } from "../errors.ts";
import type { SigningContext } from "../signing/canonical.ts";
import { defaultHash } from "../signing/hmac.ts";
import { presignV4 } from "../signing/v4.ts";
import type { Client, ClientContext, MaybePromise, Method } from "../types.ts";
import { type Addressed, address, href } from "./address.ts";
import type { Operation } from "./operation.ts";
import { signingContext } from "./sign.ts";
import { unaddressable } from "./unaddressable.ts";
import { checkInteger } from "./validate.ts";

/** How a URL is presigned. */
export interface PresignOptions {
  /** Seconds that the URL is good for, at most 604,800 (7 days) with V4. */
  readonly expiresIn: number;
  /** Stops waiting for credentials. */
  readonly signal?: AbortSignal | undefined;
}

/** A request that somebody without credentials may send. */
export interface PresignedRequest {
  readonly url: string;
  readonly method: Method;
  /** Headers that are part of the signature: they must be sent with exactly these values. */
  readonly signedHeaders: Readonly<Record<string, string>>;
  /** All headers that the operation's input asked for, the signed ones included. */
  readonly headers: Readonly<Record<string, string>>;
  /** When the URL ends: after `expiresIn`, or with the temporary keys that signed it. */
  readonly expires: Date;
}

/** Input to presign: the operation's own, without a body. */
export type PresignInput<I> = Omit<I, "body">;

/** Signs the query of a request. */
export type QuerySigner = (
  input: Addressed,
  context: SigningContext,
  expiresIn: number,
) => MaybePromise<readonly (readonly [string, string | null])[]>;

/**
 * Picks the signer of the version that the client speaks.
 * @param context the client's set-up
 * @returns a function that signs queries
 */
export async function querySigner(context: ClientContext): Promise<QuerySigner> {
  if (context.signatureVersion === "v4") return presignV4;
  const { presignV1 } = await import("../signing/v1.ts");
  // V1 URLs name the second at which they end.
  return (input, signing, expiresIn) =>
    presignV1(input, signing, Math.floor(signing.time.getTime() / 1000) + expiresIn);
}

/**
 * Resolves what is to be presigned.
 * @param context the client's set-up
 * @param operation what the URL does
 * @param input the operation's input without a body
 * @param expiresIn seconds that the URL is good for
 * @returns the request, without the headers that only a body needs
 * @throws TypeError on bad input
 * @throws RangeError when `expiresIn` is out of bounds
 */
export function presignTarget<I extends object, O>(
  context: ClientContext,
  operation: Operation<I, O>,
  input: PresignInput<I>,
  expiresIn: number,
): Addressed {
  checkInteger("expiresIn", expiresIn, 1, context.signatureVersion === "v4" ? 604_800 : 2 ** 31);
  const target = address(context, operation.toRequest(input as I));
  const nowhere = unaddressable(target);
  if (nowhere) throw nowhere;
  // A type that nobody asked for would have to be repeated by whoever sends the request.
  if ("body" in target.request) delete target.headers["content-type"];
  return target;
}

/**
 * Puts the pieces of a presigned request together.
 * @param target the request
 * @param signing who signed it and when
 * @param query the signed query
 * @param expiresIn seconds
 * @returns URL, method and headers
 */
export function presignedRequest(
  target: Addressed,
  { credentials, time, additionalHeaders = [] }: SigningContext,
  query: readonly (readonly [string, string | null])[],
  expiresIn: number,
): PresignedRequest {
  const { headers } = target;
  const names = new Set(additionalHeaders.map((name) => name.toLowerCase()));
  const signed = Object.entries(headers).filter(
    ([name]) => /^(x-oss-|content-(type|md5)$)/.test(name) || names.has(name),
  );
  // The signature names whole seconds.
  const end = (Math.floor(time.getTime() / 1000) + expiresIn) * 1000;
  const keysEnd = new Date(credentials.expiration ?? end).getTime();
  if (!(keysEnd > time.getTime()))
    throw new CredentialsError("The credentials have expired: what they sign would not work");
  return {
    url: href(target.url, query),
    method: target.request.method,
    signedHeaders: Object.fromEntries(signed),
    headers,
    expires: new Date(Math.min(end, keysEnd)),
  };
}

/**
 * Presigns any operation: the URL may be used without credentials until it expires.
 * @param client the client; its clock correction applies
 * @param operation what the URL does
 * @param input the operation's input without a body; headers in it must be sent along, see `signedHeaders`
 * @param options how long the URL is good for
 * @returns URL, method and headers
 * @throws TypeError on bad input
 * @throws RangeError when `expiresIn` is no whole number from 1 to 604,800
 * @throws CredentialsError when no credentials can be had
 * @example
 * ```ts
 * import { createClient, getObject, presign } from "oss-fetch";
 * const client = createClient({
 *   region: "cn-hangzhou", bucket: "photos", credentials: { accessKeyId: "id", accessKeySecret: "secret" },
 * });
 * const { url } = await presign(client, getObject, { key: "a.txt" }, { expiresIn: 600 });
 * console.log(new URL(url).host);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/add-signatures-to-urls
 */
export async function presign<I extends object, O>(
  client: Client,
  operation: Operation<I, O>,
  input: PresignInput<I>,
  options: PresignOptions,
): Promise<PresignedRequest> {
  const { context } = client;
  // In JavaScript they may be missing: the checks then name what they lack.
  const { expiresIn, signal } = Object(options) as PresignOptions;
  const target = presignTarget(context, operation, input, expiresIn);
  const credentials = await context.credentials(signal);
  if (!credentials) throw new CredentialsError("An anonymous client cannot presign: give createClient credentials");
  const signing = signingContext(context, credentials, context.hash ?? (await defaultHash()));
  const signer = await querySigner(context);
  const query = await signer(target, signing, expiresIn);
  return presignedRequest(target, signing, query, expiresIn);
}
