/**
 * Streams that fail on purpose.
 * @module
 */
import type { Bytes } from "../types.ts";
import { ConnectionLost } from "./wire.ts";

/** How a stream goes wrong at a byte. */
export type StreamFault = "error" | "end" | "stall" | "flip";

/**
 * Passes a stream on up to a byte, and then breaks it; a stream that ends before breaks at its end.
 * @param source the healthy stream
 * @param place tells the byte where it happens, given the length of the first chunk
 * @param how error, a quiet end, silence, or one flipped bit and then on
 */
export function faultyStream(
  source: ReadableStream<Uint8Array>,
  place: (first: number) => number,
  how: StreamFault,
): ReadableStream<Bytes> {
  const reader = source.getReader();
  let at: number | undefined;
  let position = 0;
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) {
          if (how === "stall") return new Promise<void>(() => {});
          if (how === "error") controller.error(new ConnectionLost());
          else controller.close();
          return;
        }
        const chunk = value.slice();
        at ??= place(chunk.length);
        const offset = at - position;
        position += chunk.length;
        const here = offset >= 0 && offset < chunk.length;
        if (how === "flip") {
          if (here) chunk[offset] = (chunk[offset] ?? 0) ^ 1;
          controller.enqueue(chunk);
          return;
        }
        if (!here) {
          controller.enqueue(chunk);
          return;
        }
        if (offset > 0) controller.enqueue(chunk.subarray(0, offset));
        if (how === "stall") return new Promise<void>(() => {});
        reader.cancel().catch(() => {});
        if (how === "end") controller.close();
        else controller.error(new ConnectionLost());
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** A stream of bytes that are there already. */
export function streamOf(bytes: Bytes): ReadableStream<Bytes> {
  return new ReadableStream<Bytes>({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}
