/**
 * Signed RTMP URLs: where somebody without credentials may send a stream to.
 * @module
 */
import { encodeQuery } from "../../codec/uri.ts";
import { expiryOf } from "../../core/provided.ts";
import { signingContext } from "../../core/sign.ts";
import { checkInteger, checkKey } from "../../core/validate.ts";
import { CredentialsError } from "../../errors.ts";
import { defaultHash } from "../../signing/hmac.ts";
import { signTextV1 } from "../../signing/hmac_v1.ts";
import type { Client } from "../../types.ts";

/** What `signRtmpUrl` signs. */
export interface SignRtmpUrlInput {
  /** @default the client's `bucket` */
  readonly bucket?: string | undefined;
  /** The live channel's name. */
  readonly key: string;
  /** Another playlist than the channel's own, in the channel's folder. */
  readonly playlistName?: string | undefined;
  /** Further parameters of the stream. */
  readonly params?: Readonly<Record<string, string>> | undefined;
}

/** A signed RTMP URL. */
export interface SignedRtmpUrl {
  readonly url: string;
  /** When the URL ends: after `expiresIn`, or with the temporary keys that signed it. */
  readonly expires: Date;
}

/**
 * Signs the URL to which a stream is sent by RTMP. Its signature is always V1, whatever the client speaks.
 * @param client the client whose credentials sign
 * @param input the live channel
 * @param options seconds that the URL is good for, and a signal that stops waiting for credentials
 * @throws TypeError on bad input
 * @throws RangeError when `expiresIn` is no whole number of seconds
 * @throws CredentialsError when no credentials can be had, or they have expired
 * @example
 * ```ts
 * import { createClient, signRtmpUrl } from "oss-fetch";
 * const client = createClient({
 *   region: "cn-hangzhou", bucket: "photos", credentials: { accessKeyId: "id", accessKeySecret: "secret" },
 * });
 * const { url } = await signRtmpUrl(client, { key: "cam", playlistName: "cam.m3u8" }, { expiresIn: 3600 });
 * console.log(url.slice(0, 60)); // rtmp://photos.oss-cn-hangzhou.aliyuncs.com/live/cam?playlist
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/rtmp-ingest-urls-and-signatures
 */
export async function signRtmpUrl(
  client: Client,
  input: SignRtmpUrlInput,
  options: { readonly expiresIn: number; readonly signal?: AbortSignal | undefined },
): Promise<SignedRtmpUrl> {
  const { context } = client;
  const { key, playlistName } = input;
  // In JavaScript they may be missing: the checks then name what they lack.
  const { expiresIn, signal } = Object(options) as typeof options;
  checkKey(key);
  checkInteger("expiresIn", expiresIn, 1, 2 ** 31);
  const { url, bucket } = context.url(input.bucket, `live/${key}`);
  const credentials = await context.credentials(signal);
  if (!credentials) throw new CredentialsError("An anonymous client cannot sign a URL: give createClient credentials");
  const signing = signingContext(context, credentials, context.hash ?? (await defaultHash()));
  const end = Math.floor(signing.time.getTime() / 1000) + expiresIn;
  const keysEnd = expiryOf(credentials);
  if (keysEnd <= signing.time.getTime())
    throw new CredentialsError("The credentials have expired: what they sign would not work");
  const params = Object.entries({
    ...input.params,
    ...(playlistName && { playlistName }),
    ...(credentials.securityToken && { "security-token": credentials.securityToken }),
  });
  const lines = params.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}\n`);
  const signature = await signTextV1(`${end}\n${lines.join("")}/${bucket}/${key}`, signing);
  const signed = { OSSAccessKeyId: credentials.accessKeyId, Expires: `${end}`, Signature: signature };
  return {
    url: `${url.replace(/^https?/, "rtmp")}?${encodeQuery([...params, ...Object.entries(signed)])}`,
    expires: new Date(Math.min(end * 1000, keysEnd)),
  };
}
