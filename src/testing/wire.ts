/**
 * Requests and answers as they are on the wire, the same for a socket and for an in-process fetch.
 * @module
 */
import type { Bytes } from "../types.ts";

/** One header line: name as written, value with one character for each byte. */
export type HeaderLine = readonly [name: string, value: string];

/** A request, before anything was made of it. */
export interface Incoming {
  readonly method: string;
  /** Path and query exactly as sent: `/a%20b?acl`. */
  readonly target: string;
  readonly headers: readonly HeaderLine[];
  readonly body: ReadableStream<Uint8Array> | null;
  /** Aborts when the client goes away. */
  readonly signal?: AbortSignal | undefined;
}

/** An answer: streamed, whole, or without a body. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Bytes | ReadableStream<Bytes> | undefined;
}

/** What a route answers: status 200 and no headers unless it says otherwise; text is an XML document. */
export interface RouteAnswer {
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: string | Bytes | ReadableStream<Bytes> | undefined;
}

/**
 * The connection broke, or a fault asks for that: a socket is destroyed, an in-process fetch rejects as fetch does.
 * @example
 * ```ts
 * import { ConnectionLost, createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS();
 * oss.faults.add({ kind: "reset" });
 * await oss.handle(new Request("http://localhost/")).catch((error) => console.log(error instanceof ConnectionLost));
 * ```
 */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost" as const;
  /** @param cause what broke it, when it was the client */
  constructor(cause?: unknown) {
    super("The connection was lost", { cause });
  }
}

/** Headers of one request by lower-case name; repeated ones are joined by commas. */
export type HeaderMap = ReadonlyMap<string, string>;

/**
 * Gathers header lines.
 * @param lines as on the wire
 */
export function headerMap(lines: readonly HeaderLine[]): HeaderMap {
  const map = new Map<string, string>();
  for (const [name, value] of lines) {
    const lower = name.toLowerCase();
    const known = map.get(lower);
    map.set(lower, known === undefined ? value.trim() : `${known},${value.trim()}`);
  }
  return map;
}
