/**
 * What official clients sent, with everything that a request of ours is compared with.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { environment } from "../../harness.ts";
import { ACCESS_KEY_ID, NOW, SECRET, TOKEN } from "../recordings/samples.ts";

export { ACCESS_KEY_ID, NOW, SECRET, TOKEN };

export const CLIENTS = ["ali-oss", "aliyun-sdk", "go-v2", "oss2", "python-v2"] as const;
export type OfficialClient = (typeof CLIENTS)[number];

/** How a recorded client was set up. */
export interface Mode {
  readonly file: string;
  readonly client: OfficialClient;
  readonly version: "v1" | "v4";
  readonly sts: boolean;
  readonly pathStyle: boolean;
}

/** One recorded request. */
export interface Recorded extends Mode {
  readonly op: string;
  /** Where it stands among the requests of its operation. */
  readonly position: number;
  readonly method: string;
  readonly path: string;
  /** Decoded, a bare name as an empty value. */
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case, values as bytes. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bucket: string;
  readonly key: string;
  readonly scheme: string;
  readonly body: Uint8Array;
}

/** What a client returned to its caller: a presigned URL and what has to be sent along. */
export interface Returned {
  readonly url?: string;
  /** Go names nothing where nothing is to be sent. */
  readonly signedHeaders?: Readonly<Record<string, string>> | null;
  /** Why the client refused to send the request. */
  readonly error?: string;
}

interface Raw {
  readonly sts: boolean;
  readonly requests: readonly {
    readonly op: string;
    readonly method: string;
    readonly target: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly bucket: string;
    readonly key: string;
    readonly scheme: string;
  }[];
}

interface Bodies {
  readonly bodies: readonly (string | number)[];
  readonly files: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

function vector<T>(...names: string[]): T {
  return JSON.parse(readFileSync(path.join(environment.root, "test/vectors", ...names), "utf8"));
}

/** Long bodies are kept as their length only; they were one letter over and over, as their sums in the requests show. */
function bytesOf(body: string | number | undefined, op: string): Uint8Array {
  if (typeof body !== "string") return Buffer.alloc(body ?? 0, op === "multipart-managed" ? "C" : "A");
  return body.startsWith("base64:") ? Buffer.from(body.slice(7), "base64") : Buffer.from(body);
}

/** Pairs of a query, decoded; every name stands there once. */
export function queryOf(text: string): Map<string, string> {
  const pairs = text.split("&").filter((pair) => pair !== "");
  const found = new Map(
    pairs.map((pair): [string, string] => {
      const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(pair.replaceAll("+", "%20")) ?? [];
      return [decodeURIComponent(name), decodeURIComponent(value)];
    }),
  );
  if (found.size !== pairs.length) throw new Error(`a name stands twice in ${text}`);
  return found;
}

function headersOf(headers: readonly (readonly [string, string])[]): Map<string, string> {
  const found = new Map(headers.map(([name, value]) => [name.toLowerCase(), value.trim()] as const));
  if (found.size !== headers.length) throw new Error(`a header stands twice: ${JSON.stringify(headers)}`);
  return found;
}

function modeOf(file: string, sts: boolean): Mode {
  const client = CLIENTS.find((name) => file.startsWith(name));
  if (client === undefined) throw new Error(`whose recording is ${file}?`);
  const version = file.includes("-v1") ? "v1" : "v4";
  return { file, client, version, sts, pathStyle: file.includes("-path") };
}

/** All recorded requests, but those that their client signed wrongly. */
export function recordedRequests(): Recorded[] {
  const { bodies, files } = vector<Bodies>("recorded-bodies.json");
  return readdirSync(path.join(environment.root, "test/vectors/recordings")).flatMap((name) => {
    const { sts, requests } = vector<Raw>("recordings", name);
    const seen = new Map<string, number>();
    return requests.map(({ target, headers, ...request }, i) => {
      const position = seen.get(request.op) ?? 0;
      seen.set(request.op, position + 1);
      const [pathname = "", query = ""] = target.split(/\?(.*)/s);
      return {
        ...modeOf(name.replace(".json", ""), sts),
        ...request,
        position,
        path: pathname,
        query: queryOf(query),
        headers: headersOf(headers),
        body: bytesOf(bodies[files[name]?.[i] ?? -1], request.op),
      };
    });
  });
}

/** What the clients returned, by file and operation. */
export function recordedResults(): Readonly<Record<string, Readonly<Record<string, Returned>>>> {
  return vector("recorded-results.json");
}
