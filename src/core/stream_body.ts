/**
 * Streams as request bodies: sent as streams where the runtime truly can, else read into memory up to a limit.
 * @module
 */
import { createCrc64 } from "../checksum/crc64.ts";
import { SourceChangedError } from "../errors.ts";
import { abortable } from "../streams/abort.ts";
import type { Bytes } from "../types.ts";
import type { OpenBody, SendableBody } from "./call.ts";
import type { Feed, Next } from "./feed.ts";
import { fixedLengthStream } from "./runtime_streams.ts";

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

async function expectEnd(next: Next, size: number): Promise<void> {
  for (;;) {
    const chunk = await next();
    if (!chunk) return;
    if (chunk.byteLength) throw wrongLength(size, size + chunk.byteLength);
  }
}

/**
 * Reads everything into a Blob, which browsers may keep outside of memory.
 * @param feed gives the bytes; closed
 * @param maxBuffer how many may be kept
 * @param signal stops the reading
 * @throws RangeError when there are more
 */
export async function readAll(feed: Feed, maxBuffer: number, signal: AbortSignal | undefined): Promise<Blob> {
  const { size } = feed;
  if (size !== undefined && size > maxBuffer) throw tooLong(maxBuffer);
  const chunks: Bytes[] = [];
  let length = 0;
  const next = feed.start();
  try {
    for (;;) {
      const chunk = await (signal ? abortable(Promise.resolve(next()), signal) : next());
      if (!chunk) break;
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length > (size ?? maxBuffer)) throw size === undefined ? tooLong(maxBuffer) : wrongLength(size, length);
    }
    if (size !== undefined && size !== length) throw wrongLength(size, length);
  } catch (error) {
    feed.close(error);
    throw error;
  }
  // What is open stays so until somebody closes it: a stream that has ended does not mind.
  feed.close();
  return new Blob(chunks);
}

/**
 * Makes a feed sendable where the runtime can send streams.
 * @param feed gives the bytes; in workerd their number must be known
 * @param type their content type, if known
 */
export function streamBody(feed: Feed, type?: string): SendableBody {
  const { size } = feed;
  const fixed = fixedLengthStream();
  let begun = false;
  let over = false;

  /** Passes the bytes on, counting and checking: too few or too many fail instead of being stored. */
  const open = (initial: bigint | undefined, tick: (pending?: number) => void): OpenBody => {
    const state = initial === undefined ? undefined : createCrc64(initial);
    let next: Next | undefined;
    let sent = 0;
    let failure: unknown;
    let left = false;
    /** Stops what cannot be begun anew; the rest may serve another attempt. */
    const stop = (reason: unknown): void => {
      if (!feed.again) feed.close(reason);
    };
    const readable = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            next ??= feed.start();
            begun = true;
            tick();
            const chunk = await next();
            if (over) return;
            sent += chunk?.byteLength ?? 0;
            if (size !== undefined && (chunk ? sent > size : sent !== size)) throw wrongLength(size, sent);
            // Once all announced bytes are out the object is stored: the last ones wait until the source has ended.
            if (sent === size) await expectEnd(next, size);
            if (chunk) {
              state?.update(chunk);
              controller.enqueue(chunk);
              // A slow network may take its time for a large piece.
              tick(chunk.byteLength);
            }
            if (!chunk || sent === size) controller.close();
          } catch (error) {
            // Whoever read it has gone, and knows why.
            if (left) return;
            failure = error;
            stop(error);
            controller.error(error);
          }
        },
        cancel(reason) {
          left = true;
          stop(reason);
        },
      },
      { highWaterMark: 0 },
    );
    const common = { visible: true as const, checksum: () => state?.digest(), failure: () => failure };
    if (!fixed || size === undefined) return { ...common, init: { body: readable, duplex: "half" } };
    // workerd ends the request as if it were complete when a plain stream fails; a FixedLengthStream aborts it.
    const through = new fixed(size);
    readable.pipeTo(through.writable).catch(() => undefined);
    return { ...common, init: { body: through.readable } };
  };

  return {
    length: size,
    type: type || undefined,
    spent: () => begun && !feed.again,
    open,
    close() {
      over = true;
      feed.close();
    },
  };
}
