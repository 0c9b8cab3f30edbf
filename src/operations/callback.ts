/**
 * Upload callbacks: what the service tells a server of one's own once an object is stored.
 * @module
 */
import { encodeBase64 } from "../codec/base64.ts";
import { encodeUtf8 } from "../codec/utf8.ts";
import { show } from "../core/validate.ts";

/** Whom the service tells of an upload, and what. */
export interface CallbackInput {
  /** Where it posts to; of several (at most five) the first that answers with 200 counts. */
  readonly url: string | readonly string[];
  /**
   * What it posts. `${bucket}`, `${object}`, `${etag}`, `${size}`, `${mimeType}`, `${crc64}`, `${contentMd5}`,
   * `${imageInfo.width}`, `${clientIp}`, `${reqId}`, `${operation}` and variables of one's own are filled in.
   */
  readonly body: string;
  /**
   * How values are filled in: percent-encoded, or as JSON, which brings the quotes of texts along.
   * @default "application/x-www-form-urlencoded"
   */
  readonly bodyType?: "application/x-www-form-urlencoded" | "application/json" | undefined;
  /** The `Host` header to post with. @default that of `url` */
  readonly host?: string | undefined;
  /** Tell the server's name when TLS begins, where several servers share an address. @default false */
  readonly sni?: boolean | undefined;
  /** Values by name; names begin with `x:` and have no capitals: `{ "x:user": "42" }` is `${x:user}` in `body`. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/** A callback that the bucket keeps. */
export interface NamedCallbackInput extends Pick<CallbackInput, "variables"> {
  /** `policyName` of PutBucketCallbackPolicy. */
  readonly policy: string;
}

/** A callback in each of the forms that requests carry it in. */
export interface Callback {
  /** Of PutObject and CompleteMultipartUpload: what their `callback` sends. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of a presigned URL that shall need no headers: the `query` of the input to presign. */
  readonly query: Readonly<Record<string, string>>;
  /** Of a form: what the `callback` of `postPolicy` adds. */
  readonly fields: Readonly<Record<string, string>>;
}

const encode = (value: object): string => encodeBase64(encodeUtf8(JSON.stringify(value)));

/**
 * Describes an upload callback: once the object is stored the service posts to a server of one's own and passes its
 * answer, a JSON text, on as `callbackResult`. When that fails, the object is stored nevertheless, and the upload is
 * rejected with a CallbackError.
 * @param input whom to tell, and what; or `policy`, the name under which the bucket keeps that
 * @returns the `callback` of `putObject`, `completeMultipartUpload`, `upload` and `postPolicy`
 * @throws TypeError for no body, no URL or more than five, either of them beside a policy, and variables that are no text or whose names cannot be
 * @example
 * ```ts
 * import { callback, createClient, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"], callback: async (request) => Response.json(await request.json()) });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { callbackResult } = await putObject(client, {
 *   key: "a.txt",
 *   body: "hello",
 *   callback: callback({
 *     url: "https://app.example.com/uploaded",
 *     body: '{"key":${object},"size":${size},"user":${x:user}}',
 *     bodyType: "application/json",
 *     variables: { "x:user": "42" },
 *   }),
 * });
 * console.log(callbackResult); // {"key":"a.txt","size":5,"user":"42"}
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function callback(input: CallbackInput | NamedCallbackInput): Callback {
  const { policy, url, body, bodyType, host, sni, variables }: Partial<CallbackInput & NamedCallbackInput> = input;
  const urls = [url].flat();
  if (policy ? url || body : urls.length > 5 || !urls.length || !urls.every(Boolean))
    throw new TypeError(`url must be one to five URLs, or none beside a policy, got ${show(urls.join(";"))}`);
  if (!policy && !body) throw new TypeError(`body must be given, got ${show(body)}`);
  for (const [name, value] of Object.entries(variables ?? {})) {
    if (typeof value !== "string") throw new TypeError(`variables must be text, got ${show(value)} as ${show(name)}`);
    if (!/^x:[^A-Z\s]+$/.test(name))
      throw new TypeError(`variables must have names like "x:user", without capitals, got ${show(name)}`);
  }
  const told = encode({
    callbackPolicy: policy,
    callbackUrl: policy ? undefined : urls.join(";"),
    callbackHost: host,
    callbackBody: body,
    callbackBodyType: bodyType,
    callbackSNI: sni,
  });
  const own = variables && encode(variables);
  return {
    headers: { "x-oss-callback": told, ...(own && { "x-oss-callback-var": own }) },
    query: { callback: told, ...(own && { "callback-var": own }) },
    fields: { callback: told, ...variables },
  };
}
