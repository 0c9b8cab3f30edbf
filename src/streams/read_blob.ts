/**
 * Reads Blobs as streams: `arrayBuffer` takes longer, in Node twice as long, and leaves all bytes behind as garbage.
 * @module
 */
import type { Bytes } from "../types.ts";

/**
 * Reads a Blob from front to back, in chunks.
 * @param blob of any realm
 * @param use looks at each chunk, whose memory may hold the next one
 * @param signal stops the reading
 * @param piece bytes of one memory that all chunks are read into, where the runtime can. @default a memory for each chunk
 * @returns how many bytes there were
 * @throws what the runtime throws when the file changed or is gone, and the signal's reason
 */
export async function readBlob(
  blob: Blob,
  use: (chunk: Bytes) => void,
  signal?: AbortSignal,
  piece?: number,
): Promise<number> {
  const stream = blob.stream();
  const filler = piece ? openFiller(stream) : undefined;
  const reader = filler ?? stream.getReader();
  let memory = new ArrayBuffer(piece ?? 0);
  let length = 0;
  const stop = (): void => {
    reader.cancel().catch(() => undefined);
  };
  signal?.addEventListener("abort", stop);
  try {
    for (;;) {
      const { done, value } = await (filler ? filler.read(new Uint8Array(memory)) : (reader as Reader).read());
      signal?.throwIfAborted();
      if (done) return length;
      length += value.length;
      use(value);
      memory = value.buffer;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
}

type Reader = ReadableStreamDefaultReader<Bytes>;

/** Bun and WebKitGTK read into no memory of others. */
function openFiller(stream: ReadableStream<Bytes>): ReadableStreamBYOBReader | undefined {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
}
