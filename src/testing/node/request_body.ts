/**
 * The body of a Node request as a web stream, pulled.
 * @module
 */
import type { IncomingMessage } from "node:http";
import { ConnectionLost } from "../wire.ts";

/** A body on its way in. */
export interface RequestBody {
  readonly stream: ReadableStream<Uint8Array>;
  /** Takes the rest off the connection, unread. */
  discard(): void;
}

/**
 * Wraps a request's body; `null` when there is none.
 *
 * Nothing is read ahead: the sender feels the reader's pace. A body that ends early is an error, never a short body.
 */
export function requestBody(request: IncomingMessage): RequestBody | null {
  const { headers } = request;
  if (headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0) return null;
  let discarded = false;
  let open = true;
  const discard = (): void => {
    discarded = true;
    request.resume();
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        request.pause();
        request.on("data", (chunk: Uint8Array) => {
          if (discarded) return;
          request.pause();
          controller.enqueue(chunk);
        });
        request.on("end", () => {
          if (open && !discarded) controller.close();
          open = false;
        });
        const fail = (cause?: unknown): void => {
          if (open && !discarded) controller.error(new ConnectionLost(cause));
          open = false;
        };
        request.on("error", fail);
        request.on("close", () => fail());
      },
      pull() {
        request.resume();
      },
      cancel: discard,
    },
    { highWaterMark: 0 },
  );
  return { stream, discard };
}
