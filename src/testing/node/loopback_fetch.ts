/**
 * A fetch that sends every host to one server on loopback, as hosts files and DNS do elsewhere.
 * @module
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { fetchFrom } from "../fetch.ts";
import type { Answer, Incoming } from "../wire.ts";

/** Headers by lower-case name, joined where repeated. */
function answerHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] ?? "").toLowerCase();
    const value = raw[i + 1] ?? "";
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

/** The body of an answer as a web stream, pulled. */
function answerBody(message: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = message[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next().catch((cause: unknown) => {
          throw new TypeError("terminated", { cause });
        });
        if (done) controller.close();
        else controller.enqueue(new Uint8Array(value));
      },
      cancel() {
        message.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Sends a body, at the server's pace. */
async function sendBody(incoming: Incoming, outgoing: ReturnType<typeof httpRequest>): Promise<void> {
  if (incoming.body === null) {
    outgoing.end();
    return;
  }
  const reader = incoming.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!outgoing.write(value)) {
      await new Promise<void>((resolve) => {
        outgoing.once("drain", resolve);
        outgoing.once("close", resolve);
      });
    }
    if (outgoing.destroyed) {
      await reader.cancel();
      return;
    }
  }
  outgoing.end();
}

function exchange(port: number, host: string, incoming: Incoming): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers: string[] = incoming.headers.flat();
    const { method, target: path, signal } = incoming;
    const outgoing = httpRequest({ host, port, method, path, headers, setHost: false, ...(signal ? { signal } : {}) });
    const fail = (cause: unknown): void => {
      reject(signal?.aborted ? signal.reason : new TypeError("fetch failed", { cause }));
    };
    outgoing.on("error", fail);
    outgoing.on("response", (message) => {
      const status = message.statusCode ?? 0;
      const bodyless = method === "HEAD" || status === 204 || status === 304;
      if (bodyless) message.resume();
      const answer = { status, headers: answerHeaders(message.rawHeaders) };
      resolve(bodyless ? answer : { ...answer, body: answerBody(message) });
    });
    sendBody(incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
      fail(error);
    });
  });
}

/**
 * Makes a fetch that connects to one server on loopback whatever the URL's host is, and sends that host.
 *
 * With it `https://photos.oss-cn-hangzhou.aliyuncs.com` and `http://photos.localhost` reach a server on this machine
 * without DNS; the scheme is ignored, the connection is plain HTTP.
 * @param port the server's port
 * @param host the server's address
 * @example
 * ```ts
 * import { createTestOSS } from "oss-fetch/testing";
 * import { listen, loopbackFetch } from "oss-fetch/testing/node";
 * const server = await listen(createTestOSS({ buckets: ["photos"] }));
 * const fetch = loopbackFetch(server.port);
 * console.log((await fetch("https://photos.oss-cn-hangzhou.aliyuncs.com/a.txt")).status);
 * await server.close();
 * ```
 */
export function loopbackFetch(
  port: number,
  host = "127.0.0.1",
): (input: RequestInfo | URL, init?: RequestInit) => Promise<Response> {
  return (input, init) => fetchFrom((incoming) => exchange(port, host, incoming), input, init);
}
