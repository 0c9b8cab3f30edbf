/**
 * Raw requests to an in-process OSS, signed by the library's own signer: what the tests of the service talk with.
 */
import { hash } from "../../../src/signing/noble.ts";
import { signV4 } from "../../../src/signing/v4.ts";
import type { TestOSS } from "../../../src/testing/mod.ts";
import type { Credentials } from "../../../src/types.ts";
import { toHeaders } from "../signing/support.ts";

export interface Ask {
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array> | null;
  /** Who signs. @default the first account */
  readonly as?: Credentials | "anonymous";
  readonly host?: string;
  readonly region?: string;
  readonly time?: number;
  readonly signal?: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** `<Code>` of an error, also of a HEAD. */
  readonly code: string | undefined;
  /** Texts of all elements of a name. */
  all(element: string): string[];
}

export type Site = (method: string, target: string, ask?: Ask) => Promise<Reply>;

/** One chunk, or a given stream. */
function streamOf(body: NonNullable<Ask["body"]>): [ReadableStream<Uint8Array>, [string, string]] {
  if (body instanceof ReadableStream) return [body, ["transfer-encoding", "chunked"]];
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  return [stream, ["content-length", String(bytes.length)]];
}

async function reply(answer: Awaited<ReturnType<TestOSS["serve"]>>): Promise<Reply> {
  const { status, headers, body } = answer;
  const bytes = body === undefined ? new Uint8Array(0) : new Uint8Array(await new Response(body).arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const hidden = headers["x-oss-err"];
  const error = hidden === undefined ? text : atob(hidden);
  const all = (element: string): string[] =>
    [...text.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map((match) => match[1] ?? "");
  return { status, headers, bytes, text, code: /<Code>(\w+)</.exec(error)?.[1], all };
}

/** The query of a target as the signer wants it. */
function queryOf(target: string): [string, string | null][] {
  const [, query = ""] = target.split("?");
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", value] = pair.split("=");
      return [decodeURIComponent(name), value === undefined ? null : decodeURIComponent(value)];
    });
}

/** Speaks with one bucket (`undefined` = the service) in virtual-host style. */
export function site(oss: TestOSS, bucket: string | undefined): Site {
  return async (method, target, ask = {}) => {
    const { as = oss.credentials, body = null, region = "cn-hangzhou", time = Date.now(), signal } = ask;
    const host = ask.host ?? `${bucket === undefined ? "" : `${bucket}.`}oss-${region}.aliyuncs.com`;
    const [path = ""] = target.split("?");
    const key = decodeURIComponent(path.slice(1));
    const [stream, framing] = body === null ? [null, ["content-length", "0"]] : streamOf(body);
    const bodiless = method === "GET" || method === "HEAD" || method === "OPTIONS";
    const given = { ...(bodiless ? {} : { [`${framing[0]}`]: `${framing[1]}` }), ...ask.headers };
    // An empty header is one that is left out.
    const lines = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
    const input = {
      method,
      bucket,
      key: key === "" ? undefined : key,
      query: queryOf(target),
      headers: toHeaders(lines),
    };
    const context = { region, time: new Date(time), hash };
    const signature = as === "anonymous" ? {} : await signV4(input, { ...context, credentials: as });
    const headers = Object.entries({ host, ...lines, ...signature });
    return reply(await oss.serve({ method, target, headers, body: stream, signal }));
  };
}

/** Reads a body by hand: `text()` and its like replace the stream's error in some browsers. */
export async function readBody(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return text;
    text += decoder.decode(value, { stream: true });
  }
}

/** A stream of chunks, pulled. */
export function chunks(...parts: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const waiting = parts.map((part) => (typeof part === "string" ? new TextEncoder().encode(part) : part));
  return new ReadableStream({
    pull(controller) {
      const next = waiting.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
  });
}
