/**
 * Writes an answer to a Node response, at the reader's pace.
 * @module
 */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type Answer, ConnectionLost } from "../wire.ts";

/**
 * Sends an answer.
 * @param response where to
 * @param answer what
 * @param signal aborts when the client goes away: the body is cancelled
 * @throws whatever breaks the body; the connection must then be broken too
 */
export async function sendAnswer(response: ServerResponse, answer: Answer, signal: AbortSignal): Promise<void> {
  const { status, body } = answer;
  const { "content-length": length, ...headers } = answer.headers;
  // Last: after a length Node takes the bytes of a Content-Disposition for text and writes others.
  response.writeHead(status, { ...headers, ...(length !== undefined && { "content-length": length }) });
  if (body === undefined || body instanceof Uint8Array) {
    response.end(body);
    return;
  }
  // Headers go first: the client must see them even when the body stalls.
  response.flushHeaders();
  const reader = body.getReader();
  const stop = (): void => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (signal.aborted) throw new ConnectionLost(signal.reason);
      if (done) break;
      if (!response.write(value)) await once(response, "drain", { signal });
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  response.end();
}
