/**
 * The in-process OSS behind a socket.
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestOSS } from "../create_test_oss.ts";
import { type Answer, ConnectionLost, type HeaderLine, type Incoming } from "../wire.ts";
import { requestBody } from "./request_body.ts";
import { sendAnswer } from "./send_answer.ts";

/** Where to listen. */
export interface ListenOptions {
  /** @default 0: any free port */
  readonly port?: number | undefined;
  /** @default "127.0.0.1" */
  readonly host?: string | undefined;
}

/** A server that listens. */
export interface Listener {
  /** `http://127.0.0.1:9000`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends all connections, requests under way included. */
  close(): Promise<void>;
}

/** Header lines as they came, in order and case. */
function headerLines(raw: readonly string[]): HeaderLine[] {
  const lines: HeaderLine[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) lines.push([raw[i] ?? "", raw[i + 1] ?? ""]);
  return lines;
}

async function respond(oss: Pick<TestOSS, "serve">, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort(new ConnectionLost());
  });
  const { signal } = gone;
  const body = requestBody(request);
  const incoming: Incoming = {
    method: request.method ?? "GET",
    target: request.url ?? "/",
    headers: headerLines(request.rawHeaders),
    body: body?.stream ?? null,
    signal,
  };
  try {
    const answer: Answer = await oss.serve(incoming);
    await sendAnswer(response, answer, signal);
    // An early answer leaves the rest of the body on the connection, which goes on unless it is to be closed.
    const { connection } = answer.headers;
    if (connection !== "close") body?.discard();
  } catch {
    reset(request);
  }
}

/** Breaks the connection, with a reset where the host can send one. */
function reset(request: IncomingMessage): void {
  const { socket } = request;
  if (typeof socket.resetAndDestroy === "function") socket.resetAndDestroy();
  else socket.destroy();
}

function start(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/**
 * Puts an in-process OSS behind a socket.
 * @param oss what answers
 * @param options port and host
 * @returns the server, listening
 * @throws Error with code `EADDRINUSE` when the port is taken
 * @example
 * ```ts
 * import { createTestOSS } from "oss-fetch/testing";
 * import { listen } from "oss-fetch/testing/node";
 * const server = await listen(createTestOSS({ buckets: ["photos"] }));
 * console.log((await fetch(`${server.url}/photos/a.txt`)).status); // 403: nobody signed
 * await server.close();
 * ```
 */
export async function listen(oss: Pick<TestOSS, "serve">, options: ListenOptions = {}): Promise<Listener> {
  const host = options.host ?? "127.0.0.1";
  // Slow uploads are normal, and idle connections must outlive the pauses of a test.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, (request, response) => {
    void respond(oss, request, response);
  });
  await start(server, options.port ?? 0, host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
