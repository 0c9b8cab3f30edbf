/**
 * Cuts a stream into parts: its chunks are gathered in one buffer a part, copied once.
 * @module
 */
import { SourceChangedError } from "../errors.ts";
import type { Bytes } from "../types.ts";
import { createBuffers } from "./buffers.ts";
import { toBytes } from "./bytes.ts";

/** A stream that is read in parts. */
export interface Chunker {
  /**
   * Reads the next bytes; calls may overlap and are served in their order.
   * @param length how many
   * @returns that many bytes, fewer only where the stream ends, none when it has ended
   * @throws SourceChangedError when the stream is shorter or longer than announced
   * @throws TypeError when it carries something else than bytes
   */
  next(length: number): Promise<Bytes>;
  /** Takes back the memory of a part that nobody looks at any more. */
  recycle(part: Bytes): void;
  /** Cancels what was not read and gives the stream's lock back. */
  close(reason?: unknown): void;
}

/**
 * Locks a stream to read it in parts of any length, whatever the length of its chunks.
 * @param stream a stream of bytes
 * @param size its length in bytes, where it is known: it is checked
 * @throws TypeError when the stream is locked already
 */
export function createChunker(stream: ReadableStream<Uint8Array>, size?: number): Chunker {
  const reader = stream.getReader();
  const { take: allocate, recycle } = createBuffers();
  let rest: Bytes = new Uint8Array();
  let position = 0;
  let over = false;
  let last: Promise<unknown> = Promise.resolve();

  /** Has the stream another byte? It is then in `rest`. */
  const more = async (): Promise<boolean> => {
    while (rest.length === 0 && !over) {
      const { done, value } = await reader.read();
      if (done) {
        over = true;
        break;
      }
      const bytes = typeof value === "string" ? undefined : toBytes(value);
      if (!bytes) throw new TypeError(`Cannot read a ${typeof value} from the stream: its chunks must be Uint8Array`);
      rest = bytes;
    }
    return rest.length > 0;
  };

  const take = async (wanted: number): Promise<Bytes> => {
    const length = Math.min(wanted, size === undefined ? wanted : size - position);
    // Nothing is allocated before there is a byte to keep.
    const part = length > 0 && (await more()) ? allocate(length) : new Uint8Array();
    let filled = 0;
    while (filled < part.length && (await more())) {
      const piece = rest.subarray(0, part.length - filled);
      part.set(piece, filled);
      filled += piece.length;
      rest = rest.subarray(piece.length);
    }
    position += filled;
    if (size !== undefined && (filled < length || (position === size && (await more())))) {
      const fault = filled < length ? `ended after ${position} of` : "went on after";
      throw new SourceChangedError(`Cannot read the stream: it ${fault} ${size} bytes`);
    }
    return part.subarray(0, filled);
  };

  return {
    next(length) {
      const part = last.then(() => take(length));
      last = part;
      return part;
    },
    recycle,
    close(reason) {
      // An ended or broken stream refuses to be cancelled; there is nothing left to stop then.
      if (!over) reader.cancel(reason).catch(() => undefined);
      over = true;
      reader.releaseLock();
    },
  };
}
