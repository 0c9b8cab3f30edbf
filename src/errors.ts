/**
 * The errors of oss-fetch: one small tree, each class with a literal `name`.
 * Bad arguments are `TypeError` or `RangeError` and are thrown before any request.
 * @module
 */

/** Query parameters, header values and members of STS answers that must never be read in a message. */
const SECRET: RegExp =
  /((?:x-oss-)?(?:signature|security-?token)|access-?key-?secret|x-oss-credential|OSSAccessKeyId|authorization)(\\?["']?\s*[=:]\s*\\?["']?)(?:OSS\d?\S*\s)?[^\s&"',)]+/gi;

/**
 * Blanks signatures, tokens and keys in a text that may carry a signed URL or header.
 * @param text any message
 * @returns the text with each secret value replaced by `***`
 * @example
 * ```ts
 * import { redact } from "oss-fetch";
 * console.log(redact("GET https://b.example.com/k?x-oss-signature=abc failed"));
 * ```
 */
export function redact(text: string): string {
  return text.replace(SECRET, "$1$2***");
}

/**
 * Copies what is worth keeping of a foreign error: its name, code, redacted message and, so far, its own cause.
 * Never its other properties: runtimes put URLs there.
 */
function redactCause(cause: unknown, levels: number = 4): unknown {
  if (typeof cause === "string") return redact(cause);
  if (isOSSError(cause)) return cause;
  // What is thrown may be anything, an answer with keys in it too.
  if (!(cause instanceof Error)) return typeof cause === "object" ? Object.prototype.toString.call(cause) : cause;
  const copy = new Error(redact(cause.message));
  const { name, code }: { name: string; code?: unknown } = cause;
  // A chain of causes may be a circle.
  return Object.assign(copy, { name }, code !== undefined && { code }, levels && because(cause.cause, levels - 1));
}

/** Attaches a cause that was made safe, where there is one. */
function because(cause: unknown, levels?: number): { cause?: unknown } {
  return cause === undefined ? {} : { cause: redactCause(cause, levels) };
}

/** The base of every error of this library that is not a bad argument. */
export class OSSError extends Error {
  declare readonly name: string;
  /** A stable word for programs: the service's own `<Code>`, or the kind of failure. */
  declare readonly code: string;
  /** Marks our errors across bundles and realms, where `instanceof` fails. */
  readonly isOSSError = true as const;
  /**
   * @param message what was tried, with which value, and what to do; secrets in it are blanked
   * @param name of the class: literal, for minifiers rename classes
   * @param fields of the class
   */
  constructor(message: string, name: string, fields?: object) {
    super(redact(message));
    Object.assign(this, { name, code: name }, fields);
  }
}

/**
 * Tells whether a value is an error of oss-fetch, also one thrown by another bundle or copy of it.
 * @param value anything that was caught
 * @returns whether it is one, whatever copy made it
 * @example
 * ```ts
 * import { isOSSError } from "oss-fetch";
 * console.log(isOSSError(new TypeError("not ours")));
 * ```
 */
export function isOSSError(value: unknown): value is OSSError {
  return "isOSSError" in Object(value);
}

/** What the service said when it refused a request. */
export interface ServiceErrorFields {
  readonly status: number;
  /** The service's `<Code>`, such as `NoSuchKey`. */
  readonly code: string;
  readonly requestId?: string | undefined;
  /** The fine-grained error number, `0026-00000001`. */
  readonly ec?: string | undefined;
  readonly hostId?: string | undefined;
  /** The call that failed: `PutObject`. */
  readonly operation: string;
  readonly headers: Headers;
  /** The service's clock, from skew errors. */
  readonly serverTime?: Date | undefined;
}

/** The service answered with an error. */
export class ServiceError extends OSSError {
  declare readonly name: "ServiceError";
  /** The HTTP status. */
  declare readonly status: number;
  declare readonly requestId: string | undefined;
  /** The fine-grained error number, `0026-00000001`. */
  declare readonly ec: string | undefined;
  declare readonly hostId: string | undefined;
  /** The call that failed: `PutObject`. */
  declare readonly operation: string;
  declare readonly headers: Headers;
  /** The service's clock, from skew errors. */
  declare readonly serverTime: Date | undefined;
  constructor(message: string, fields: ServiceErrorFields) {
    super(message, "ServiceError", fields);
  }
}

