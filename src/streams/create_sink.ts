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

/** A place that takes files as well. */
export interface BlobTarget extends SinkTarget {
  write(chunk: Bytes | Blob, position: number): MaybePromise<unknown>;
}

/** A place that may have been written before. */
export interface PartialTarget extends SinkTarget {
  /** How many bytes there were at first. */
  readonly left: number;
  /** Reads back all of a range. */
  read(start: number, end: number): MaybePromise<Bytes>;
  /** Waits until what was written outlives the process. */
  sync(): MaybePromise<unknown>;
  /** Leaves what is there for later, and lets go of it; called in the stead of `discard`. */
  keep(): MaybePromise<unknown>;
}

/** Where a sink finds what an earlier run left. */
export interface PartialPlace {
  readonly name: string;
  readonly ambiguous?: boolean;
  /** Prepares the place with what is there. */
  begin(tag: string): MaybePromise<PartialTarget>;
  /** Removes what is there. */
  discard(tag: string): MaybePromise<unknown>;
}

/** A place that cannot keep anything: each run begins anew. */
export function anew(target: SinkTarget): PartialTarget {
  return {
    ...target,
    left: 0,
    read: (start, end) => new Uint8Array(end - start),
    sync() {},
    keep: () => target.discard(undefined),
  };
}

/**
 * Makes a sink of a place for bytes.
 * @param begin prepares the place; what it throws leaves nothing behind
 * @param before where something may be left of an earlier run
 * @returns a sink for one object
 */
export function createSink(
  begin: () => MaybePromise<SinkTarget>,
  before?: PartialPlace,
): Required<Omit<Sink, "partial">> & Pick<Sink, "partial"> {
  const writing = new Set<Promise<unknown>>();
  let opening: Promise<SinkTarget> | undefined;
  let kept: PartialTarget | undefined;
  let most = Number.POSITIVE_INFINITY;
  let over: "closed" | "aborted" | "kept" | undefined;
  let ending: Promise<void> | undefined;

  const check = (): void => {
    if (over) throw new Error(`Cannot use a sink that was ${over}: it takes one object`);
  };
  const target = (size?: number, prepare = begin): Promise<SinkTarget> => {
    opening ??= (async () => {
      const opened = await prepare();
      try {
        if (size !== undefined) await opened.resize(size);
        return opened;
      } catch (error) {
        await letGo(opened, error);
        throw error;
      }
    })();
    return opening;
  };
  const open = async (size: number | undefined, prepare?: typeof begin): Promise<void> => {
    check();
    if (opening) throw new Error("Cannot open a sink twice: it takes one object");
    if (size !== undefined) {
      checkLength("size", size);
      most = size;
    }
    await target(size, prepare);
  };
  /** After a failure. */
  const letGo = async (opened: SinkTarget, reason: unknown): Promise<void> => {
    try {
      await (kept ? kept.keep() : opened.discard(reason));
    } catch {
      // The failure that brought us here tells more.
    }
  };
  const settled = (): Promise<unknown> => Promise.allSettled(writing);
  const giveUp = async (how: "aborted" | "kept", leave: (opened: SinkTarget) => unknown): Promise<void> => {
    over ??= how;
    ending ??= settled()
      .then(() => opening)
      .then((opened) => opened && leave(opened))
      .then(() => {});
    await ending.catch(() => {});
  };
  const reopened = (): PartialTarget => {
    check();
    if (!kept) throw new Error("Cannot use what is left before it was opened");
    return kept;
  };

  return {
    open: (size) => open(size),
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
          await letGo(opened, error);
          throw error;
        }
      })();
      return ending;
    },
    abort: (reason) => giveUp("aborted", (opened) => opened.discard(reason)),
    ...(before && {
      partial: {
        name: before.name,
        ambiguous: before.ambiguous,
        async open(size, tag) {
          await open(size, async () => {
            kept = await before.begin(tag);
            return kept;
          });
          return reopened().left;
        },
        read: async (start, end) => reopened().read(start, end),
        async sync() {
          await reopened().sync();
        },
        keep: () => giveUp("kept", (opened) => (kept === opened ? kept.keep() : opened.discard(undefined))),
        async discard(tag) {
          check();
          if (opening) throw new Error("Cannot remove what is left while it is open");
          await before.discard(tag);
        },
      },
    }),
  };
}

function checkLength(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} must be a whole number, got ${value}`);
}
