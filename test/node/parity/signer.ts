/**
 * Signatures of whole requests, from the documentation alone and with Node's own hashes: no line is shared with the
 * client or with the in-process OSS.
 */
import { createHash, createHmac } from "node:crypto";
import { SECRET } from "./recorded.ts";

/** What a signature covers. */
export interface Signable {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  /** Decoded. */
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case; values as they travel, one character for one byte. */
  readonly headers: ReadonlyMap<string, string>;
}

const SCOPE = "20260102/cn-hangzhou/oss/aliyun_v4_request";

/** What V1 signs of the query, of all that the recordings hold. */
const SUB_RESOURCES = new Set(
  (
    "acl append bucketInfo cors delete lifecycle location objectMeta partNumber position restore " +
    "security-token stat symlink tagging uploadId uploads versionId versioning versions continuation-token " +
    "response-content-type response-content-disposition x-oss-process"
  ).split(" "),
);

function escapeText(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sorted<T>(pairs: Iterable<readonly [string, T]>): (readonly [string, T])[] {
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
}

/** Names of the headers that a signature covers, its date aside. */
export function isSigned(name: string, additional: readonly string[] = []): boolean {
  return name.startsWith("x-oss-") || name === "content-type" || name === "content-md5" || additional.includes(name);
}

function signV4({ method, bucket, key, query, headers }: Signable): string {
  const additional = query.get("x-oss-additional-headers")?.split(";") ?? [];
  const pairs = [...query].filter(([name]) => name !== "x-oss-signature");
  const canonical = [
    method,
    `/${bucket && `${bucket}/`}${key}`.split("/").map(escapeText).join("/"),
    sorted(pairs.map(([name, value]) => [escapeText(name), escapeText(value)] as const))
      .map(([name, value]) => (value ? `${name}=${value}` : name))
      .join("&"),
    sorted(headers)
      .filter(([name]) => isSigned(name, additional))
      .map(([name, value]) => `${name}:${value}\n`)
      .join(""),
    additional.join(";"),
    "UNSIGNED-PAYLOAD",
  ].join("\n");
  const digest = createHash("sha256").update(canonical, "latin1").digest("hex");
  const text = `OSS4-HMAC-SHA256\n20260102T030405Z\n${SCOPE}\n${digest}`;
  return hmacV4(text);
}

/** Signs a text with the key of the recordings' day. */
export function hmacV4(text: string): string {
  let key: Uint8Array = Buffer.from(`aliyun_v4${SECRET}`);
  for (const part of SCOPE.split("/")) key = createHmac("sha256", key).update(part).digest();
  return createHmac("sha256", key).update(text).digest("hex");
}

/** Signs a text with the secret itself. */
export function hmacV1(text: string): string {
  return createHmac("sha1", SECRET).update(text, "latin1").digest("base64");
}

function signV1({ method, bucket, key, query, headers }: Signable): string {
  const resources = sorted(query)
    .filter(([name]) => SUB_RESOURCES.has(name))
    .map(([name, value]) => (value ? `${name}=${value}` : name))
    .join("&");
  const lines = [
    method,
    headers.get("content-md5") ?? "",
    headers.get("content-type") ?? "",
    query.get("Expires") ?? headers.get("x-oss-date") ?? headers.get("date") ?? "",
    ...sorted(headers)
      .filter(([name]) => name.startsWith("x-oss-"))
      .map(([name, value]) => `${name}:${value}`),
  ];
  const resource = Buffer.from(bucket === "" ? "/" : `/${bucket}/${key}`).toString("latin1");
  return hmacV1(`${lines.join("\n")}\n${resource}${resources && `?${resources}`}`);
}

/** Signs a request as its version and place ask for. */
export function signatureOf(request: Signable, scheme: string): string {
  return scheme.startsWith("v4") ? signV4(request) : signV1(request);
}

/** The parts of an Authorization header, or of a signed query, that say who signed and for what. */
export function claimsOf({ query, headers }: Signable): { readonly signature: string; readonly claims: object } {
  const [scheme, rest = ""] = (headers.get("authorization") ?? "").split(/ (.*)/s);
  if (scheme === "OSS") {
    const [accessKeyId, signature = ""] = rest.split(":");
    return { signature, claims: { scheme, accessKeyId } };
  }
  if (scheme) {
    const { Signature: signature = "", ...fields } = Object.fromEntries(
      rest
        .split(/, ?/)
        .sort()
        .map((field) => /^(\w+)=(.*)$/s.exec(field)?.slice(1) ?? []),
    );
    return { signature, claims: { scheme, ...fields } };
  }
  const { Signature, "x-oss-signature": v4, ...claims } = Object.fromEntries(sorted(query));
  return { signature: v4 ?? Signature ?? "", claims };
}
