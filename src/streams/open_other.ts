/**
 * Streams, iterables, Responses, file handles of a page and sources themselves, as sources. Loaded with the first one.
 * @module
 */
import { kindOf } from "../codec/kind.ts";
import { heldToItsWord } from "./caller_source.ts";
import { createChunker } from "./chunker.ts";
import { openHandle } from "./file_handle_source.ts";
import { streamOfIterable } from "./iterable.ts";
import { announcedLength, isHandle, isIterable, isOpener, isResponse, isSource, isStream } from "./kinds.ts";
import type { Source } from "./source.ts";
import { isSpent, refuseFailed, refuseRead } from "./spent.ts";

/**
 * Opens what is neither text, buffer nor Blob.
 * @param body what the caller gave
 * @param contentLength its length in bytes, when the caller knows
 * @returns the source; nothing for a Response without a body
 * @throws TypeError when the body is none of these, or was read already
 */
export async function openOther(body: unknown, contentLength: number | undefined): Promise<Source | undefined> {
  if (isSource(body)) return heldToItsWord(body);
  if (isOpener(body)) return heldToItsWord(await body.open());
  if (isHandle(body)) return openHandle(body);
  if (isStream(body)) {
    if (isSpent(body)) throw new TypeError("body must be an unread stream, got one that was read already or is locked");
    return { size: contentLength, type: undefined, ...createChunker(body, contentLength) };
  }
  if (isIterable(body)) {
    refuseRead(body);
    return { size: contentLength, type: undefined, ...createChunker(streamOfIterable(body), contentLength) };
  }
  if (!isResponse(body)) {
    throw new TypeError(
      `body must be text, a buffer, a Blob, a stream, an iterable of bytes, a Response or a source, got ${kindOf(body)}`,
    );
  }
  if (body.bodyUsed) throw new TypeError("body must be an unread Response, got one that was read already");
  refuseFailed(body);
  if (!body.body) return undefined;
  const size = contentLength ?? announcedLength(body);
  return { size, type: body.headers.get("content-type") ?? undefined, ...createChunker(body.body, size) };
}
