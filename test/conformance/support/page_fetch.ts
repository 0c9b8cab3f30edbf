/** What a page's fetch makes of an OSS of another origin: a preflight, and only the headers that are exposed. */
import type { Fetch } from "../../../src/mod.ts";
import type { TestOSS } from "../../../src/testing/mod.ts";

const SAFE_ANSWERS = [
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
];

/** All that a page ever learns of a failure. */
const opaque = (): TypeError => new TypeError("Failed to fetch");

function names(headers: Headers, name: string): string[] {
  return (headers.get(name) ?? "").toLowerCase().split(/\s*,\s*/);
}

export function pageFetch(oss: TestOSS, origin = "https://app.example.com"): Fetch {
  return async (url, init) => {
    const { method = "GET", signal } = init;
    const headers = new Headers(init.headers);
    headers.delete("accept-encoding");
    const { host } = new URL(url);
    const common = [
      ["host", host],
      ["origin", origin],
    ] as const;
    const asked = [...headers.keys()].sort();
    const preflight = await oss.handle(new Request(url, { method: "OPTIONS" }), {
      headers: [
        ...common,
        ["access-control-request-method", method],
        ["access-control-request-headers", asked.join(", ")],
      ],
    });
    const granted = names(preflight.headers, "access-control-allow-headers");
    const allowed = preflight.ok && asked.every((name) => granted.includes(name));
    if (!allowed || !names(preflight.headers, "access-control-allow-methods").includes(method.toLowerCase()))
      throw opaque();
    const body = init.body == null ? null : await new Response(init.body).blob();
    const length = body ? [["content-length", String(body.size)] as const] : [];
    const request = new Request(url, { method, headers, body, signal: signal ?? null });
    const answer = await oss.handle(request, { headers: [...common, ...headers, ...length] }).catch(() => {
      signal?.throwIfAborted();
      throw opaque();
    });
    const allow = answer.headers.get("access-control-allow-origin");
    if (allow !== "*" && allow !== origin) throw opaque();
    const exposed = [...SAFE_ANSWERS, ...names(answer.headers, "access-control-expose-headers")];
    const seen = [...answer.headers].filter(([name]) => exposed.includes(name));
    return new Response(answer.body, { status: answer.status, headers: seen });
  };
}
