/**
 * Bodies that are more than a few bytes: Blobs, forms, streams and sources. Loaded when the first one is sent.
 * @module
 */
import { kindOf } from "../codec/kind.ts";
import { toBytes } from "../streams/bytes.ts";
import { streamOfIterable } from "../streams/iterable.ts";
import { announcedLength, isHandle, isIterable, isOpener, isResponse, isSource, isStream } from "../streams/kinds.ts";
import { isSpent, refuseFailed, refuseRead } from "../streams/spent.ts";
import type { Bytes, CallOptions, MaybePromise } from "../types.ts";
import type { Addressed } from "./address.ts";
import { blobBody, formBody, isBlob, isForm } from "./blob_body.ts";
import type { bytesBody } from "./bytes_body.ts";
import type { SendableBody, Unfollowed } from "./call.ts";
import { bytesFeed, type Feed, sourceFeed, streamFeed } from "./feed.ts";
import { keepsBodies, sendsStreams, sendsViews } from "./runtime_streams.ts";
import { readAll, streamBody } from "./stream_body.ts";
import { checkInteger } from "./validate.ts";
import { isWatched, watchSendable } from "./watch_sendable.ts";

const MAX_BUFFER = 16 << 20;

function checkLength(told: number | undefined, size: number | undefined): void {
  if (told !== undefined && size !== undefined && told !== size)
    throw new RangeError(`contentLength must be the body's ${size} bytes or left out, got ${told}`);
}

/** What a body of unknown kind is fed from. */
async function openFeed(body: unknown, length: number | undefined): Promise<{ feed: Feed; type?: string | undefined }> {
  if (isSource(body) || isOpener(body)) {
    const source = isSource(body) ? body : await body.open();
    try {
      checkLength(length, source.size);
    } catch (error) {
      source.close(error);
      throw error;
    }
    return { feed: sourceFeed(source, source.size ?? length), type: source.type };
  }
  if (isIterable(body) && !isStream(body)) {
    refuseRead(body);
    return { feed: streamFeed(streamOfIterable(body), length) };
  }
  let stream: ReadableStream<Uint8Array> | null = null;
  let size = length;
  let type: string | undefined;
  if (isResponse(body)) {
    size ??= announcedLength(body);
    type = body.headers.get("content-type") ?? "";
    refuseFailed(body);
    stream = body.body;
    if (!stream && !body.bodyUsed) stream = new Blob().stream();
  } else if (isStream(body)) stream = body;
  else {
    throw new TypeError(
      `body must be text, a buffer, a Blob, a stream, an iterable of bytes, a Response or a source, got ${kindOf(body)}`,
    );
  }
  if (!stream || isSpent(stream)) throw new TypeError("body is a stream that was read already or is locked");
  return { feed: streamFeed(stream, size), type };
}

/**
 * Makes any body sendable.
 * @param target the request, with the length of a stream where the caller knows it
 * @param options of the call
 * @param signal stops the reading of a stream into memory
 * @param direct does the runtime's own `fetch` send it?
 * @param whole makes bytes a body; a bundler would move what this chunk imported to what every page loads first
 * @returns the body, to be opened once for each attempt
 * @throws TypeError when it is nothing that can be sent
 * @throws RangeError when `length` is none, or a stream must be kept in memory and is longer than `maxBuffer`
 */
export function prepareSource(
  target: Addressed,
  options: CallOptions,
  signal: AbortSignal | undefined,
  direct: boolean,
  whole: typeof bytesBody,
): MaybePromise<SendableBody> {
  const { method, operation, body } = target.request;
  const bytes = toBytes(body);
  if (!bytes) return prepareOther(target, options, signal, direct, whole);
  if (direct && sendsViews(bytes.length, operation)) return streamBody(bytesFeed(bytes));
  return direct && method === "PUT" && keepsBodies() ? unfollowed(bytes, whole) : whole(bytes);
}

/** Bytes that fail where they are redirected, and tell where to when they are sent again. */
function unfollowed(bytes: Bytes, whole: typeof bytesBody): SendableBody {
  let extra: Unfollowed | undefined = { redirect: "error", window: null };
  return {
    length: bytes.length,
    open(...how) {
      const opened = whole(bytes, extra).open(...how);
      extra = undefined;
      return opened;
    },
  };
}

/** Makes a body sendable that is not bytes. */
async function prepareOther(
  target: Addressed,
  options: CallOptions,
  signal: AbortSignal | undefined,
  direct: boolean,
  whole: typeof bytesBody,
): Promise<SendableBody> {
  const { request } = target;
  const length = target.length === undefined ? undefined : Number(target.length);
  if (isWatched(request.body)) {
    const { watched, watcher } = request.body;
    const inner = { ...target, request: { ...request, body: watched } };
    return watchSendable(await prepareSource(inner, options, signal, direct, whole), watcher);
  }
  if (length !== undefined) checkInteger("contentLength", length, 0);
  const body = isHandle(request.body) ? await request.body.getFile() : request.body;
  if (isBlob(body)) {
    checkLength(length, body.size);
    return blobBody(body);
  }
  if (isForm(body)) return formBody(body);
  const { feed, type } = await openFeed(body, length);
  if (feed.size !== 0 && sendsStreams(feed.size)) return streamBody(feed, type);
  return blobBody(await readAll(feed, options.maxBuffer ?? MAX_BUFFER, signal), type);
}
