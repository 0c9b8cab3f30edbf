/**
 * Writes to a sink: bounded, counted, and over before the sink is closed or aborted.
 * @module
 */
import type { Sink } from "../../streams/sink.ts";
import type { Bytes } from "../../types.ts";
import type { DownloadJob } from "./job.ts";

/** Bytes that may be on their way to the sink before no more are read. */
const WRITING = 1_048_576;

/** What writes to a sink. */
export interface Writer {
  /** Begins to write; what it returns, if anything, is waited for before more is read, and never rejects. */
  write(chunk: Uint8Array, position: number): Promise<void> | undefined;
  /** Waits until every write is over. */
  settle(): Promise<void>;
  /** Did a write fail? Then nobody knows what was written. */
  readonly broken: boolean;
}

/**
 * Makes what writes to a sink, several chunks at once.
 * @param job the download; it is aborted when a write fails
 * @param sink where it goes
 * @param start first byte that is asked for: the sink's position 0
 */
export function createWriter(job: DownloadJob, sink: Sink, start: number): Writer {
  const { controller, progress, pieces } = job;
  const writes = new Set<Promise<void>>();
  let loaded = pieces.reduce((sum, { length }) => sum + length, 0);
  let written = loaded;
  let broken = false;
  const begin = async (chunk: Uint8Array, position: number): Promise<void> => {
    try {
      // No body of `fetch` has shared memory.
      await sink.write(chunk as Bytes, position - start);
      written += chunk.length;
      if (!controller.signal.aborted) progress?.moved(loaded, written, pieces.length);
    } catch (error) {
      broken = true;
      controller.abort(error);
    }
  };
  return {
    write(chunk, position) {
      if (!chunk.length || controller.signal.aborted) return undefined;
      loaded += chunk.length;
      const write = begin(chunk, position);
      writes.add(write);
      write.then(() => writes.delete(write));
      return loaded - written > WRITING ? write : undefined;
    },
    async settle() {
      await Promise.all(writes);
    },
    get broken() {
      return broken;
    },
  };
}
