/**
 * Signing of addressed requests with the version that the client speaks.
 * @module
 */
import type { SigningContext } from "../signing/canonical.ts";
import { defaultHash } from "../signing/hmac.ts";
import { signV4 } from "../signing/v4.ts";
import type { ClientContext, Credentials, Hash } from "../types.ts";
import type { Call, OpenBody } from "./call.ts";
import { once } from "./late.ts";
import { decodesAlways, scriptOwnsRequests } from "./runtime.ts";

/**
 * Who signs and when.
 * @param context the client's set-up
 * @param credentials who signs
 * @param hash the signing hash
 * @returns credentials, scope, time and hash
 */
export function signingContext(context: ClientContext, credentials: Credentials, hash: Hash): SigningContext {
  const { region, additionalHeaders } = context;
  const product = region.startsWith("cb-") ? "oss-cloudbox" : undefined;
  return { credentials, region, product, time: new Date(context.now()), hash, additionalHeaders };
}

const types = /* @__PURE__ */ once(() => import("../codec/mime.ts"));

/** The content type that a key's extension tells. */
async function typeOf(key = ""): Promise<string> {
  const known = key.includes(".") && (await Promise.resolve(types()).catch(() => undefined))?.mimeType(key);
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
): Promise<Headers | Record<string, string>> {
  const { method, request } = target;
  const headers = { ...target.headers };
  // OSS compresses on the fly, and then hides the length and the ETag.
  if (scriptOwnsRequests() && !headers["range"] && (method === "HEAD" || (method === "GET" && decodesAlways()))) {
    headers["accept-encoding"] = "identity";
  }
  if (body?.form) return headers;
  if (body) {
    // `fetch` would add a type of its own after the request was signed.
    headers["content-type"] ??= body.type ?? (await typeOf(target.key));
    if (opened?.visible && body.length !== undefined) headers["content-length"] = `${body.length}`;
    if (request.contentMd5) headers["content-md5"] = await (await import("./content_md5.ts")).contentMd5(request.body);
  }
  if (sign) return (await import("./remote_sign.ts")).signRemotely(sign, target, headers, signal);
  if (!credentials) return headers;
  const signer = context.signatureVersion === "v1" ? (await import("../signing/v1.ts")).signV1 : signV4;
  const signing = signingContext(context, credentials, context.hash ?? (await defaultHash()));
  return Object.assign(headers, await signer(target, signing, headers));
}
