/**
 * The page's own backend: it hands out the page, opens a session, and issues temporary keys.
 * @module
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Sessions } from "./sessions.ts";
import { BUCKET, REGION, type Storage } from "./storage.ts";

/** The built page, by path. */
export type PageFiles = ReadonlyMap<string, Uint8Array>;

export interface PageServerOptions {
  readonly files: PageFiles;
  readonly sessions: Sessions;
  /** The OSS, once it runs. */
  storage(): Storage | undefined;
  tokenSeconds(): number;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Uint8Array | undefined;
}

const TYPES: Readonly<Record<string, string>> = { js: "text/javascript", css: "text/css" };
const COMMON = { "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };

/** Makes the server; it does not listen yet. */
export function createPageServer(options: PageServerOptions): Server {
  return createServer((request, response) => {
    request.resume();
    const { status, headers, body = "" } = replyTo(options, request);
    response.writeHead(status, { ...COMMON, ...headers, "content-length": Buffer.byteLength(body) });
    response.end(request.method === "HEAD" ? undefined : body);
  });
}

function replyTo(options: PageServerOptions, request: IncomingMessage): Reply {
  const { method = "", headers } = request;
  const [path = "/"] = (request.url ?? "/").split("?");
  // Another host name for this address is a page that wants to read what is not its own.
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? "")) return { status: 421 };
  if (method === "GET" || method === "HEAD") return file(options, path);
  if (method !== "POST") return { status: 405, headers: { allow: "GET, HEAD, POST" } };
  // Old browsers do not send it; a page of another site always does, and gets nothing.
  if ((headers["sec-fetch-site"] ?? "same-origin") !== "same-origin") return { status: 403 };
  if (path === "/session") return session(options, headers.cookie);
  return path === "/sts" ? keys(options, headers.cookie) : { status: 404 };
}

function file({ files, storage }: PageServerOptions, path: string): Reply {
  const body = files.get(path);
  if (body === undefined) return { status: 404 };
  const policy = [
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:",
    `connect-src 'self' ${storage()?.url ?? ""}`,
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ];
  const type = TYPES[path.split(".")[1] ?? ""] ?? "text/html";
  const headers = { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy.join("; ") };
  return { status: 200, headers, body };
}

/** Who has no session gets one. A real backend would ask its own login. */
function session({ sessions, storage }: PageServerOptions, cookies: string | undefined): Reply {
  const endpoint = storage()?.url;
  if (endpoint === undefined) return { status: 503 };
  const known = sessions.find(cookies);
  if (known !== undefined) return json({ region: REGION, bucket: BUCKET, endpoint, prefix: known });
  const { prefix, cookie } = sessions.open();
  return json({ region: REGION, bucket: BUCKET, endpoint, prefix }, { "set-cookie": cookie });
}

/** Temporary keys for the visitor's own folder, and for nothing else. */
function keys({ sessions, storage, tokenSeconds }: PageServerOptions, cookies: string | undefined): Reply {
  const prefix = sessions.find(cookies);
  if (prefix === undefined) return { status: 401 };
  const issued = storage()?.issueKeys(prefix, tokenSeconds());
  return issued ? json(issued) : { status: 503 };
}

function json(value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(value) };
}
