/**
 * Form policies: uploads by a plain HTML form or `FormData`, limited by what the policy allows.
 * @module
 */
import { CredentialsError } from "../errors.ts";
import { defaultHash } from "../signing/hmac.ts";
import { policyFieldsV4, signPolicyV1, signPolicyV4 } from "../signing/policy.ts";
import type { Client } from "../types.ts";
import { expiryOf } from "./provided.ts";
import { signingContext } from "./sign.ts";
import { checkInteger, checkKey } from "./validate.ts";

/** What a form may upload. */
export interface PostPolicyInput {
  /** @default the client's `bucket` */
  readonly bucket?: string | undefined;
  /** The one key that may be written. */
  readonly key?: string | undefined;
  /** What keys must start with; `""` allows any. One of `key` and `keyPrefix` must be given. */
  readonly keyPrefix?: string | undefined;
  /** Seconds that the form is good for, at most 604,800 (7 days) with V4. */
  readonly expiresIn: number;
  /** Least bytes of the file. @default 0 */
  readonly minSize?: number | undefined;
  /** Most bytes of the file, at most 5 GB. @default 5 GB */
  readonly maxSize?: number | undefined;
  /** Content types that the form's `content-type` field may have. @default any */
  readonly contentTypes?: readonly string[] | undefined;
  /** A server to tell once the object is stored: what `callback` made. Its variables may be given by the page as well. */
  readonly callback?: { readonly fields: Readonly<Record<string, string>> } | undefined;
  /** The status of a success. @default 204, with `callback` 200 */
  readonly successActionStatus?: 200 | 201 | 204 | undefined;
  /** Further conditions, as OSS documents them: `["eq", "$x-oss-object-acl", "private"]`. */
  readonly conditions?: readonly (readonly unknown[] | Readonly<Record<string, string>>)[] | undefined;
}

/** A signed form: plain JSON, to be sent to whoever uploads. It holds no secret key, but it is a permission. */
export interface PostForm {
  /** Where the form is posted to. */
  readonly url: string;
  /** Fields to send before the file; `key` is among them when the policy names one. */
  readonly fields: Readonly<Record<string, string>>;
  /** When the form ends, milliseconds since 1970. */
  readonly expires: number;
}

const MAX_SIZE = 5 * 2 ** 30;

/**
 * Signs a form policy, so that a page can upload without credentials of its own.
 * @param client the client whose credentials sign
 * @param input what the form may upload
 * @param options a signal that stops waiting for credentials
 * @returns URL and fields; add `key` and, last, `file`
 * @throws TypeError when neither `key` nor `keyPrefix` is given
 * @throws RangeError when a number is out of bounds
 * @throws CredentialsError when no credentials can be had
 * @example
 * ```ts
 * import { createClient, postPolicy } from "oss-fetch";
 * const client = createClient({
 *   region: "cn-hangzhou", bucket: "photos", credentials: { accessKeyId: "id", accessKeySecret: "secret" },
 * });
 * const form = await postPolicy(client, { keyPrefix: "u/42/", maxSize: 5e9, expiresIn: 3600 });
 * console.log(form.url);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 */
export async function postPolicy(
  client: Client,
  input: PostPolicyInput,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<PostForm> {
  const { context } = client;
  const {
    key,
    keyPrefix,
    expiresIn,
    minSize = 0,
    maxSize = MAX_SIZE,
    contentTypes,
    callback,
    successActionStatus,
    conditions = [],
    // In JavaScript it may be missing: the checks then name what it lacks.
  } = Object(input) as PostPolicyInput;
  const v4 = context.signatureVersion === "v4";
  checkInteger("expiresIn", expiresIn, 1, v4 ? 604_800 : 2 ** 31);
  checkInteger("maxSize", maxSize, 0, MAX_SIZE);
  checkInteger("minSize", minSize, 0, maxSize);
  if (key !== undefined) checkKey(key);
  if (contentTypes !== undefined && !Array.isArray(contentTypes))
    throw new TypeError(`contentTypes must be a list, got ${contentTypes}`);
  if (key === undefined && typeof keyPrefix !== "string")
    throw new TypeError('postPolicy needs key or keyPrefix ("" allows any key)');
  const { url, bucket } = context.url(input.bucket, undefined);
  if (bucket === undefined) throw new TypeError("postPolicy needs a bucket: name it in the call or in createClient");
  const credentials = await context.credentials(options.signal);
  if (!credentials) throw new CredentialsError("An anonymous client cannot sign a form: give createClient credentials");
  const signing = signingContext(context, credentials, context.hash ?? (await defaultHash()));
  const expires = Math.min(signing.time.getTime() + expiresIn * 1000, expiryOf(credentials));
  const own: Record<string, string> = {
    ...(key !== undefined && { key }),
    ...(callback && { callback: callback.fields["callback"] ?? "" }),
    ...(successActionStatus && { success_action_status: String(successActionStatus) }),
  };
  const policy = JSON.stringify({
    expiration: new Date(expires).toISOString(),
    conditions: [
      { bucket },
      ...Object.entries(v4 ? policyFieldsV4(signing) : {}).map(([name, value]) => ({ [name]: value })),
      ...(!v4 && credentials.securityToken ? [{ "x-oss-security-token": credentials.securityToken }] : []),
      ["content-length-range", minSize, maxSize],
      ...Object.entries(own).map(([name, value]) => ["eq", `$${name}`, value]),
      ...(key === undefined ? [["starts-with", "$key", keyPrefix]] : []),
      ...(contentTypes ? [["in", "$content-type", contentTypes]] : []),
      ...conditions,
    ],
  });
  const fields = { ...callback?.fields, ...own, ...(await (v4 ? signPolicyV4 : signPolicyV1)(policy, signing)) };
  return { url, fields, expires };
}
