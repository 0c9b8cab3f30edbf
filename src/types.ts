/**
 * The types that every layer shares: bytes, credentials, requests, call options and the client itself.
 * @module
 */

/** Bytes backed by an ordinary `ArrayBuffer` (never shared memory), as `fetch` and WebCrypto want them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A value, or a promise of it: what a port may answer when it can be synchronous. */
export type MaybePromise<T> = T | Promise<T>;

/** One of the known strings, or one that the service adds later. */
export type OpenEnum<T extends string> = T | (string & Record<never, never>);

/** The HTTP methods that OSS answers. */
export type Method = "GET" | "PUT" | "POST" | "DELETE" | "HEAD" | "OPTIONS";

/** Who may read and write a bucket. */
export type BucketAcl = "private" | "public-read" | "public-read-write";

/** Who may read and write an object; `default` inherits from the bucket. */
export type ObjectAcl = BucketAcl | "default";

/** Storage classes, from hot to frozen. */
export type StorageClass = "Standard" | "IA" | "Archive" | "ColdArchive" | "DeepColdArchive";

/**
 * Bytes to be sent, seen as a port: read from front to back in parts of any length, or any range where they can be
 * read again.
 */
export interface Source {
  /** Length in bytes; `undefined` when only the end will tell. */
  readonly size: number | undefined;
  /** The media type that the body itself names. */
  readonly type: string | undefined;
  /** The name of the file, without folders. */
  readonly name?: string | undefined;
  /** When the file was last changed, in milliseconds since 1970. */
  readonly lastModified?: number | undefined;
  /** Reads any range, as often as wanted; only sources that can be read again have it. */
  readonly read?: ((start: number, end: number) => Promise<Bytes>) | undefined;
  /**
   * Gives a range unread, as a Blob that `fetch` takes; only what the platform itself reads has it. Nothing when that
   * is shorter than asked for: to read it tells why.
   */
  readonly slice?: ((start: number, end: number) => Blob | undefined) | undefined;
  /**
   * Reads the next bytes; calls may overlap, each gets what follows the one before.
   * @param length how many
   * @returns that many bytes, fewer only at the end, none after it
   * @throws SourceChangedError when the source is no longer what it was, or not as long as announced
   */
  next(length: number): Promise<Bytes>;
  /** Takes back bytes that were read and that nobody looks at any more: their memory will hold others. */
  readonly recycle?: ((part: Bytes) => void) | undefined;
  /** Stops reading and releases what is held; safe to call at any time. */
  close(reason?: unknown): void;
}

/** What opens as a `Source` whenever it is used, and holds nothing before: `fileSource` of `oss-fetch/node` makes one. */
export interface SourceOpener {
  /** Opens it; whoever calls this closes what it returns. */
  open(): MaybePromise<Source>;
}

/** A file that a page was given a handle of: `FileSystemFileHandle`. */
export interface FileHandle {
  getFile(): Promise<Blob>;
}

/** Bytes as an iterable gives them. */
export type ByteIterable = AsyncIterable<ArrayBuffer | ArrayBufferView>;

/**
 * What can be sent as a body.
 *
 * Strings travel as UTF-8. A `ReadableStream`, an iterable (a Node Readable is one) or a `Response` is read once, so a
 * request with such a body is repeated only while nothing of it was read; all others can be sent again.
 */
export type Body =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | Blob
  | ReadableStream<Uint8Array>
  | Response
  | FormData
  | ByteIterable
  | FileHandle
  | Source
  | SourceOpener;

/** What can be the bytes of an object: a form is a body of PostObject alone. */
export type ObjectBody = Exclude<Body, FormData>;

/** Access keys, permanent or temporary (STS). */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** The STS token; its presence makes the keys temporary. */
  readonly securityToken?: string | undefined;
  /** When temporary keys end: a `Date`, an ISO-8601 text, or milliseconds since 1970. */
  readonly expiration?: Date | string | number | undefined;
}

