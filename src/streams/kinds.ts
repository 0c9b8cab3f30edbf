/**
 * Tells bodies apart by their shape: `instanceof` fails for what another realm or a polyfill made.
 * @module
 */
import type { ByteIterable, FileHandle, Source, SourceOpener } from "../types.ts";

function has(body: unknown, ...names: readonly PropertyKey[]): boolean {
  return typeof body === "object" && body !== null && names.every((name) => name in body);
}

/** A stream, which may be an iterable as well. */
export function isStream(body: unknown): body is ReadableStream<Uint8Array> {
  return has(body, "getReader");
}

/** A Response. */
export function isResponse(body: unknown): body is Response {
  return has(body, "bodyUsed", "headers");
}

/** An asynchronous iterable: a generator, a Node Readable. */
export function isIterable(body: unknown): body is ByteIterable {
  return has(body, Symbol.asyncIterator);
}

/** A source that is open. */
export function isSource(body: unknown): body is Source {
  return has(body, "size", "next", "close");
}

/** What opens as a source. Streams of files in Node have a method of that name as well. */
export function isOpener(body: unknown): body is SourceOpener {
  return !isIterable(body) && typeof (body as Partial<SourceOpener> | undefined | null)?.open === "function";
}

/** A `FileSystemFileHandle`. */
export function isHandle(body: unknown): body is FileHandle {
  return has(body, "getFile");
}

/**
 * The length of a Response's body, where the header counts the bytes that will be read.
 * @param response unread
 */
export function announcedLength({ type, headers }: Response): number | undefined {
  // A browser decompresses, and across origins it hides the Content-Encoding that would tell.
  if (type === "cors" || headers.has("content-encoding")) return undefined;
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
}
