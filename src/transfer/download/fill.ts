/**
 * Fills a sink from a download's first answer on. Loaded on demand.
 * @module
 */
import { scriptOwnsRequests } from "../../core/runtime.ts";
import type { Sink } from "../../streams/sink.ts";
import type { Opened } from "./answer.ts";
import { checkpointOf } from "./checkpoint.ts";
import { failureOf } from "./failure.ts";
import type { DownloadJob } from "./job.ts";
import type { describe, open } from "./open.ts";
import { readParts } from "./parts.ts";
import { lengthOf, readSingle } from "./single.ts";
import { createWriter, type Writer } from "./writer.ts";

/** Writes down what has arrived. */
export interface DownloadTrack {
  /** What writes to the sink, from when it is there. */
  writer: Writer | undefined;
  /** A part has arrived, and is being written. */
  arrived(): unknown;
  /** Writes nothing more. */
  stop(): Promise<void>;
}

/** How a download begins. */
export interface Beginning {
  /** Not imported, for a bundler would move them to what every page loads first. */
  readonly open: typeof open;
  readonly describe: typeof describe;
  /** Bytes to ask for at first. */
  readonly length: number;
  /** The first answer, where it was asked for already. */
  readonly opened: Opened | undefined;
}

/**
 * Writes everything, and closes the sink when all of it is right. The caller aborts the sink when this fails.
 * @param job the download
 * @param opened its first answer
 * @param sink where it goes; open, and with the job's pieces in it, where there is a track
 * @param track writes down what has arrived
 * @returns bytes that were written
 * @throws TransferError when it could not be done; the reason of the caller's abort
 */
export async function fill(
  job: DownloadJob,
  { parts, single }: Opened,
  sink: Sink,
  track?: DownloadTrack,
): Promise<number> {
  const { controller } = job;
  const { signal } = controller;
  const { start = 0, end = 0 } = parts?.extent ?? {};
  const writer = createWriter(job, sink, start);
  if (track) track.writer = writer;
  let closing = false;
  try {
    const known = single ? lengthOf(single, scriptOwnsRequests()) : end - start;
    if (single?.status === 304) {
      await sink.abort();
      return 0;
    }
    if (!track) await sink.open?.(known);
    signal.throwIfAborted();
    let size = end - start;
    if (parts) {
      await readParts(job, parts, { take: writer.write, settle: writer.settle, arrived: () => track?.arrived() });
      // The last write may have been over before its part was.
      job.progress?.moved(size, size, job.pieces.length);
    } else {
      const reader = readSingle(job, single, known);
      size = 0;
      for (let chunk = await reader.next(); chunk; chunk = await reader.next()) {
        await writer.write(chunk, size);
        signal.throwIfAborted();
        size += chunk.length;
      }
      await writer.settle();
      signal.throwIfAborted();
    }
    // Of a sink that is being closed nothing can be written down.
    await track?.stop();
    signal.throwIfAborted();
    closing = true;
    await sink.close();
    return size;
  } catch (caught) {
    controller.abort(caught);
    await writer.settle();
    // A sink that could not close has left nothing, as one that could not write.
    const kept = parts && !writer.broken && !closing;
    throw failureOf(job, signal.reason, kept ? checkpointOf(job, parts) : undefined);
  }
}