/** The raw answer of STS AssumeRole, bare or under `Credentials`, as backends often pass it through. */
export interface StsAnswer {
  readonly AccessKeyId: string;
  readonly AccessKeySecret: string;
  readonly SecurityToken?: string | undefined;
  readonly Expiration?: string | undefined;
}

/** What a credentials provider may return. */
export type ProvidedCredentials = Credentials | StsAnswer | { readonly Credentials: StsAnswer };

/**
 * Fetches credentials, for instance from the page's own backend.
 *
 * It is called ahead of expiry, by one caller at a time; `signal` belongs to that shared refresh and
 * aborts when nobody waits for it any more.
 */
export type CredentialsProvider = (context: { readonly signal: AbortSignal }) => MaybePromise<ProvidedCredentials>;

/** Query parameters, decoded; `null` is a bare name (`?acl`), `undefined` is left out. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One request to OSS, before it is addressed, signed and sent. */
export interface OSSRequest {
  readonly method: Method;
  /** The bucket; the client's own when left out, none (a service call such as ListBuckets) when `null`. */
  readonly bucket?: string | null | undefined;
  /** The object key; leave it out for a bucket call. An empty or `undefined` key is refused. */
  readonly key?: string;
  readonly query?: Query | undefined;
  /** Extra headers; names are case-insensitive, `undefined` is left out. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: Body | undefined;
  /** OSS's name of the call, for messages: `PutObject`. */
  readonly operation?: string | undefined;
  /** May it be sent twice? By default everything but POST may. */
  readonly idempotent?: boolean | undefined;
  /** Statuses outside 200-299 that are answers, not errors (304 for conditional reads). */
  readonly accept?: readonly number[] | undefined;
  /** Send `Content-MD5` of the body, which must be text or bytes (DeleteMultipleObjects wants it). */
  readonly contentMd5?: boolean | undefined;
  /** The answer carries the CRC-64 of `before` + the body: compare it. Left out, nothing is compared. */
  readonly crc64?: BodyChecksum | undefined;
}

/** What is known of a body's CRC-64 before it is sent. */
export interface BodyChecksum {
  /** CRC-64 of what the object holds already (append). @default 0n */
  readonly before?: bigint | undefined;
  /** CRC-64 of the body, when the caller computed it while reading. @default computed while sending */
  readonly body?: bigint | undefined;
}

/** How bytes are checked: by the service's CRC-64, or not at all. */
export type Integrity = "crc64" | "none";

/** Options of every call: none of them goes on the wire. */
export interface CallOptions {
  /** Stops the call and its in-flight request; its reason is rethrown untouched. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call, retries included. @default the client's `timeout` */
  readonly timeout?: number | undefined;
  /** Milliseconds without a byte, up or down, before an attempt is given up. @default the client's `stallTimeout` */
  readonly stallTimeout?: number | undefined;
  /** How the bytes are checked. @default the client's `integrity` */
  readonly integrity?: Integrity | undefined;
  /**
   * Bytes of a stream that may be kept in memory where the runtime cannot send streams (browsers; Workers when the
   * length is unknown). @default 16 MiB
   */
  readonly maxBuffer?: number | undefined;
  /**
   * Milliseconds, from the first failure, for which a request is repeated as long as nobody answers, however many
   * attempts that takes. Where the platform tells that there is no network, neither time nor attempts are counted.
   * @default 2 minutes for a transfer with `checkpoints`, once it has begun, else 0: the client's `retry` says how often
   */
  readonly maxRetryTime?: number | undefined;
  /**
   * Called when a request begins to wait for the network, beyond the pauses of `retry`, and when it goes on. What it
   * throws ends the call.
   */
  readonly onWaiting?: ((waiting: boolean) => void) | undefined;
}

/** What every result carries beside its own fields. */
export interface Result {
  /** The HTTP status. */
  readonly status: number;
  /** `x-oss-request-id`: what Alibaba Cloud's support asks for. Absent where a browser hides it. */
  readonly requestId?: string;
  /** All answer headers (in a browser: the exposed ones). */
  readonly headers: Headers;
}

