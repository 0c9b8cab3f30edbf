/**
 * The fetch side: requests of a runtime become wire requests, answers become responses.
 * @module
 */
import type { Bytes } from "../types.ts";
import type { Answer, HeaderLine, Incoming } from "./wire.ts";

/** What the wire adds to a request, where a socket knows better. */
export interface RawRequest {
  /** Path and query exactly as sent. */
  readonly target?: string | undefined;
  /** Header lines exactly as sent, `Host` included. */
  readonly headers?: readonly HeaderLine[] | undefined;
  /** Aborts when the client goes away. @default the request's own */
  readonly signal?: AbortSignal | undefined;
}

/** Length of a body in bytes, where the runtime would say so on the wire. */
function lengthOf(body: unknown): number | undefined {
  if (typeof body === "string") return new TextEncoder().encode(body).length;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  return undefined;
}

/** A request's body; Firefox has no `Request.body`. */
async function bodyOf(request: Request): Promise<ReadableStream<Uint8Array> | null> {
  if (request.body !== undefined || request.method === "GET" || request.method === "HEAD") return request.body ?? null;
  const blob = await request.blob();
  return blob.size === 0 ? null : blob.stream();
}

/** Header lines as a fetch would send them. */
function lines(request: Request, body: ReadableStream<Uint8Array> | null, length: number | undefined): HeaderLine[] {
  const headers: HeaderLine[] = [...request.headers].filter(([name]) => name !== "host");
  headers.push(["host", new URL(request.url).host]);
  if (request.headers.has("content-length")) return headers;
  if (body === null) return /^P/.test(request.method) ? [...headers, ["content-length", "0"]] : headers;
  return [...headers, length === undefined ? ["transfer-encoding", "chunked"] : ["content-length", String(length)]];
}

/**
 * Makes a wire request of a runtime's request.
 * @param request the request
 * @param raw what a socket saw
 * @param sent the body as it was given to fetch, for its length
 */
export async function toIncoming(request: Request, raw: RawRequest = {}, sent?: unknown): Promise<Incoming> {
  const url = new URL(request.url);
  const body = await bodyOf(request);
  return {
    method: request.method,
    target: raw.target ?? url.pathname + url.search,
    headers: raw.headers ?? lines(request, body, lengthOf(sent)),
    body,
    signal: raw.signal ?? request.signal,
  };
}

/** Statuses that a response with a body may not have. */
function bodyless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** Makes a response of an answer. */
export function toResponse({ status, headers, body }: Answer): Response {
  const kept = Object.entries(headers).filter(([name]) => name !== "connection");
  return new Response(bodyless(status) ? null : (body ?? null), { status, headers: kept });
}

/** A stream that fails as bodies of fetch fail: by the signal, or with a TypeError when it breaks off. */
function clientSide(body: ReadableStream<Bytes>, signal: AbortSignal): ReadableStream<Bytes> {
  const reader = body.getReader();
  const abort = (): void => void reader.cancel(signal.reason).catch(() => {});
  return new ReadableStream<Bytes>(
    {
      start(controller) {
        signal.addEventListener("abort", () => controller.error(signal.reason), { once: true });
        signal.addEventListener("abort", abort, { once: true });
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (signal.aborted) return;
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          controller.error(new TypeError("terminated", { cause: error }));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Decodes what every fetch decodes, whoever compressed it. */
function decoded(answer: Answer, body: ReadableStream<Bytes>): ReadableStream<Bytes> {
  const coding = answer.headers["content-encoding"]?.toLowerCase();
  if (coding !== "gzip" && coding !== "deflate") return body;
  const decoder: ReadableWritablePair<Bytes, BufferSource> = new DecompressionStream(coding);
  return body.pipeThrough(decoder);
}

/** Makes of an answer what a fetch would hand over: decompressed, failing as fetch fails, stopped by the signal. */
export function toFetched(answer: Answer, signal: AbortSignal): Response {
  const { body, headers } = answer;
  if (body === undefined) return toResponse(answer);
  if (body instanceof Uint8Array && headers["content-encoding"] === undefined) return toResponse(answer);
  const stream = body instanceof Uint8Array ? new Response(body).body : body;
  if (stream === null) return toResponse({ ...answer, body: new Uint8Array(0) });
  return toResponse({ ...answer, body: clientSide(decoded(answer, stream), signal) });
}
