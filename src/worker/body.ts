/**
 * Bodies on their way to a worker: what can be cloned is, the rest is pulled chunk by chunk.
 * @module
 */
import { isHandle, isIterable, isOpener, isResponse, isSource, isStream } from "../streams/kinds.ts";
import { openSource } from "../streams/open_source.ts";
import type { SourceBody } from "../streams/source.ts";
import type { Bytes } from "../types.ts";
import { pack, unpack } from "./crossing.ts";
import type { Outcome } from "./port.ts";

/** Bytes of a chunk. */
const CHUNK = 1_048_576;

/** Can it be cloned? Blobs and handles are, without their bytes. */
export function isCloneable(body: unknown): boolean {
  if (isHandle(body)) {
    try {
      structuredClone(body);
    } catch {
      // WebKit clones no handles.
      return false;
    }
  }
  return ![isStream, isResponse, isIterable, isSource, isOpener].some((is) => is(body));
}

/** A body that stays on the page, and is read there as the worker asks. */
export interface Pulled {
  /** Reads what follows. */
  next(): Promise<Outcome>;
  close(): void;
}

/**
 * Makes a body that is read as it is asked for.
 * @param body what cannot be cloned
 * @param contentLength as the caller tells it
 */
export function pullBody(body: SourceBody, contentLength: number | undefined): Pulled {
  const opening = openSource(body, contentLength);
  opening.catch(() => {});
  return {
    async next() {
      try {
        const bytes = await (await opening).next(CHUNK);
        // Of a view all that is behind it would be cloned.
        return { value: bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice() };
      } catch (error) {
        return { error: pack(error) };
      }
    },
    close() {
      opening.then(
        (source) => source.close(),
        () => {},
      );
    },
  };
}

/**
 * Makes the stream that the worker reads of such a body.
 * @param pull asks for the next chunk
 * @param cancel says that no more is wanted
 */
export function pulledStream(pull: () => Promise<Outcome>, cancel: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await pull();
        if (!("value" in chunk)) throw unpack("error" in chunk ? chunk.error : undefined);
        // Our own page has sent it.
        const bytes = chunk.value as Bytes;
        if (bytes.length > 0) controller.enqueue(bytes);
        else controller.close();
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
}
