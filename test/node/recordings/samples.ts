/**
 * Requests of official clients in one form: recorded raw, or rebuilt from what an independent signer noted.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { environment } from "../../harness.ts";

export type Scheme = "v4-header" | "v4-query" | "v1-header" | "v1-query";
export type Header = readonly [name: string, value: string];

/** A request on the wire. */
export interface Wire {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
}

/** A request that must be accepted, and what of it is signed. */
export interface Sample extends Wire {
  readonly name: string;
  readonly scheme: Scheme;
  readonly sts: boolean;
  /** Lower-case names of signed headers. */
  readonly signedHeaders: ReadonlySet<string>;
  /** Query parameters that V1 signed; V4 signs all of them. */
  readonly signedQuery: ReadonlySet<string>;
}

/** A form upload. */
export interface FormSample {
  readonly name: string;
  readonly sts: boolean;
  readonly fields: ReadonlyMap<string, string>;
}

interface Recorded extends Wire {
  readonly op: string;
  readonly bucket: string;
  readonly key: string;
  readonly scheme: string;
  /** The canonical request (V4) or the string to sign (V1), recomputed by an independent verifier. */
  readonly signed: string;
  readonly bodyText?: string;
}

interface Recording {
  readonly client: string;
  readonly sts: boolean;
  readonly requests: readonly Recorded[];
}

interface Official {
  readonly scheme: string;
  readonly signature: string;
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly stringToSign: string;
  readonly canonicalRequest?: string;
  readonly targets: readonly string[];
}

const ENDPOINT = "oss-cn-hangzhou.aliyuncs.com";
export const ACCESS_KEY_ID = "LTAItestAccessKeyId";
export const SECRET = "testAccessKeySecret0123456789";
export const TOKEN = "CAIStestSecurityToken";
export const NOW: number = Date.parse("2026-01-02T03:04:05Z");

function isScheme(text: string): text is Scheme {
  return /^v[14]-(header|query)$/.test(text);
}

function vectors(...names: string[]): string {
  return path.join(environment.root, "test/vectors", ...names);
}

/** Header lines of a canonical request: after method, path and query, up to the empty line. */
function canonicalHeaders(canonical: string): Header[] {
  const lines = canonical.split("\n");
  return lines.slice(3, lines.indexOf("", 3)).map(splitHeader);
}

function splitHeader(line: string): Header {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1)];
}

/** What a canonical request or a V1 text says about what is signed. */
function signedParts(scheme: Scheme, signed: string, headers: readonly Header[]) {
  if (scheme.startsWith("v4")) {
    return { signedHeaders: new Set(canonicalHeaders(signed).map(([name]) => name)), signedQuery: new Set<string>() };
  }
  const lines = signed.split("\n");
  const own = lines.slice(4, -1).map((line) => splitHeader(line)[0]);
  const [, query = ""] = lines.at(-1)?.split("?") ?? [];
  const present = headers.map(([name]) => name.toLowerCase());
  const dated = present.includes("x-oss-date") ? "x-oss-date" : "date";
  return {
    signedHeaders: new Set(["content-md5", "content-type", ...(scheme === "v1-header" ? [dated] : []), ...own]),
    signedQuery: new Set(query.split("&").map((pair) => pair.split("=")[0] ?? "")),
  };
}

/** The recordings of raw requests, one file per client and mode. */
function recordings(): [file: string, recording: Recording][] {
  return readdirSync(vectors("recordings")).map((file) => [
    file.replace(".json", ""),
    JSON.parse(readFileSync(vectors("recordings", file), "utf8")),
  ]);
}

/** All recorded requests that are signed in a header or a URL. */
export function recordedSamples(): Sample[] {
  return recordings().flatMap(([file, { sts, requests }]) =>
    requests.flatMap(({ scheme, signed, op, method, target, headers }) =>
      isScheme(scheme)
        ? [{ name: `${file} ${op}`, scheme, sts, method, target, headers, ...signedParts(scheme, signed, headers) }]
        : [],
    ),
  );
}

/** Reads the text fields of a recorded multipart body. */
function formFields(body: string): Map<string, string> {
  const parts = body.matchAll(/name="([^"]+)"\r\n\r\n(.*?)\r\n--/gs);
  return new Map(Array.from(parts, ([, name = "", value = ""]) => [name, value] as const));
}

/** All recorded form uploads. */
export function recordedForms(): FormSample[] {
  return recordings().flatMap(([file, { sts, requests }]) =>
    requests.flatMap(({ op, scheme, bodyText = "" }) =>
      scheme.endsWith("-post") ? [{ name: `${file} ${op}`, sts, fields: formFields(bodyText) }] : [],
    ),
  );
}

/** UTF-8 as a server sees header values: one character for one byte. */
function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The headers that an official signer must have sent, `Authorization` included. */
function rebuiltHeaders(scheme: Scheme, record: Official): Header[] {
  const { stringToSign, signature } = record;
  if (scheme.startsWith("v4")) {
    const headers = canonicalHeaders(record.canonicalRequest ?? "");
    const scope = stringToSign.split("\n")[2];
    const authorization = `OSS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/${scope},Signature=${signature}`;
    return scheme === "v4-query" ? headers : [...headers, ["authorization", authorization]];
  }
  const lines = stringToSign.split("\n");
  const own = lines.slice(4, -1).map(splitHeader);
  const [, md5 = "", type = "", date = ""] = lines;
  const plain: Header[] = [
    ["content-md5", md5],
    ["content-type", type],
  ];
  if (scheme === "v1-header" && !own.some(([name]) => name === "x-oss-date")) plain.push(["date", date]);
  if (scheme === "v1-header") plain.push(["authorization", `OSS ${ACCESS_KEY_ID}:${signature}`]);
  return [...plain.filter(([, value]) => value !== ""), ...own];
}

function officials(): Official[] {
  return JSON.parse(readFileSync(vectors("official-clients.json"), "utf8"));
}

/** All requests of the list of official signatures, once per target; V2 signatures are left out. */
export function officialSamples(): Sample[] {
  return officials().flatMap((record) => {
    const { scheme, bucket, method, stringToSign, canonicalRequest = stringToSign } = record;
    if (!isScheme(scheme)) return [];
    const sts = canonicalRequest.includes(TOKEN);
    const own = rebuiltHeaders(scheme, record).map(([name, value]) => [name, latin1(value)] as const);
    const parts = signedParts(scheme, canonicalRequest, own);
    return record.targets.map((target) => {
      const pathStyle = bucket === "" || target === `/${bucket}` || target.startsWith(`/${bucket}/`);
      const headers: Header[] = [
        ["host", pathStyle ? ENDPOINT : `${bucket}.${ENDPOINT}`],
        ...own,
        ["user-agent", "x/1"],
      ];
      return { name: `official ${scheme} ${method} ${target}`, scheme, sts, method, target, headers, ...parts };
    });
  });
}

/** The form signatures of that list. */
export function officialForms(): FormSample[] {
  return officials().flatMap(({ scheme, stringToSign, signature }) => {
    const form = { policy: stringToSign, OSSAccessKeyId: ACCESS_KEY_ID, Signature: signature };
    return scheme === "v1-post"
      ? [{ name: "official v1-post", sts: false, fields: new Map(Object.entries(form)) }]
      : [];
  });
}

/** How many records of the list are neither V2 nor forms. */
export function officialCount(): number {
  return officials().filter(({ scheme }) => isScheme(scheme)).length;
}
