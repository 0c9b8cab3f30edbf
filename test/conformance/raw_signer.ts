/**
 * A signer for raw requests, written from the documentation alone: it shares no line with the client, nor with the
 * signature check that it is used against.
 */

/** Whose keys. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

/** What is sent, before it is signed; texts are plain, not encoded. */
export interface RawRequest {
  readonly method: string;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  /** `null` is a bare name. */
  readonly query?: Readonly<Record<string, string | null>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** How it is signed. */
export interface Signing {
  readonly scheme: "v4" | "v4-url" | "v1" | "v1-url" | "none";
  /** Milliseconds. */
  readonly time: number;
  readonly region?: string | undefined;
  /** Seconds that a signed URL lives. @default 3600 */
  readonly expires?: number | undefined;
  /** Lower-case names that are signed beside the default ones. */
  readonly additional?: readonly string[] | undefined;
  /** Day of the scope, when it is not that of the time. */
  readonly scopeDate?: string | undefined;
}

/** What goes on the wire beside host and body. */
export interface RawSigned {
  readonly path: string;
  readonly query: Readonly<Record<string, string | null>>;
  readonly headers: Readonly<Record<string, string>>;
}

const utf8 = new TextEncoder();

/** Percent-encodes everything but the unreserved characters. */
export function escapeText(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Spells a query; `null` is a bare name. */
export function spellQuery(query: Readonly<Record<string, string | null>>): string {
  return Object.entries(query)
    .map(([name, value]) => escapeText(name) + (value === null ? "" : `=${escapeText(value)}`))
    .join("&");
}

async function mac(hash: string, key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, utf8.encode(text)));
}

function hex(bytes: ArrayBuffer | Uint8Array): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** `20231203T121212Z` */
export function basicTime(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** Makes a V4 signature of a text. */
export async function signV4Text(keys: Keys, date: string, region: string, text: string): Promise<string> {
  let key = utf8.encode(`aliyun_v4${keys.accessKeySecret}`);
  for (const part of [date, region, "oss", "aliyun_v4_request"]) key = await mac("SHA-256", key, part);
  return hex(await mac("SHA-256", key, text));
}

/** Makes a V1 signature of a text. */
export async function signV1Text(keys: Keys, text: string): Promise<string> {
  return btoa(String.fromCharCode(...(await mac("SHA-1", utf8.encode(keys.accessKeySecret), text))));
}

function resource({ bucket, key = "" }: RawRequest): string {
  return bucket === undefined ? "/" : `/${bucket}/${key}`;
}

/** Names and trimmed values in lower case and order. */
function lowerHeaders(headers: Readonly<Record<string, string>>): [string, string][] {
  const lower = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value.trim()]);
  return lower.sort(([a], [b]) => (a < b ? -1 : 1));
}

async function signV4(request: RawRequest, keys: Keys, signing: Signing): Promise<RawSigned> {
  const { time, region = "cn-hangzhou", additional = [], expires = 3600 } = signing;
  const inUrl = signing.scheme === "v4-url";
  const stamp = basicTime(time);
  const date = signing.scopeDate ?? stamp.slice(0, 8);
  const scope = `${date}/${region}/oss/aliyun_v4_request`;
  const token = keys.securityToken === undefined ? {} : { "x-oss-security-token": keys.securityToken };
  const own = { "x-oss-content-sha256": "UNSIGNED-PAYLOAD", "x-oss-date": stamp, ...token };
  const headers = inUrl ? { ...request.headers } : { ...own, ...request.headers };
  const added = {
    "x-oss-signature-version": "OSS4-HMAC-SHA256",
    "x-oss-credential": `${keys.accessKeyId}/${scope}`,
    "x-oss-date": stamp,
    "x-oss-expires": String(expires),
    ...(additional.length > 0 ? { "x-oss-additional-headers": additional.join(";") } : {}),
    ...token,
  };
  const query = inUrl ? { ...request.query, ...added } : { ...request.query };
  const pairs = Object.entries(query).map(([name, value]) => [escapeText(name), escapeText(value ?? "")]);
  pairs.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  const signed = lowerHeaders(headers).filter(
    ([name]) => name.startsWith("x-oss-") || ["content-type", "content-md5", ...additional].includes(name),
  );
  const path = resource(request).split("/").map(escapeText).join("/");
  const canonical = [
    request.method,
    path,
    pairs.map(([name, value]) => (value ? `${name}=${value}` : name)).join("&"),
    signed.map(([name, value]) => `${name}:${value}\n`).join(""),
    additional.join(";"),
    "UNSIGNED-PAYLOAD",
  ].join("\n");
  const digest = hex(await crypto.subtle.digest("SHA-256", utf8.encode(canonical)));
  const signature = await signV4Text(keys, date, region, `OSS4-HMAC-SHA256\n${stamp}\n${scope}\n${digest}`);
  if (inUrl) return { path, query: { ...query, "x-oss-signature": signature }, headers };
  const names = additional.length > 0 ? `,AdditionalHeaders=${additional.join(";")}` : "";
  const authorization = `OSS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}${names},Signature=${signature}`;
  return { path, query, headers: { ...headers, authorization } };
}

/** Sub-resources that the tests use; the service's list is longer. */
const SUBRESOURCE =
  /^(acl|append|delete|position|uploads|uploadId|partNumber|security-token|response-|x-oss-|versionId)/;

async function signV1(request: RawRequest, keys: Keys, signing: Signing): Promise<RawSigned> {
  const { time, expires = 3600 } = signing;
  const inUrl = signing.scheme === "v1-url";
  const when = inUrl ? String(Math.floor(time / 1000) + expires) : new Date(time).toUTCString();
  const token = keys.securityToken;
  const headers: Record<string, string> = { ...(inUrl ? {} : { "x-oss-date": when }), ...request.headers };
  if (token !== undefined && !inUrl) headers["x-oss-security-token"] = token;
  const query = { ...request.query, ...(token !== undefined && inUrl ? { "security-token": token } : {}) };
  const lower = new Map(lowerHeaders(headers));
  const own = [...lower].filter(([name]) => name.startsWith("x-oss-")).map(([name, value]) => `${name}:${value}\n`);
  const pairs = Object.entries(query).filter(([name]) => SUBRESOURCE.test(name));
  pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  const tail = pairs.map(([name, value]) => (value ? `${name}=${value}` : name)).join("&");
  const type = lower.get("content-type") ?? "";
  const head = [request.method, lower.get("content-md5") ?? "", type, lower.get("x-oss-date") ?? when, ""].join("\n");
  const text = head + own.join("") + resource(request) + (tail === "" ? "" : `?${tail}`);
  const signature = await signV1Text(keys, text);
  const path = resource(request).split("/").map(escapeText).join("/");
  if (!inUrl) return { path, query, headers: { ...headers, authorization: `OSS ${keys.accessKeyId}:${signature}` } };
  return { path, query: { ...query, OSSAccessKeyId: keys.accessKeyId, Expires: when, Signature: signature }, headers };
}

/**
 * Signs a request.
 * @returns path (bucket included), query and headers as they go on the wire, the values of the query not yet encoded
 */
export async function signRaw(request: RawRequest, keys: Keys, signing: Signing): Promise<RawSigned> {
  if (signing.scheme === "none") {
    const path = resource(request).split("/").map(escapeText).join("/");
    return { path, query: request.query ?? {}, headers: request.headers ?? {} };
  }
  return signing.scheme.startsWith("v4") ? signV4(request, keys, signing) : signV1(request, keys, signing);
}
