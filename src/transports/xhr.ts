/**
 * `oss-fetch/xhr`: a `fetch` on XMLHttpRequest, which alone tells a page how many bytes of an upload have left.
 * @module
 */
import { platformFetch } from "../core/create_client.ts";
import type { Fetch, UploadHook } from "../core/options.ts";

/** Options of `xhrFetch`. */
export interface XhrFetchOptions {
  /** Sends what nobody counts: requests without a body, small bodies, streams. @default globalThis.fetch */
  readonly fetch?: Fetch | undefined;
}

/** What is used of XMLHttpRequest, which not every runtime has a type for. */
interface XhrLike {
  responseType: string;
  withCredentials: boolean;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  readonly upload: {
    onprogress:
      | ((event: { readonly loaded: number; readonly total: number; readonly timeStamp: number }) => void)
      | null;
  };
  readonly status: number;
  readonly statusText: string;
  readonly responseURL: string;
  readonly response: unknown;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getAllResponseHeaders(): string;
  send(body: unknown): void;
  abort(): void;
}

/** Bytes; a smaller body leaves at once, so that there is nothing to count. */
const LEAST = 65_536;
/** Milliseconds between two reports; some browsers tell of every 8 KiB. */
const PACE = 50;

/** Is there something to count? A stream would be sent as the text `[object ReadableStream]`. */
function isCountable(body: unknown): boolean {
  // A form has no length that a script could know.
  if (Object.prototype.toString.call(body) === "[object FormData]") return true;
  const { size, byteLength, length } = Object(body);
  return !("getReader" in Object(body)) && (size ?? byteLength ?? length) >= LEAST;
}

/** The headers of an answer, as far as a page may see them. */
function headersOf(xhr: XhrLike): Headers {
  const headers = new Headers();
  for (const line of xhr.getAllResponseHeaders().split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}

function responseOf(xhr: XhrLike, url: string): Response {
  const { status, statusText, responseURL } = xhr;
  // It cannot be kept from following; what it followed is no answer to this request, as with `redirect: "manual"`.
  if (responseURL && responseURL !== new URL(url).href.replace(/#.*/, "")) return Response.error();
  const bytes = xhr.response as ArrayBuffer | null;
  const empty = [204, 205, 304].includes(status) || !bytes?.byteLength;
  const response = new Response(empty ? null : bytes, { status, statusText, headers: headersOf(xhr) });
  return Object.defineProperty(response, "url", { value: responseURL });
}

function send(
  Xhr: new () => XhrLike,
  url: string,
  init: RequestInit,
  onUpload: NonNullable<UploadHook["onUpload"]>,
): Promise<Response> {
  const { method = "GET", headers, body, signal, credentials } = init;
  return new Promise<Response>((resolve, reject) => {
    signal?.throwIfAborted();
    const xhr = new Xhr();
    let over = false;
    const abort = (): void => {
      end();
      reject(signal?.reason);
      xhr.abort();
    };
    const end = (): void => {
      over = true;
      signal?.removeEventListener("abort", abort);
    };
    xhr.open(method, url);
    xhr.responseType = "arraybuffer";
    xhr.withCredentials = credentials === "include";
    for (const [name, value] of new Headers(headers)) xhr.setRequestHeader(name, value);
    xhr.onload = () => {
      end();
      try {
        resolve(responseOf(xhr, url));
      } catch (error) {
        reject(error);
      }
    };
    // A browser does not say why.
    xhr.onerror = xhr.onabort = () => {
      if (over) return;
      end();
      reject(new TypeError("XMLHttpRequest got no answer"));
    };
    let told = Number.NEGATIVE_INFINITY;
    // Because of this listener a cross-origin request is preflighted; a signed one is anyway.
    xhr.upload.onprogress = ({ loaded, total, timeStamp }) => {
      if (over || (timeStamp - told < PACE && loaded < total)) return;
      told = timeStamp;
      // WebKit sends a request again itself where a connection broke, and counts on.
      onUpload(Math.min(loaded, total || loaded));
    };
    signal?.addEventListener("abort", abort);
    xhr.send(body);
    onUpload(0);
  });
}

/**
 * Makes a `fetch` that tells how many bytes of an upload have left, for pages and dedicated workers.
 *
 * `upload` then moves `loaded` byte by byte, and an upload that is slow is not taken for one that stands still. Bytes
 * count when they are handed to the system, which may be ahead of the wire: `acknowledged` tells what has arrived.
 * All that nobody counts goes through the platform's `fetch`, downloads among it, which stream.
 *
 * A page whose requests a service worker answers is told of no bytes, and goes on as with `fetch`.
 *
 * @param options where everything else goes
 * @returns a `fetch` for `createClient`
 * @throws TypeError where there is no XMLHttpRequest: in service workers and servers
 * @example
 * ```ts
 * import { createClient, putObject } from "oss-fetch";
 * import { xhrFetch } from "oss-fetch/xhr";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const fetch = "XMLHttpRequest" in globalThis ? xhrFetch() : oss.fetch; // in a page: createClient({ fetch: xhrFetch() })
 * const client = createClient({ ...oss.clientOptions, bucket: "photos", fetch });
 * console.log(typeof client.send, typeof putObject);
 * ```
 * @see https://developer.mozilla.org/en-US/docs/Web/API/XMLHttpRequest/upload
 */
export function xhrFetch(options: XhrFetchOptions = {}): Fetch {
  const { XMLHttpRequest: Xhr } = globalThis as { XMLHttpRequest?: new () => XhrLike };
  if (!Xhr)
    throw new TypeError("xhrFetch needs XMLHttpRequest, which service workers and servers lack: use fetch there");
  const { fetch = platformFetch } = options;
  return async (url, init) =>
    init.onUpload && isCountable(init.body) ? send(Xhr, url, init, init.onUpload) : fetch(url, init);
}
