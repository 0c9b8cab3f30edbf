/**
 * What a streamed body is fed from: bytes, a stream, or a source.
 * @module
 */
import { kindOf } from "../codec/kind.ts";
import { toBytes } from "../streams/bytes.ts";
import type { Bytes, MaybePromise, Source } from "../types.ts";
import { gather } from "./gather.ts";
import { mindsSmallChunks } from "./runtime_streams.ts";

/** The next bytes, in pieces of any length; `undefined` at the end. */
export type Next = () => MaybePromise<Bytes | undefined>;

/** Bytes that leave piece by piece. */
export interface Feed {
  /** How many there are, where that is known. */
  readonly size: number | undefined;
  /** Can they be had again from the front? */
  readonly again: boolean;
  /** Begins at the front; what cannot be had again goes on where it stands. */
  start(): Next;
  /** Stops reading and lets go of what is held. */
  close(reason?: unknown): void;
}

/** Pieces of this length cost runtimes least: below, each turn of their loops counts, above, memory and patience. */
const PIECE = 1 << 20;

/**
 * Feeds from memory, in views: `fetch` copies a buffer as a whole, and more than once.
 * @param bytes all of them
 */
export function bytesFeed(bytes: Bytes): Feed {
  return {
    size: bytes.length,
    again: true,
    start() {
      let position = 0;
      return () => {
        const start = position;
        position += PIECE;
        return start < bytes.length ? bytes.subarray(start, position) : undefined;
      };
    },
    close() {},
  };
}

/**
 * Feeds from a stream.
 * @param stream unread
 * @param size its length in bytes, where the caller knows
 */
export function streamFeed(stream: ReadableStream<Uint8Array>, size: number | undefined): Feed {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return {
    size,
    again: false,
    start() {
      const next = async (): Promise<Bytes | undefined> => {
        reader ??= stream.getReader();
        const { done, value } = await reader.read();
        return done ? undefined : checked(value);
      };
      return mindsSmallChunks() ? gather(next) : next;
    },
    close(reason) {
      (reader ?? stream).cancel(reason).catch(() => undefined);
    },
  };
}

/**
 * Feeds from a source.
 * @param source open; closed with the feed
 * @param size its length in bytes, where it or the caller knows
 */
export function sourceFeed(source: Source, size: number | undefined): Feed {
  const again = source.read !== undefined && source.size !== undefined;
  return {
    size,
    again,
    start() {
      let position = 0;
      return async () => {
        const start = position;
        position = Math.min(size ?? Number.POSITIVE_INFINITY, start + PIECE);
        const piece = again ? await source.read?.(start, position) : await source.next(PIECE);
        return piece?.length ? piece : undefined;
      };
    },
    close: (reason) => source.close(reason),
  };
}

function checked(chunk: unknown): Bytes {
  const bytes = Object.prototype.toString.call(chunk) === "[object Uint8Array]" ? toBytes(chunk) : undefined;
  if (bytes) return bytes;
  throw new TypeError(`body streams must give Uint8Array chunks, got ${kindOf(chunk)}`);
}
