/**
 * Streams, and Responses, as sources. Loaded when the first one is opened.
 * @module
 */
import { createChunker } from "./chunker.ts";
import type { Source } from "./source.ts";
import { isSpent, refuseFailed } from "./spent.ts";

/**
 * Opens a stream, or the body of a Response.
 * @param body what the caller gave
 * @param contentLength its length in bytes, when the caller knows
 * @returns the source; nothing for a Response without a body
 * @throws TypeError when the body is neither, or was read already
 */
export function openStream(body: unknown, contentLength: number | undefined): Source | undefined {
  if (isStream(body)) {
    if (isSpent(body)) throw new TypeError("body must be an unread stream, got one that was read already or is locked");
    return { size: contentLength, type: undefined, ...createChunker(body, contentLength) };
  }
  if (!isResponse(body)) {
    const kind = Object.prototype.toString.call(body);
    throw new TypeError(`body must be text, a buffer, a Blob, a stream or a Response, got ${kind}`);
  }
  if (body.bodyUsed) throw new TypeError("body must be an unread Response, got one that was read already");
  refuseFailed(body);
  if (!body.body) return undefined;
  const size = contentLength ?? lengthOf(body);
  return { size, type: body.headers.get("content-type") ?? undefined, ...createChunker(body.body, size) };
}

/** The length of a Response's body, where the header counts the bytes that will be read. */
function lengthOf({ type, headers }: Response): number | undefined {
  // A browser decompresses, and across origins it hides the Content-Encoding that would tell.
  if (type === "cors" || headers.has("content-encoding")) return undefined;
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
}

// Told by their shape: `instanceof` fails for what another realm or a polyfill made.
function isStream(body: unknown): body is ReadableStream<Uint8Array> {
  return typeof body === "object" && body !== null && "getReader" in body;
}
function isResponse(body: unknown): body is Response {
  return typeof body === "object" && body !== null && "bodyUsed" in body && "headers" in body;
}
