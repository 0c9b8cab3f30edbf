/**
 * A fetch as a page of another origin has it: preflights, refusals, hidden headers. In any runtime.
 * @module
 */
import { fetchFrom } from "./fetch.ts";
import { type Answer, type HeaderLine, type HeaderMap, headerMap, type Incoming } from "./wire.ts";

/** Headers that a page may send without asking. */
const SIMPLE: ReadonlySet<string> = /* @__PURE__ */ new Set(["accept", "accept-language", "content-language", "range"]);

/** Content types that a page may send without asking. */
const SIMPLE_TYPES: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "text/plain",
]);

/** Headers that a page cannot set: the browser does. */
const FORBIDDEN: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "date",
  "host",
  "origin",
  "referer",
  "transfer-encoding",
]);

/** Headers that a page may always read. */
const READABLE: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
]);

/** What the browser itself puts on the wire. */
const BY_BROWSER: ReadonlySet<string> = /* @__PURE__ */ new Set(["host", "content-length", "transfer-encoding"]);

/** What a browser rejects with: a script learns no more, so the reason is for people, and no `cause`. */
function failed(reason: string): TypeError {
  return new TypeError(`Failed to fetch (CORS: ${reason})`);
}

function words(header: string | undefined): string[] {
  return (header ?? "").split(",").map((word) => word.trim().toLowerCase());
}

/** Header names that the page must ask for, sorted as browsers sort them. */
function unusual(headers: HeaderMap): string[] {
  const simple = (name: string, value: string): boolean =>
    SIMPLE.has(name) || (name === "content-type" && SIMPLE_TYPES.has(value.split(";")[0]?.trim().toLowerCase() ?? ""));
  return [...headers]
    .filter(([name, value]) => !simple(name, value))
    .map(([name]) => name)
    .sort();
}

function checkOrigin({ headers }: Answer, origin: string): void {
  const allowed = headers["access-control-allow-origin"];
  if (allowed !== "*" && allowed !== origin) throw failed("no access-control-allow-origin");
}

async function ask(serve: Serve, request: Incoming, host: string, origin: string, names: string[]): Promise<void> {
  const lines: HeaderLine[] = [
    ["host", host],
    ["origin", origin],
    ["access-control-request-method", request.method],
  ];
  if (names.length > 0) lines.push(["access-control-request-headers", names.join(",")]);
  const { target, signal } = request;
  const answer = await serve({ method: "OPTIONS", target, headers: lines, body: null, signal });
  checkOrigin(answer, origin);
  if (answer.status < 200 || answer.status > 299) throw failed(`the preflight is answered ${answer.status}`);
  const methods = answer.headers["access-control-allow-methods"]?.split(",").map((method) => method.trim()) ?? [];
  if (!methods.includes(request.method)) throw failed(`${request.method} is not allowed`);
  const allowed = words(answer.headers["access-control-allow-headers"]);
  // A literal star does not cover Authorization.
  const missing = names.find((name) => !allowed.includes(name) && (name === "authorization" || !allowed.includes("*")));
  if (missing !== undefined) throw failed(`the header ${missing} is not allowed`);
}

type Serve = (request: Incoming) => Promise<Answer>;

/** Sends a request as a browser does for a page, after asking where that is needed. */
async function cross(serve: Serve, request: Incoming, origin: string): Promise<Answer> {
  const all = headerMap(request.headers);
  const own = new Map([...all].filter(([name]) => !FORBIDDEN.has(name)));
  const names = unusual(own);
  const simple = ["GET", "HEAD", "POST"].includes(request.method);
  if (!simple || names.length > 0) await ask(serve, request, all.get("host") ?? "", origin, names);
  const browser = [...all].filter(([name]) => BY_BROWSER.has(name));
  const headers: HeaderLine[] = [...own, ...browser, ["accept-encoding", "gzip, deflate"], ["origin", origin]];
  // Of other origins, browsers tell where a call comes from, and nothing of the page.
  headers.push(["referer", `${origin}/`]);
  const answer = await serve({ ...request, headers });
  checkOrigin(answer, origin);
  return answer;
}

/**
 * Makes the fetch of a page.
 * @param serve what answers
 * @param origin the page's origin: `https://app.example.com`
 */
export function pageFetch(
  serve: Serve,
  origin: string,
): (input: RequestInfo | URL, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const response = await fetchFrom((request) => cross(serve, request, origin), input, init);
    const exposed = new Set(words(response.headers.get("access-control-expose-headers") ?? undefined));
    const headers = [...response.headers].filter(([name]) => READABLE.has(name) || exposed.has(name));
    return new Response(response.body, { status: response.status, headers });
  };
}
