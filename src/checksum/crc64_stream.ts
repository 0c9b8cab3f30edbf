/**
 * Streams that are summed as they pass.
 * @module
 */
import { createCrc64 } from "./crc64.ts";

/** A pass-through stream: hand it to `pipeThrough`. */
export interface Crc64Stream {
  /** Takes `Uint8Array` chunks. */
  readonly writable: WritableStream<Uint8Array>;
  /** Gives the same chunks. */
  readonly readable: ReadableStream<Uint8Array>;
  /** Bytes that have passed so far. */
  readonly length: number;
  /** The CRC-64 of the bytes that have passed so far, unsigned: of all once the stream has ended. */
  digest(): bigint;
}

/**
 * Makes a stream that passes bytes on unchanged and computes their CRC-64.
 * @param initial CRC-64 of the bytes before; `0n` is that of no bytes
 * @returns the stream, which fails with a TypeError for chunks that are no `Uint8Array`
 * @example
 * ```ts
 * import { createCrc64Stream } from "oss-fetch/crc64";
 * const check = createCrc64Stream();
 * const text = await new Response(new Blob(["123456789"]).stream().pipeThrough(check)).text();
 * console.log(text, check.length, check.digest()); // 123456789 9 11051210869376104954n
 * ```
 */
export function createCrc64Stream(initial?: bigint): Crc64Stream {
  const crc = createCrc64(initial);
  let length = 0;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const kind = Object.prototype.toString.call(chunk);
      if (kind !== "[object Uint8Array]") throw new TypeError(`Chunks must be Uint8Arrays, got ${kind.slice(8, -1)}`);
      crc.update(chunk);
      length += chunk.length;
      controller.enqueue(chunk);
    },
  });
  return {
    readable,
    writable,
    get length() {
      return length;
    },
    digest: () => crc.digest(),
  };
}
