/** What goes over the wire between a client and its OSS: recorded, and watched until it is over. */
import type { Fetch } from "../../../src/mod.ts";
import { confideRequest } from "./watched_stores.ts";

/** One request as the client handed it to `fetch`. */
export interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: BodyInit | null | undefined;
  readonly signal: AbortSignal | null | undefined;
  /** False once it failed, was given up, or its answer was read to the end. */
  readonly open: boolean;
}

export interface Wire {
  readonly sent: readonly Sent[];
  /** Middleware for `createClient({ use })`. */
  readonly layer: (next: Fetch) => Fetch;
  /** Requests that nobody gave up and nobody finished. */
  openRequests(): readonly Sent[];
}

export function createWire(): Wire {
  const sent: (Sent & { ended: boolean })[] = [];
  const layer =
    (next: Fetch): Fetch =>
    async (url, init) => {
      const entry = {
        method: init.method ?? "GET",
        url: new URL(url),
        headers: new Headers(init.headers),
        body: init.body,
        signal: init.signal,
        ended: false,
        get open() {
          return !entry.ended && entry.signal?.aborted !== true;
        },
      };
      sent.push(entry);
      confideRequest(entry.url.searchParams, entry.headers);
      const end = (): void => {
        entry.ended = true;
      };
      try {
        const response = await next(url, init);
        if (!response.body) end();
        return response.body ? withBody(response, watched(response.body, end)) : response;
      } catch (error) {
        end();
        throw error;
      }
    };
  return { sent, layer, openRequests: () => sent.filter((entry) => entry.open) };
}

/** The same stream, telling when it is over. */
function watched(body: ReadableStream<Uint8Array>, end: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          end();
          controller.close();
        } catch (error) {
          end();
          controller.error(error);
        }
      },
      cancel(reason) {
        end();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The same answer with another body. */
export function withBody({ status, headers }: Response, body: BodyInit | null): Response {
  return new Response(body, { status, headers });
}

/** The answer as a page sees it to which some headers are not exposed. */
export function hide(response: Response, ...names: readonly string[]): Response {
  const headers = new Headers(response.headers);
  for (const name of names) headers.delete(name);
  return new Response(response.body, { status: response.status, headers });
}

/** Middleware that alters every answer. */
export function onAnswer(change: (response: Response) => Response | Promise<Response>): (next: Fetch) => Fetch {
  return (next) => async (url, init) => change(await next(url, init));
}
