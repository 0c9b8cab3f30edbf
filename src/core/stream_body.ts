/**
 * Streams as request bodies: sent as streams where the runtime truly can, else read into memory up to a limit.
 * Loaded only when a stream is sent.
 * @module
 */
import { createCrc64 } from "../checksum/crc64.ts";
import { SourceChangedError } from "../errors.ts";
import type { Bytes } from "../types.ts";
import { bytesBody, type OpenBody, type SendableBody } from "./body.ts";
import { fixedLengthStream, scriptOwnsRequests } from "./runtime.ts";

/** Reads a stream into one buffer. */
async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>, maxBuffer: number): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength;
    if (size > maxBuffer) {
      await reader.cancel().catch(() => undefined);
      throw tooLong(maxBuffer);
    }
    chunks.push(next.value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

function tooLong(maxBuffer: number): RangeError {
  return new RangeError(`This runtime cannot send a stream of more than ${maxBuffer} bytes (maxBuffer) in one request: use upload()`);
}

/**
 * Makes a stream sendable.
 * @param source the stream, or a Response whose body is sent
 * @param length its bytes, where the caller knows
 * @param maxBuffer how much of it may be kept in memory
 * @throws RangeError when it must be kept in memory and is longer than `maxBuffer`
 */
export async function prepareStream(
  source: ReadableStream<Uint8Array> | Response,
  length: number | undefined,
  maxBuffer: number,
): Promise<SendableBody> {
  const response = "headers" in source ? source : undefined;
  const stream = "headers" in source ? source.body : source;
  const announced = response?.headers.get("content-encoding") ? null : response?.headers.get("content-length");
  const size = length ?? (announced ? Number(announced) : undefined);
  const type = response?.headers.get("content-type") ?? undefined;
  if (response?.bodyUsed || stream?.locked) throw new TypeError("body is a stream that was read already or is locked");
  if (!stream) return bytesBody(new Uint8Array(0), type);
  const fixed = fixedLengthStream();
  if (fixed ? size === undefined : !scriptOwnsRequests()) {
    if (size !== undefined && size > maxBuffer) throw tooLong(maxBuffer);
    const bytes = await readAll(stream.getReader(), maxBuffer);
    if (size !== undefined && size !== bytes.byteLength) throw wrongLength(size, bytes.byteLength);
    return bytesBody(bytes, type);
  }
  let touched = false;
  return {
    length: size,
    type,
    replayable: () => !touched,
    open(checksum, tick) {
      const counted = count(stream, size, checksum, () => {
        touched = true;
        tick();
      });
      if (!fixed || size === undefined) return { ...counted.open, init: { body: counted.readable, duplex: "half" } };
      // workerd ends the request as if it were complete when a plain stream fails; a FixedLengthStream aborts it.
      const { readable, writable } = new fixed(size);
      counted.readable.pipeTo(writable).catch(() => undefined);
      return { ...counted.open, init: { body: readable } };
    },
  };
}

function wrongLength(expected: number, actual: number): SourceChangedError {
  return new SourceChangedError(`The stream has ${actual} bytes or more, ${expected} were announced: nothing was stored`);
}

/** Passes a stream on, counting and checking: a short or long stream fails instead of being stored. */
function count(
  stream: ReadableStream<Uint8Array>,
  size: number | undefined,
  initial: bigint | undefined,
  tick: () => void,
): { readable: ReadableStream<Uint8Array>; open: Omit<OpenBody, "init"> } {
  const state = initial === undefined ? undefined : createCrc64(initial);
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let sent = 0;
  let failure: unknown;
  const readable = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        tick();
        reader ??= stream.getReader();
        try {
          const { done, value } = await reader.read();
          sent += value?.byteLength ?? 0;
          if (size !== undefined && (done ? sent !== size : sent > size)) throw wrongLength(size, sent);
          if (done) return controller.close();
          state?.update(value);
          tick();
          controller.enqueue(value);
        } catch (error) {
          failure = error;
          reader.cancel(error).catch(() => undefined);
          controller.error(error);
        }
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  const close = (reason: unknown): void => {
    reader?.cancel(reason).catch(() => undefined);
  };
  return { readable, open: { visible: true, checksum: () => state?.digest(), failure: () => failure, close } };
}
