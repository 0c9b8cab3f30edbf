/**
 * Parts that arrive in any order, handed over in theirs. Loaded on demand.
 * @module
 */

import type { InParts } from "./answer.ts";
import { failureOf } from "./failure.ts";
import type { DownloadJob } from "./job.ts";
import { readParts } from "./parts.ts";

/** Bytes that are handed over at once: one turn of the stream's wheels for several chunks. */
const BATCH = 262_144;

/**
 * Makes the body of a download in parts.
 *
 * Parts are read as fast as they come, not as fast as the body is read, for an idle connection is soon closed and
 * some browsers read on regardless. What bounds the memory is that parts are not asked for too early.
 * @param job the download
 * @param parts what the first answer told, and the first answer itself
 * @param readAhead a part is asked for when it begins less than so many bytes after what was handed over
 */
export function orderedBody(job: DownloadJob, parts: InParts, readAhead: number): ReadableStream<Uint8Array> {
  const { progress, controller, pieces } = job;
  const { signal } = controller;
  const { start, end } = parts.extent;
  const arrived = new Map<number, Uint8Array>();
  const waiting = new Set<{ readonly from: number; readonly go: () => void }>();
  let out: ReadableStreamDefaultController<Uint8Array> | undefined;
  let loaded = 0;
  let at = start;
  let wanted = false;
  let checked = false;

  const wake = (): void => {
    for (const lane of waiting) {
      if (lane.from >= at + readAhead && !signal.aborted) continue;
      waiting.delete(lane);
      lane.go();
    }
  };
  const fail = (error: unknown): void => {
    arrived.clear();
    job.end();
    out?.error(failureOf(job, error));
  };
  const report = (): void => progress?.moved(loaded, at - start, pieces.length);
  /** Hands over what is there, and only when asked to. A `pull` that returned promises would cost more than the rest. */
  const drain = (): void => {
    for (let given = 0; wanted || (given > 0 && given < BATCH); ) {
      const chunk = arrived.get(at);
      if (!chunk) break;
      arrived.delete(at);
      at += chunk.length;
      given += chunk.length;
      wanted = false;
      out?.enqueue(chunk);
    }
    wake();
    if (!signal.aborted) report();
    if (at === end && checked) {
      job.end();
      out?.close();
    }
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start(given) {
        out = given;
      },
      pull() {
        wanted = true;
        drain();
      },
      async cancel(reason) {
        controller.abort(reason);
        await running;
      },
    },
    { highWaterMark: 0 },
  );
  signal.addEventListener("abort", () => {
    wake();
    // Nothing runs any more that it could stop, but not all was handed over.
    if (checked) fail(signal.reason);
  });
  const running = readParts(job, parts, {
    take(chunk, position) {
      if (!chunk.length || signal.aborted) return undefined;
      arrived.set(position, chunk);
      loaded += chunk.length;
      if (wanted) drain();
      else report();
      return undefined;
    },
    admit(from) {
      if (from < at + readAhead) return undefined;
      return new Promise((go) => {
        waiting.add({ from, go });
        wake();
      });
    },
  }).then(() => {
    checked = true;
    drain();
  }, fail);
  return body;
}