/** What watches over the body of one answer. */
export interface AnswerWatch {
  /** The call and what it is for, for messages: `GetObject "a.txt"`. */
  readonly title: string;
  /** Stops the attempt: aborted by the caller, or because of silence. */
  readonly signal: AbortSignal;
  /** What is answered. */
  readonly request: OSSRequest;
  /** Are checksums to be compared, if the answer names any? */
  readonly checked: boolean;
  /** Begins to wait for bytes: from now on silence is a stall. */
  begin(): void;
  /** Stops waiting. */
  end(): void;
  /** Turns what broke the body off into the error that the caller sees. */
  fail(cause: unknown, received: number): Promise<unknown>;
  /** Reads the whole body as text, or its first `most` characters. */
  text(this: void, most?: number): Promise<string>;
}

/** Reads an answer inside the call's retries and stall timer. */
export type Reader<T> = (response: Response, watch: AnswerWatch) => MaybePromise<T>;

/** An OSS client: a value that operations, `presign` and the transfers take as their first argument. */
export interface Client {
  /** Signs, sends and, where that is safe, repeats one request; the one door to the network. */
  send(request: OSSRequest, options?: CallOptions): Promise<Response>;
  /** The same, with the answer read inside the retries. */
  send<T>(request: OSSRequest, options: CallOptions | undefined, read: Reader<T>): Promise<T>;
  /** What presigning, policies and transfers need to know. */
  readonly context: ClientContext;
}

/** The resolved set-up of a client, without its secrets. */
export interface ClientContext {
  /** The default bucket. */
  readonly bucket: string | undefined;
  /** The region of the signature, normalised (`cn-hangzhou`). */
  readonly region: string;
  readonly signatureVersion: "v4" | "v1";
  /** Names of headers that are signed beside the default ones (`host`, `range`...). */
  readonly additionalHeaders: readonly string[];
  readonly integrity: Integrity;
  /** The signing hash in use, if one was given to `createClient`. */
  readonly hash: Hash | undefined;
  /** Where a request goes: `bucket` as in {@link OSSRequest}; the address without a query, and its host. */
  url(
    bucket: string | null | undefined,
    key: string | undefined,
  ): { readonly url: string; readonly host: string; readonly bucket: string | undefined };
  /** Current credentials, refreshed when needed; `undefined` for an anonymous client. */
  credentials(signal?: AbortSignal): Promise<Credentials | undefined>;
  /** The service's time in milliseconds: the local clock and the offset learned from skew errors. */
  now(): number;
  /** Reports something survivable, once per message. */
  warn(message: string): void;
}

/** Computes one HMAC with a fixed key. */
export interface Hmac {
  (data: string | Uint8Array): MaybePromise<Bytes>;
  /** The same in hexadecimal digits; where it is there, it is called instead. */
  readonly hex?: (data: string | Uint8Array) => string;
}

/**
 * The signing hash: WebCrypto by default, `hash` of `oss-fetch/hash` where it must be synchronous or where
 * `crypto.subtle` is missing.
 */
export interface Hash {
  /** SHA-256 of UTF-8 text or bytes. */
  sha256(data: string | Uint8Array): MaybePromise<Bytes>;
  /** The same in hexadecimal digits; where it is there, it is called in the place of `sha256`. */
  readonly sha256Hex?: (data: string | Uint8Array) => string;
  /** An HMAC function for one key, which may be kept and used many times. */
  hmac(algorithm: "SHA-1" | "SHA-256", key: string | Uint8Array): MaybePromise<Hmac>;
}

/** A {@link Hash} that answers at once. */
export interface SyncHash extends Hash {
  sha256(data: string | Uint8Array): Bytes;
  hmac(algorithm: "SHA-1" | "SHA-256", key: string | Uint8Array): ((data: string | Uint8Array) => Bytes) & Hmac;
}
