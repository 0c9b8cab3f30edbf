/**
 * Looks over the client's shoulder: answers whose bodies are left unread, timers that are left running.
 * @module
 */
import type { Fetch } from "../../src/core/options.ts";

export interface Watch {
  /** Middleware for the client. */
  readonly layer: (next: Fetch) => Fetch;
  /** Multipart uploads that the client was told of. */
  readonly known: ReadonlySet<string>;
  /** Requests whose answers are awaited. */
  readonly inFlight: number;
  /** Uploads that were completed once more while nobody knew what became of the time before. */
  readonly blind: readonly string[];
  /** Bodies that were neither read to the end nor cancelled nor aborted, by what they answered. */
  openBodies(): string[];
}

interface OpenBody {
  readonly title: string;
  readonly signal: AbortSignal | null | undefined;
}

/** An answer that opens an upload, as a client can read it: one with a flipped bit may tell an id in vain. */
const OPENED =
  /^<\?xml version="1.0" encoding="UTF-8"\?>\s*<InitiateMultipartUploadResult>(?:<(\w+)>[^<]*<\/\1>)*<UploadId>(\w+)<\/UploadId><\/InitiateMultipartUploadResult>\s*$/;

/**
 * Makes a watch.
 * @param all watch the bodies of all answers, or only those that open an upload?
 */
export function createWatch(all: boolean): Watch {
  const known = new Set<string>();
  const open = new Set<OpenBody>();
  const unknown = new Set<string>();
  const blind: string[] = [];
  let inFlight = 0;

  /** A completion is repeated after a refusal, or when ListParts has shown the upload open. */
  const followed = async (
    url: string,
    method: string | undefined,
    send: () => Promise<Response>,
  ): Promise<Response> => {
    const id = new URL(url).searchParams.get("uploadId") ?? "";
    const completes = method === "POST" && id !== "";
    if (completes && unknown.has(id)) blind.push(id);
    if (completes) unknown.add(id);
    const response = await send();
    const told = completes ? response.status >= 400 && response.status < 500 : method === "GET" && response.ok;
    if (told) unknown.delete(id);
    return response;
  };
  const watched = (response: Response, body: OpenBody, tell: ((text: string) => void) | undefined): Response => {
    if (!response.body || response.status === 204 || response.status === 304) return response;
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    open.add(body);
    const stream = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            const { done, value } = await reader.read();
            if (tell) text += decoder.decode(value, { stream: !done });
            if (!done) return controller.enqueue(value);
            open.delete(body);
            tell?.(text);
            controller.close();
          } catch (error) {
            open.delete(body);
            controller.error(error);
          }
        },
        cancel(reason) {
          open.delete(body);
          return reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
    const { status, statusText, headers } = response;
    return new Response(stream, { status, statusText, headers });
  };

  return {
    known,
    blind,
    get inFlight() {
      return inFlight;
    },
    openBodies: () => [...open].filter(({ signal }) => !signal?.aborted).map(({ title }) => title),
    layer: (next) => async (url, init) => {
      const { searchParams } = new URL(url);
      const opens = init.method === "POST" && searchParams.has("uploads");
      inFlight++;
      try {
        const response = await followed(url, init.method, () => next(url, init));
        if (!all && !opens) return response;
        const tell = (text: string): void => {
          const [, , id] = OPENED.exec(text) ?? [];
          if (id !== undefined && response.ok) known.add(id);
        };
        const names = [...searchParams.keys()].filter((name) => !name.startsWith("x-oss-"));
        const title = `${init.method} ${names.join("&")} ${response.status}`;
        return watched(response, { title, signal: init.signal }, opens ? tell : undefined);
      } finally {
        inFlight--;
      }
    },
  };
}

/** Timers of the code under test. */
export interface TimerWatch {
  /** Where those that are running were set. */
  running(): string[];
  restore(): void;
}

const { setTimeout, clearTimeout } = globalThis;

/** Counts the timers that are set from now on. */
export function watchTimers(): TimerWatch {
  const running = new Map<unknown, string>();
  const set = (callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): unknown => {
    const timer = setTimeout(() => {
      running.delete(timer);
      callback(...args);
    }, ms);
    const { stack = "somewhere" } = new Error("set");
    // Node's own fetch keeps timers for its connections.
    if (!stack.split("\n").slice(0, 3).join().includes("node:internal")) running.set(timer, stack);
    return timer;
  };
  const clear = (timer: ReturnType<typeof setTimeout> | undefined): void => {
    running.delete(timer);
    clearTimeout(timer);
  };
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  return {
    running: () => [...running.values()],
    restore: () => void Object.assign(globalThis, { setTimeout, clearTimeout }),
  };
}
