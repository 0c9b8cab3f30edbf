/** What the tests of the core share: a scripted `fetch` that takes notes, and clients that use it. */
import { createClient } from "../../../src/core/create_client.ts";
import type { ClientOptions } from "../../../src/core/options.ts";
import { getObject } from "../../../src/operations/mod.ts";
import type { Client } from "../../../src/types.ts";

/** One request as `fetch` was given it. */
export interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  readonly init: RequestInit;
  /** Reads the body as a server would; `undefined` where there is none. */
  read(): Promise<Uint8Array | undefined>;
}

export type Answer = Response | Error | ((sent: Sent, number: number) => Response | Promise<Response>);

export interface ScriptedFetch {
  readonly fetch: NonNullable<ClientOptions["fetch"]>;
  readonly sent: Sent[];
}

async function readBody(body: BodyInit | null | undefined): Promise<Uint8Array | undefined> {
  if (body === null || body === undefined) return undefined;
  return new Uint8Array(await new Response(body).arrayBuffer());
}

/**
 * Answers as scripted; the last answer is for all further requests. An `Error` is thrown as the network would.
 * Like a real `fetch` it reads the request's body before it answers, and rejects when its signal aborts.
 */
export function scripted(...answers: Answer[]): ScriptedFetch {
  const sent: Sent[] = [];
  const fetch: ScriptedFetch["fetch"] = async (url, init) => {
    const { signal } = init;
    if (!signal) throw new Error("every request has a signal");
    const body = init.body;
    const request: Sent = {
      method: init.method ?? "",
      url: new URL(url),
      headers: new Headers(init.headers),
      signal,
      init,
      read: () => readBody(body),
    };
    sent.push(request);
    signal.throwIfAborted();
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    if (answer === undefined) throw new Error("nothing is scripted");
    if (answer instanceof Error) throw answer;
    if (typeof answer === "function") return answer(request, sent.length);
    // WebKitGTK reads no form with a file in it.
    if (!(body instanceof FormData)) await request.read();
    return answer.clone();
  };
  return { fetch, sent };
}

/** An answer that never comes, until the request is aborted. */
export function never(sent: Sent): Promise<Response> {
  return new Promise((_, reject) => {
    sent.signal.addEventListener("abort", () => reject(sent.signal.reason), { once: true });
  });
}

export const KEYS = { accessKeyId: "ak", accessKeySecret: "sk" } as const;
export const STS = { accessKeyId: "STS.ak", accessKeySecret: "sk", securityToken: "token" } as const;

/** A client that never waits between attempts. */
export function clientOf(fetch: ScriptedFetch["fetch"], options: Partial<ClientOptions> = {}): Client {
  return createClient({
    region: "cn-hangzhou",
    bucket: "photos",
    credentials: KEYS,
    retry: { base: 0, ...options.retry },
    onWarning: (message) => {
      throw new Error(`unexpected warning: ${message}`);
    },
    fetch,
    ...options,
  });
}

/** An error document, as the service writes it. */
export function errorDocument(code: string, extra: Readonly<Record<string, string>> = {}): string {
  const fields = { Code: code, Message: `about ${code}`, RequestId: "REQ1", HostId: "photos.oss", ...extra };
  const elements = Object.entries(fields).map(([name, value]) => `  <${name}>${value}</${name}>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n${elements.join("")}</Error>\n`;
}

/** A refusal. */
export function refusal(
  status: number,
  code: string,
  extra: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(errorDocument(code, extra), {
    status,
    headers: { "content-type": "application/xml", ...headers },
  });
}

/** An answer without content. */
export function done(headers: Readonly<Record<string, string>> = {}, status = 200): Response {
  return new Response(null, { status, headers });
}

/** Reads an object whose answer is given. */
export async function read(
  body: BodyInit | null,
  headers: Readonly<Record<string, string>>,
  input: object = {},
  init: ResponseInit = {},
): Promise<Uint8Array> {
  const { fetch } = scripted(() => new Response(body, { ...init, headers }));
  const response = await getObject(clientOf(fetch), { key: "k", ...input });
  return new Uint8Array(await response.arrayBuffer());
}
