/**
 * Counts who uses each piece: copies and multipart objects share pieces, and a reader may outlive its object.
 * @module
 */
import type { Bytes } from "../types.ts";
import { serviceCrc64 } from "./crc64.ts";
import type { Content, Span } from "./records.ts";
import type { Piece } from "./store.ts";

/** Bytes handed out at a time. */
const CHUNK = 256 * 1024;

/** The use counts of one store's pieces. */
export interface Contents {
  /** Keeps the pieces until {@link Contents.release}. */
  retain(content: Content): void;
  /** Gives the pieces back; those that nobody uses are removed. */
  release(content: Content): Promise<void>;
}

/** Starts counting: every piece begins at zero. */
export function createContents(): Contents {
  const counts = new Map<Piece, number>();
  return {
    retain(content) {
      for (const { piece } of content.spans) counts.set(piece, (counts.get(piece) ?? 0) + 1);
    },
    async release(content) {
      for (const { piece } of content.spans) {
        const count = (counts.get(piece) ?? 0) - 1;
        if (count > 0) counts.set(piece, count);
        else if (counts.delete(piece)) await piece.remove();
      }
    },
  };
}

/** Content without bytes. */
export const EMPTY: Content = { size: 0, spans: [] };

/** One content after the other. */
export function concat(contents: readonly Content[]): Content {
  return contentOf(contents.flatMap((content) => content.spans));
}

/** The content that these spans make. */
export function contentOf(spans: readonly Span[]): Content {
  return { size: spans.reduce((sum, span) => sum + span.size, 0), spans };
}

/**
 * A part of a content, sharing its pieces.
 * @param start first byte
 * @param end byte after the last one
 */
export function slice(content: Content, start: number, end: number): Content {
  const spans: Span[] = [];
  let position = 0;
  for (const span of content.spans) {
    const from = Math.max(start, position);
    const to = Math.min(end, position + span.size);
    if (from < to) spans.push({ piece: span.piece, start: span.start + from - position, size: to - from });
    position += span.size;
  }
  return contentOf(spans);
}

/** Reads at most `length` bytes at `position`; empty only at the end. */
async function readAt(content: Content, position: number, length: number): Promise<Bytes> {
  let begin = 0;
  for (const { piece, start, size } of content.spans) {
    const offset = position - begin;
    if (offset < size) return await piece.read(start + offset, Math.min(length, size - offset));
    begin += size;
  }
  return new Uint8Array(0);
}

function lost(): Error {
  return new Error("Cannot read an object: its store lost bytes");
}

/** Reads a whole content into memory. */
export function readAll(content: Content): Promise<Bytes> {
  return readBytes(content, 0, content.size);
}

/** Computes the CRC-64 of a content, chunk by chunk. */
export async function crcOf(content: Content): Promise<bigint> {
  const crc = serviceCrc64();
  for (let position = 0; position < content.size; ) {
    const chunk = await readAt(content, position, CHUNK);
    if (chunk.length === 0) throw lost();
    crc.update(chunk);
    position += chunk.length;
  }
  return crc.digest();
}

async function readBytes(content: Content, start: number, end: number): Promise<Bytes> {
  const bytes = new Uint8Array(end - start);
  for (let position = start; position < end; ) {
    const chunk = await readAt(content, position, end - position);
    if (chunk.length === 0) throw lost();
    bytes.set(chunk, position - start);
    position += chunk.length;
  }
  return bytes;
}

/** Streams a span, pulled by its reader; the pieces are kept until the stream ends. */
function streamSpan(contents: Contents, content: Content, start: number, end: number): ReadableStream<Bytes> {
  contents.retain(content);
  let position = start;
  let open = true;
  const release = async (): Promise<void> => {
    // A pull may still be under way when the reader cancels.
    if (open) {
      open = false;
      await contents.release(content);
    }
  };
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        try {
          const chunk = await readAt(content, position, Math.min(CHUNK, end - position));
          if (chunk.length === 0) throw lost();
          position += chunk.length;
          if (open) controller.enqueue(chunk);
        } catch (error) {
          await release();
          throw error;
        }
        if (position < end || !open) return;
        controller.close();
        await release();
      },
      cancel: release,
    },
    { highWaterMark: 0 },
  );
}

/**
 * Reads a span of a content: whole when it is short, else as a stream that keeps the pieces until it ends.
 * @param contents the use counts
 * @param content what is read
 * @param start first byte
 * @param end byte after the last one
 */
export async function readSpan(
  contents: Contents,
  content: Content,
  start: number,
  end: number,
): Promise<Bytes | ReadableStream<Bytes>> {
  return end - start > CHUNK ? streamSpan(contents, content, start, end) : readBytes(content, start, end);
}
