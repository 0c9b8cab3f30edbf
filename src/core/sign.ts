/**
 * Signing of addressed requests with the version that the client speaks.
 * @module
 */
import type { SigningContext, SigningInput } from "../signing/canonical.ts";
import { defaultHash } from "../signing/hmac.ts";
import { signV4 } from "../signing/v4.ts";
import type { ClientContext, Credentials, Hash } from "../types.ts";
import type { Addressed } from "./address.ts";
import type { Call, OpenBody } from "./call.ts";
import { decodesAlways, scriptOwnsRequests } from "./runtime.ts";

/**
 * What a signature covers.
 * @param target the request
 * @param headers its headers as they will be sent
 * @returns the request as signers take it
 */
export function signingInput(target: Addressed, headers: Headers): SigningInput {
  const { request, bucket, key, query, url } = target;
  return { method: request.method, bucket, key, query, headers, host: url.host };
}

/**
 * Who signs and when.
 * @param context the client's set-up
 * @param credentials who signs
 * @param hash the signing hash
 * @returns credentials, scope, time and hash
 */
export function signingContext(context: ClientContext, credentials: Credentials, hash: Hash): SigningContext {
  const { region, additionalHeaders } = context;
  const product = region.startsWith("cb-") ? "oss-cloudbox" : "oss";
  return { credentials, region, product, time: new Date(context.now()), hash, additionalHeaders };
}

/** The content type that a key's extension tells. */
async function typeOf(key = ""): Promise<string> {
  const known = key.includes(".") && (await import("../codec/mime.ts").catch(() => undefined))?.mimeType(key);
  return known || "application/octet-stream";
}

/**
 * The headers of one attempt: the request's own, those that every request needs, and the signature.
 * @param call what all attempts share
 * @param opened the body on its way
 * @param credentials who signs; none for anonymous clients
 * @param signal stops a remote signer
 * @returns a fresh set of headers
 */
export async function signedHeaders(
  { target, body, context, sign }: Call<unknown>,
  opened: OpenBody | undefined,
  credentials: Credentials | undefined,
  signal: AbortSignal,
): Promise<Headers> {
  const { request, url, bucket, key, query } = target;
  const { method } = request;
  const headers = new Headers(target.headers);
  // OSS compresses on the fly, and then hides the length and the ETag.
  if (scriptOwnsRequests() && !headers.has("range") && (method === "HEAD" || (method === "GET" && decodesAlways()))) {
    headers.set("accept-encoding", "identity");
  }
  if (body?.form) return headers;
  if (body) {
    // `fetch` would add a type of its own after the request was signed.
    if (!headers.has("content-type")) headers.set("content-type", body.type ?? (await typeOf(key)));
    if (opened?.visible && body.length !== undefined) headers.set("content-length", `${body.length}`);
    if (request.contentMd5)
      headers.set("content-md5", await (await import("./content_md5.ts")).contentMd5(request.body));
  }
  let added: Readonly<Record<string, string>> = {};
  if (sign) added = await sign({ method, url, bucket, key, query, headers }, { signal });
  else if (credentials) {
    const signer = context.signatureVersion === "v1" ? (await import("../signing/v1.ts")).signV1 : signV4;
    added = await signer(
      signingInput(target, headers),
      signingContext(context, credentials, context.hash ?? (await defaultHash())),
    );
  }
  for (const name in added) headers.set(name, added[name] ?? "");
  return headers;
}
