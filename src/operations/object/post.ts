/**
 * PostObject: an upload by a signed form, as pages without credentials do it.
 * @module
 */
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import type { PostForm } from "../../core/post_policy.ts";
import { bigintHeader, header, headerResult } from "../../core/response.ts";
import { checkKey, need } from "../../core/validate.ts";
import type { Result } from "../../types.ts";
import { inBody } from "../fields.ts";

/** Input of PostObject. */
export interface PostObjectInput extends BaseInput {
  /** What `postPolicy` gave on the backend; its policy is the permission. */
  readonly form: Pick<PostForm, "fields">;
  /** The key, which the form's policy must allow. */
  readonly key: string;
  readonly body: string | ArrayBuffer | ArrayBufferView | Blob;
  /** By default the Blob's own type, else `application/octet-stream`. */
  readonly contentType?: string | undefined;
  /** Further form fields, such as `x-oss-meta-*` or `x-oss-object-acl`. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

/** Result of PostObject. */
export interface PostObjectResult extends Result {
  readonly etag?: string;
  readonly crc64?: bigint;
  readonly versionId?: string;
  /** What the server that the form's `callback` names answered: JSON. */
  readonly callbackResult?: string;
}

function formData(input: PostObjectInput): FormData {
  checkKey(input.key);
  need(input, "form");
  const { form, key, body, contentType, fields } = input;
  const given = body instanceof Blob ? body.type : "";
  const type = contentType ?? (given || "application/octet-stream");
  const data = new FormData();
  const all = { ...form.fields, key, ...(contentType !== undefined && { "content-type": contentType }), ...fields };
  for (const [name, value] of Object.entries(all)) {
    // FormData would write every one of them as CRLF.
    if (/[\r\n]/.test(value)) throw new TypeError(`A form cannot carry line breaks, ${name} has one: use putObject`);
    data.append(name, value);
  }
  // The service stops reading fields where the file begins.
  data.append("file", new Blob([body as BlobPart], { type }), key.slice(key.lastIndexOf("/") + 1) || "file");
  return data;
}

/**
 * Uploads an object of up to 5 GB with a signed form; the client itself may be anonymous.
 * @throws TypeError when `form` is missing, or the key or a field holds a line break, which forms cannot carry
 * @throws ServiceError `AccessDenied` when the policy does not allow it or has expired
 * @throws CallbackError when the object is stored, but the form's callback failed
 * @throws IntegrityError when the service stored other bytes
 * @example
 * ```ts
 * import { createClient, postObject, postPolicy } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const backend = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const form = await postPolicy(backend, { keyPrefix: "u/42/", expiresIn: 600 });
 * const page = createClient({ ...oss.clientOptions, bucket: "photos", credentials: "anonymous" });
 * console.log((await postObject(page, { form, key: "u/42/a.txt", body: "hello" })).status);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 */
export const postObject: Operation<PostObjectInput, PostObjectResult> = /* @__PURE__ */ operation(() => ({
  name: "PostObject",
  method: "POST",
  scope: "form",
  wire: { contentType: inBody, fields: inBody },
  body: formData,
  request: () => ({ idempotent: true, crc64: {} }),
  result: headerResult({
    etag: header("etag"),
    crc64: bigintHeader("x-oss-hash-crc64ecma"),
    versionId: header("x-oss-version-id"),
  }),
}));
