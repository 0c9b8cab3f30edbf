/**
 * The options of `createClient`.
 * @module
 */
import type { Credentials, CredentialsProvider, Hash, Integrity, MaybePromise, Method } from "../types.ts";
import type { EndpointOptions } from "./endpoint.ts";
import type { RetryOptions } from "./retry.ts";

/** What a `fetch` finds beside the usual members when a body is sent. The platform's own ignores it. */
export interface UploadHook {
  /**
   * To be called with the bytes of the body that were handed to the network so far: with 0 before the `fetch` returns
   * its promise, and then as they go, until that promise settles. So progress moves byte by byte, and slow is not taken for stalled.
   */
  readonly onUpload?: ((sent: number) => void) | undefined;
}

/** A `fetch`, or anything that answers like it. */
export type Fetch = (url: string, init: RequestInit & UploadHook) => Promise<Response>;

/** A request that waits for its signature. */
export interface UnsignedRequest {
  readonly method: Method;
  readonly url: URL;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Query parameters, decoded; `null` is a bare name. */
  readonly query: readonly (readonly [string, string | null])[];
  /** Headers as they will be sent. */
  readonly headers: Headers;
}

/** Signs elsewhere, for instance on the page's backend: returns the headers to add. */
export type Sign = (
  request: UnsignedRequest,
  context: { readonly signal: AbortSignal },
) => MaybePromise<Readonly<Record<string, string>>>;

/** One attempt, as `debug` is told of it; without secrets. */
export interface DebugEvent {
  readonly operation: string;
  readonly method: Method;
  /** The address without its query. */
  readonly url: string;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  readonly status?: number | undefined;
  readonly error?: unknown;
  readonly milliseconds: number;
}

/** Is told of each attempt. */
export type Debug = (event: DebugEvent) => void;

/** Options of `createClient`. */
export interface ClientOptions extends EndpointOptions {
  /** The bucket of calls that name none. */
  readonly bucket?: string | undefined;
  /** Keys, a provider that fetches them, or `"anonymous"`. @default "anonymous" when `sign` is given, else required */
  readonly credentials?: Credentials | CredentialsProvider | "anonymous" | undefined;
  /** Signs requests instead of `credentials`. */
  readonly sign?: Sign | undefined;
  /** @default "v4" */
  readonly signatureVersion?: "v4" | "v1" | undefined;
  /** Headers to sign beside the default ones, such as `host`; V4 only. @default [] */
  readonly additionalHeaders?: readonly string[] | undefined;
  /** The signing hash. @default WebCrypto; `node:crypto` on servers; `@noble/hashes`, loaded on demand, where both are missing */
  readonly hash?: Hash | undefined;
  /** @default globalThis.fetch */
  readonly fetch?: Fetch | undefined;
  /** The local clock, milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
  readonly retry?: RetryOptions | undefined;
  /** Milliseconds for a whole call, retries included; streams that a call returns are not limited. @default no limit */
  readonly timeout?: number | undefined;
  /**
   * Milliseconds without a byte, up or down, before an attempt is given up. Where the runtime does not show how much
   * of a body was sent, the wait for the answer is longer by the time the body takes at 16 kB/s. @default 60_000
   */
  readonly stallTimeout?: number | undefined;
  /** How bytes are checked. @default "crc64" */
  readonly integrity?: Integrity | undefined;
  /** Middleware around the signed request, outermost first: each takes a `fetch` and returns one. @default [] */
  readonly use?: readonly ((next: Fetch) => Fetch)[] | undefined;
  /** Is told of what is survivable but should be mended, each message once. @default console.warn */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** Is told of each attempt. */
  readonly debug?: Debug | undefined;
}
