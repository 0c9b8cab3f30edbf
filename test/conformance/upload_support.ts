/** A service, a client, and a wire between them that tests may tap, cut and corrupt. */
import { createClient } from "../../src/core/create_client.ts";
import type { ClientOptions } from "../../src/core/options.ts";
import { getObject } from "../../src/operations/object/get.ts";
import { listMultipartUploads } from "../../src/operations/object/list_multipart.ts";
import { createTestOSS, type TestOSS } from "../../src/testing/create_test_oss.ts";
import type { TestOSSOptions } from "../../src/testing/options.ts";
import type { Client } from "../../src/types.ts";
import { confideKeys, confideRequest } from "./support/watched_stores.ts";

export type Kind = "put" | "initiate" | "part" | "complete" | "abort" | "list" | "head" | "other";

/** A request as the wire sees it. */
export interface Seen {
  readonly kind: Kind;
  /** The object's. */
  readonly key: string;
  /** Its position among all requests, from 0. */
  readonly index: number;
  readonly part: number;
  readonly headers: Headers;
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
  readonly signal: AbortSignal | null | undefined;
}

export interface World {
  readonly oss: TestOSS;
  readonly client: Client;
  readonly requests: Seen[];
  readonly warnings: string[];
  /** Requests whose answer is awaited, now and at most. */
  inFlight: number;
  mostInFlight: number;
  /** What happens to a request; by default it is forwarded. */
  onRequest: (seen: Seen, forward: (body?: Uint8Array<ArrayBuffer>) => Promise<Response>) => Promise<Response>;
  kinds(): Partial<Record<Kind, number>>;
  /** Keys of multipart uploads that are open at the service. */
  open(): Promise<string[]>;
  read(key: string): Promise<Uint8Array>;
}

export const BUCKET = "uploads";
export const PART = 100 * 1024;

export function createWorld(
  options: Partial<ClientOptions> = {},
  service: TestOSSOptions = {},
  oss: TestOSS = createTestOSS({ buckets: [BUCKET], ...service }),
): World {
  const common: ClientOptions = {
    region: "cn-hangzhou",
    bucket: BUCKET,
    credentials: oss.credentials,
    fetch: oss.fetch,
  };
  const quiet = createClient(common);
  for (const keys of [oss.credentials, options.credentials]) if (typeof keys === "object") confideKeys(keys);
  const world: World = {
    oss,
    client: createClient({
      ...common,
      retry: { base: 1, max: 2 },
      onWarning: (message) => world.warnings.push(message),
      ...options,
      use: [...(options.use ?? []), tap],
    }),
    requests: [],
    warnings: [],
    inFlight: 0,
    mostInFlight: 0,
    onRequest: (_, forward) => forward(),
    kinds() {
      const counts: Partial<Record<Kind, number>> = {};
      for (const { kind } of world.requests) counts[kind] = (counts[kind] ?? 0) + 1;
      return counts;
    },
    async open() {
      return (await listMultipartUploads(quiet, {})).uploads.map((upload) => upload.key);
    },
    async read(key) {
      return new Uint8Array(await (await getObject(quiet, { key })).arrayBuffer());
    },
  };

  function tap(next: (url: string, init: RequestInit) => Promise<Response>): typeof next {
    return async (address, init) => {
      const { searchParams: query, pathname } = new URL(address);
      const body = new Uint8Array(await new Response(init.body ?? null).arrayBuffer());
      // What is aborted before it has left is not seen by a server.
      init.signal?.throwIfAborted();
      const seen: Seen = {
        kind: kindOf(init.method ?? "GET", query),
        key: decodeURIComponent(pathname.slice(1)),
        index: world.requests.length,
        part: Number(query.get("partNumber")),
        headers: new Headers(init.headers),
        query,
        body,
        signal: init.signal,
      };
      world.requests.push(seen);
      confideRequest(query, seen.headers);
      world.inFlight += 1;
      world.mostInFlight = Math.max(world.mostInFlight, world.inFlight);
      try {
        const forward = (changed = body): Promise<Response> =>
          next(address, { ...init, body: init.body == null ? null : changed });
        return await untilAborted(world.onRequest(seen, forward), init.signal);
      } finally {
        world.inFlight -= 1;
      }
    };
  }
  return world;
}

function kindOf(method: string, query: URLSearchParams): Kind {
  if (query.has("uploads")) return method === "POST" ? "initiate" : "other";
  if (query.has("partNumber")) return "part";
  if (query.has("uploadId")) return method === "POST" ? "complete" : method === "DELETE" ? "abort" : "list";
  return method === "PUT" ? "put" : method === "HEAD" ? "head" : "other";
}

/** What `fetch` does: it rejects at once, whatever the other side does with what it got. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal?.reason);
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal?.removeEventListener("abort", stop));
  });
}

/** The answer without some headers, as a page sees it that they are not exposed to. */
export function hide(response: Response, ...names: string[]): Response {
  const headers = new Headers(response.headers);
  for (const name of names) headers.delete(name);
  return new Response(response.body, { status: response.status, headers });
}

/** An error answer of the service. */
export function refuse(status: number, code: string): Response {
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}.</Message></Error>`,
    {
      status,
      headers: { "content-type": "application/xml" },
    },
  );
}