/** No answer arrived: refused, reset, cut or hidden by the browser. */
export class NetworkError extends OSSError {
  declare readonly name: "NetworkError";
  declare readonly method: string;
  /** The URL without its query. */
  declare readonly url: string;
  /** How many times it was sent. */
  declare readonly attempts: number;
  constructor(message: string, fields: { method: string; url: string; attempts: number; cause?: unknown }) {
    super(message, "NetworkError", { ...fields, ...because(fields.cause) });
  }
}

/** A time limit ran out. */
export class TimeoutError extends OSSError {
  declare readonly name: "TimeoutError";
  /** Which option set the limit. */
  declare readonly limit: "timeout" | "stallTimeout";
  /** The limit, in milliseconds. */
  declare readonly milliseconds: number;
  constructor(message: string, limit: "timeout" | "stallTimeout", milliseconds: number) {
    super(message, "TimeoutError", { limit, milliseconds });
  }
}

/** The credentials provider failed, or gave keys that are unusable. */
export class CredentialsError extends OSSError {
  declare readonly name: "CredentialsError";
  constructor(message: string, cause?: unknown) {
    super(message, "CredentialsError", because(cause));
  }
}

/** An answer was not what the service sends: a captive portal's page, a truncated document. */
export class DecodeError extends OSSError {
  declare readonly name: "DecodeError";
  constructor(message: string, cause?: unknown) {
    super(message, "DecodeError", because(cause));
  }
}

/** Bytes were altered or lost on the way. */
export class IntegrityError extends OSSError {
  declare readonly name: "IntegrityError";
  /** What was compared. */
  declare readonly check: "crc64" | "crc32" | "length" | "etag";
  declare readonly expected: string;
  declare readonly actual: string;
  constructor(message: string, check: "crc64" | "crc32" | "length" | "etag", expected: string, actual: string) {
    super(message, "IntegrityError", { check, expected, actual });
  }
}

/** The browser hid what is needed; the message names the header to expose in the bucket's CORS rule. */
export class CorsError extends OSSError {
  declare readonly name: "CorsError";
  /** The headers to add to `ExposeHeader`. */
  declare readonly expose: readonly string[];
  constructor(message: string, expose: readonly string[], cause?: unknown) {
    super(message, "CorsError", { expose, ...because(cause) });
  }
}

/** The object was stored, but the service's call of the callback URL failed (status 203). */
export class CallbackError<R = unknown> extends OSSError {
  declare readonly name: "CallbackError";
  /** What the call would have resolved with. */
  declare readonly result: R;
  constructor(message: string, result: R) {
    super(message, "CallbackError", { code: "CallbackFailed", result });
  }
}

/** The file or stream changed, shrank or grew while it was uploaded. */
export class SourceChangedError extends OSSError {
  declare readonly name: "SourceChangedError";
  constructor(message: string, cause?: unknown) {
    super(message, "SourceChangedError", because(cause));
  }
}

/** One object that a job over many objects could not do; a list of them can be given to `deleteObjects` again. */
export interface ObjectFailure {
  readonly key: string;
  readonly versionId?: string | undefined;
  /** Of the file that it was to come from or go to. */
  readonly path?: string | undefined;
  /** Why; absent where the service did not say, or was not asked any more. */
  readonly error?: unknown;
}

/** A transfer stopped; what is needed to look after its remains is attached. */
export class TransferError extends OSSError {
  declare readonly name: "TransferError";
  declare readonly uploadId: string | undefined;
  /** Numbers of the parts that failed. */
  declare readonly failedParts: readonly number[];
  /** The state to go on from, as plain JSON, where the transfer keeps one. */
  declare readonly checkpoint: unknown;
  /** What failed, of a job over many objects. */
  declare readonly failures: readonly ObjectFailure[] | undefined;
  /** What such a job has done before: what it would have resolved with. */
  declare readonly result: unknown;
  constructor(
    message: string,
    fields: {
      uploadId?: string | undefined;
      failedParts?: readonly number[];
      checkpoint?: unknown;
      failures?: readonly ObjectFailure[];
      result?: unknown;
      cause: unknown;
    },
  ) {
    super(message, "TransferError", { failedParts: [], ...fields, ...because(fields.cause) });
  }
}
