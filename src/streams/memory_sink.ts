/**
 * Sinks in memory.
 * @module
 */
import type { Bytes } from "../types.ts";
import { createSink } from "./create_sink.ts";
import type { Sink } from "./sink.ts";

/** A sink that keeps the object in memory. */
export interface MemorySink extends Sink {
  /**
   * The object.
   * @returns its bytes, not copied
   * @throws Error before `close` has resolved: nothing unfinished gets out
   */
  bytes(): Bytes;
}

/** A sink that makes a Blob, which browsers may keep on disk. */
export interface BlobSink extends Sink {
  /**
   * The object.
   * @param type its media type
   * @throws Error before `close` has resolved: nothing unfinished gets out
   */
  blob(type?: string): Blob;
}

/**
 * Makes a sink in memory, for objects that fit there.
 * @returns a sink; `bytes()` is the object, once it is there
 * @example
 * ```ts
 * import { memorySink } from "oss-fetch";
 * const sink = memorySink();
 * await sink.write(new Uint8Array([3, 4]), 2); // in any order
 * await sink.write(new Uint8Array([1, 2]), 0);
 * await sink.close();
 * console.log(sink.bytes()); // 1, 2, 3, 4
 * ```
 */
export function memorySink(): MemorySink {
  let space: Bytes = new Uint8Array(0);
  let end = 0;
  let whole: Bytes | undefined;
  const reserve = (length: number): void => {
    const larger = new Uint8Array(length);
    larger.set(space);
    space = larger;
  };
  const sink = createSink(() => ({
    resize(size) {
      reserve(size);
      end = size;
    },
    write(chunk, position) {
      end = Math.max(end, position + chunk.length);
      if (end > space.length) reserve(Math.max(end, space.length * 2));
      space.set(chunk, position);
    },
    publish() {
      whole = space.length === end ? space : space.slice(0, end);
    },
    discard() {
      space = new Uint8Array(0);
    },
  }));
  return { ...sink, bytes: () => finished(whole) };
}

/**
 * Makes a sink that ends as a Blob: in browsers the way to keep what does not fit in memory, and nowhere else.
 * @returns a sink; `blob()` is the object, once it is there
 * @example
 * ```ts
 * import { blobSink } from "oss-fetch";
 * const sink = blobSink();
 * await sink.write(new TextEncoder().encode("hello"), 0);
 * await sink.close();
 * console.log(await sink.blob("text/plain").text()); // hello
 * ```
 */
export function blobSink(): BlobSink {
  const pieces = new Map<number, Blob>();
  let expected: number | undefined;
  let whole: readonly Blob[] | undefined;
  const sink = createSink(() => ({
    resize(size) {
      expected = size;
    },
    write(chunk, position) {
      if (chunk.length > 0) pieces.set(position, new Blob([chunk]));
    },
    publish() {
      const inOrder = [...pieces].sort(([a], [b]) => a - b);
      let end = 0;
      for (const [position, { size }] of inOrder) {
        if (position !== end)
          throw new RangeError(`Cannot make a Blob: ${end} bytes are followed by those at ${position}`);
        end += size;
      }
      if (end !== (expected ?? end)) throw new RangeError(`Cannot make a Blob: it has ${end} of ${expected} bytes`);
      whole = inOrder.map(([, piece]) => piece);
    },
    discard() {
      pieces.clear();
    },
  }));
  return { ...sink, blob: (type = "") => new Blob([...finished(whole)], { type }) };
}

function finished<T>(whole: T | undefined): T {
  if (whole === undefined) throw new Error("Cannot hand out the object: it is not finished");
  return whole;
}
