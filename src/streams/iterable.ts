/**
 * Iterables of bytes as streams. A Node Readable is one.
 * @module
 */
import { kindOf } from "../codec/kind.ts";
import type { ByteIterable } from "../types.ts";
import { toBytes } from "./bytes.ts";

/**
 * Makes a stream of an iterable; nothing is asked for before the stream is read.
 * @param iterable gives buffers of any kind
 * @returns a stream whose chunks are bytes; it fails with a TypeError when something else comes
 */
export function streamOfIterable(iterable: ByteIterable): ReadableStream<Uint8Array> {
  let iterator: AsyncIterator<unknown> | undefined;
  const leave = async (): Promise<void> => {
    // The iterator of a Node Readable would wait for the next chunk before it lets go, for ever if none comes.
    if ("destroy" in iterable && typeof iterable.destroy === "function") iterable.destroy();
    iterator ??= iterable[Symbol.asyncIterator]();
    await iterator.return?.();
  };
  return new ReadableStream(
    {
      async pull(controller) {
        iterator ??= iterable[Symbol.asyncIterator]();
        const { done, value } = await iterator.next();
        if (done) return controller.close();
        const bytes = typeof value === "string" ? undefined : toBytes(value);
        if (bytes) return controller.enqueue(bytes);
        leave().catch(() => undefined);
        throw new TypeError(`body must give bytes, got ${kindOf(value)} from its iterator (text needs encoding)`);
      },
      // Not awaited: what hangs must not keep the one who stops it.
      cancel() {
        leave().catch(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
