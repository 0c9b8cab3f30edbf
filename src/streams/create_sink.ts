/**
 * What all sinks have in common: the order of calls, writes that are still under way, and an abort that never rejects.
 * @module
 */
import type { Bytes, MaybePromise } from "../types.ts";
import type { Sink } from "./sink.ts";

/** A place that was prepared for an object: empty, and not yet what others see. */
export interface SinkTarget {
  /** Makes it so long. */
  resize(size: number): MaybePromise<unknown>;
  /** Writes all of a chunk. */
  write(chunk: Bytes, position: number): MaybePromise<unknown>;
  /** Makes it what others see, whole, and lets go of it. */
  publish(): MaybePromise<unknown>;
  /** Leaves nothing of it, and lets go of it; called once at most, also after a `publish` that failed. */
  discard(reason: unknown): MaybePromise<unknown>;
}

/**
 * Makes a sink of a place for bytes.
 * @param begin prepares the place; what it throws leaves nothing behind
 * @returns a sink for one object
 */
export function createSink(begin: () => MaybePromise<SinkTarget>): Required<Sink> {
  const writing = new Set<Promise<unknown>>();
  let opening: Promise<SinkTarget> | undefined;
  let most = Number.POSITIVE_INFINITY;
  let over: "closed" | "aborted" | undefined;
  let ending: Promise<void> | undefined;

  const check = (): void => {
    if (over) throw new Error(`Cannot use a sink that was ${over}: it takes one object`);
  };
  const target = (size?: number): Promise<SinkTarget> => {
    opening ??= (async () => {
      const opened = await begin();
      try {
        if (size !== undefined) await opened.resize(size);
        return opened;
      } catch (error) {
        await discard(opened, error);
        throw error;
      }
    })();
    return opening;
  };
  const settled = (): Promise<unknown> => Promise.allSettled(writing);

  return {
    async open(size) {
      check();
      if (opening) throw new Error("Cannot open a sink twice: it takes one object");
      if (size !== undefined) {
        checkLength("size", size);
        most = size;
      }
      await target(size);
    },
    async write(chunk, position) {
      check();
      checkLength("position", position);
      if (position + chunk.length > most)
        throw new RangeError(`Cannot write ${chunk.length} bytes at ${position}: the object has ${most}`);
      const written = target().then((opened) => opened.write(chunk, position));
      writing.add(written);
      try {
        await written;
      } finally {
        writing.delete(written);
      }
    },
    async close() {
      check();
      over = "closed";
      ending = (async () => {
        await settled();
        const opened = await target();
        try {
          await opened.publish();
        } catch (error) {
          await discard(opened, error);
          throw error;
        }
      })();
      return ending;
    },
    async abort(reason) {
      over ??= "aborted";
      ending ??= settled()
        .then(() => opening)
        .then((opened) => opened?.discard(reason))
        .then(() => {});
      await ending.catch(() => {});
    },
  };
}

async function discard(target: SinkTarget, reason: unknown): Promise<void> {
  try {
    await target.discard(reason);
  } catch {
    // The failure that brought us here tells more.
  }
}

function checkLength(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} must be a whole number, got ${value}`);
}
