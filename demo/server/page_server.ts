/**
 * The page's own backend: it hands out the page, opens a session, and issues temporary keys.
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
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

const TYPES: Readonly<Record<string, string>> = { js: "text/javascript", css: "text/css" };

/** Makes the server; it does not listen yet. */
export function createPageServer(options: PageServerOptions): Server {
  return createServer((request, response) => {
    request.resume();
    response.setHeader("cache-control", "no-store");
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "no-referrer");
    if (!isOwnHost(request)) return void response.writeHead(421).end();
    if (request.method === "POST") return answerCall(options, request, response);
    answerFile(options, request, response);
  });
}

/** Another host name for this address is a page that wants to read what is not its own. */
function isOwnHost({ headers: { host = "" } }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost):\d+$/.test(host);
}

function answerFile(
  { files, storage }: PageServerOptions,
  { method, url = "/" }: IncomingMessage,
  response: ServerResponse,
): void {
  const [path = "/"] = url.split("?");
  const bytes = files.get(path);
  if (bytes === undefined) return void response.writeHead(404).end();
  if (method !== "GET" && method !== "HEAD") return void response.writeHead(405, { allow: "GET, HEAD" }).end();
  const type = TYPES[path.split(".")[1] ?? ""] ?? "text/html";
  response.writeHead(200, {
    "content-type": `${type}; charset=utf-8`,
    "content-length": bytes.length,
    "content-security-policy": `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ${storage()?.url ?? ""}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  });
  response.end(method === "HEAD" ? undefined : bytes);
}

function answerCall(options: PageServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const { sessions } = options;
  const storage = options.storage();
  if (storage === undefined) return void response.writeHead(503).end();
  // Old browsers do not send it; a page of another site always does, and gets nothing.
  if ((request.headers["sec-fetch-site"] ?? "same-origin") !== "same-origin") return void response.writeHead(403).end();
  const known = sessions.find(request.headers.cookie);
  if (request.url === "/session") {
    const opened = known === undefined ? sessions.open() : undefined;
    if (opened) response.setHeader("set-cookie", opened.cookie);
    const prefix = opened?.prefix ?? known;
    return sendJson(response, { region: REGION, bucket: BUCKET, endpoint: storage.url, prefix });
  }
  if (request.url !== "/sts") return void response.writeHead(404).end();
  if (known === undefined) return void response.writeHead(401).end();
  sendJson(response, storage.issueKeys(known, options.tokenSeconds()));
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}
