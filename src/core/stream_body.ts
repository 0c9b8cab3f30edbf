/**
 * Streams as request bodies: sent as streams where the runtime truly can, else read into memory up to a limit.
 * @module
 */
import { createCrc64 } from "../checksum/crc64.ts";
import { SourceChangedError } from "../errors.ts";
import { abortable } from "../streams/abort.ts";
import type { Bytes } from "../types.ts";
import type { OpenBody, SendableBody } from "./call.ts";
import { fixedLengthStream, scriptOwnsRequests } from "./runtime.ts";

type Source = ReadableStream<Uint8Array>;

function checked(chunk: unknown): Bytes {
  if (Object.prototype.toString.call(chunk) === "[object Uint8Array]") return chunk as Bytes;
  throw new TypeError(`body streams must give Uint8Array chunks, got ${Object.prototype.toString.call(chunk)}`);
}

function wrongLength(expected: number, actual: number): SourceChangedError {
  return new SourceChangedError(
    `The stream has ${actual} bytes or more, ${expected} were announced: nothing was stored`,
  );
}

function tooLong(maxBuffer: number): RangeError {
  return new RangeError(
    `This runtime cannot send a stream of more than ${maxBuffer} bytes (maxBuffer) in one request: use upload()`,
  );
}

async function expectEnd(reader: ReadableStreamDefaultReader<Uint8Array>, size: number): Promise<void> {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const { byteLength } = checked(value);
    if (byteLength) throw wrongLength(size, size + byteLength);
  }
}

/** Reads a stream into a Blob, which browsers may keep outside of memory. */
async function readAll(
  stream: Source,
  size: number | undefined,
  maxBuffer: number,
  signal: AbortSignal,
): Promise<Blob> {
  if (size !== undefined && size > maxBuffer) throw tooLong(maxBuffer);
  const chunks: Bytes[] = [];
  let length = 0;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) break;
      chunks.push(checked(value));
      length += value.byteLength;
      if (length > (size ?? maxBuffer)) throw size === undefined ? tooLong(maxBuffer) : wrongLength(size, length);
    }
    if (size !== undefined && size !== length) throw wrongLength(size, length);
  } catch (error) {
    reader.cancel(error).catch(() => undefined);
    throw error;
  }
  return new Blob(chunks);
}

/**
 * Makes a stream sendable.
 * @param stream its bytes
 * @param size how many, where the caller knows
 * @param type their content type, if known
 * @param maxBuffer how many may be kept in memory
 * @param signal stops the reading into memory
 * @returns a body, or all bytes where the runtime cannot send streams
 * @throws RangeError when it must be kept in memory and is longer than `maxBuffer`
 */
export async function prepareStream(
  stream: Source,
  size: number | undefined,
  type: string,
  maxBuffer: number,
  signal: AbortSignal,
): Promise<SendableBody | Blob> {
  const fixed = fixedLengthStream();
  if (size === 0 || (fixed ? size === undefined : !scriptOwnsRequests()))
    return readAll(stream, size, maxBuffer, signal);
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let over = false;

  /** Passes the stream on, counting and checking: a short or long one fails instead of being stored. */
  const open = (initial: bigint | undefined, tick: () => void): OpenBody => {
    const state = initial === undefined ? undefined : createCrc64(initial);
    let sent = 0;
    let failure: unknown;
    const readable: Source = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            reader ??= stream.getReader();
            tick();
            const { done, value } = await reader.read();
            if (over) return;
            tick();
            const chunk = done ? undefined : checked(value);
            sent += chunk?.byteLength ?? 0;
            if (size !== undefined && (done ? sent !== size : sent > size)) throw wrongLength(size, sent);
            // Once all announced bytes are out the object is stored: the last ones wait until the source has ended.
            if (sent === size) await expectEnd(reader, size);
            if (chunk) {
              state?.update(chunk);
              controller.enqueue(chunk);
            }
            if (done || sent === size) controller.close();
          } catch (error) {
            failure = error;
            reader?.cancel(error).catch(() => undefined);
            controller.error(error);
          }
        },
        cancel: (reason) => reader?.cancel(reason),
      },
      { highWaterMark: 0 },
    );
    const common = { visible: true, checksum: () => state?.digest(), failure: () => failure };
    if (!fixed || size === undefined) return { ...common, init: { body: readable, duplex: "half" } };
    // workerd ends the request as if it were complete when a plain stream fails; a FixedLengthStream aborts it.
    const through = new fixed(size);
    readable.pipeTo(through.writable).catch(() => undefined);
    return { ...common, init: { body: through.readable } };
  };

  return {
    length: size,
    type: type || undefined,
    replayable: () => !reader,
    open,
    close() {
      over = true;
      (reader ?? stream).cancel().catch(() => undefined);
    },
  };
}
