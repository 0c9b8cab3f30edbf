/**
 * A sink that holds no abort up. Loaded on demand.
 * @module
 */
import type { Sink } from "../../streams/sink.ts";
import { createTimer } from "../../timer.ts";
import type { MaybePromise } from "../../types.ts";
import type { DownloadJob } from "./job.ts";

/** Milliseconds without an answer after which a sink is not waited for, once the download is over. */
const PATIENCE = 1000;

/**
 * Bounds how long a sink is waited for when the download is aborted, by whomever: what it does not answer rejects with
 * the reason then, and what it answers later is nobody's. Before, it may take its time.
 * @param job the download
 * @param sink where it goes
 * @returns the same sink; `abort` and `keep` never reject
 */
export function boundSink({ client, controller }: DownloadJob, sink: Sink): Sink {
  const { signal } = controller;
  const { now } = client.context;
  const waiting = new Set<(reason: unknown) => void>();
  /** When it last answered, or was asked after it had answered everything. */
  let moved = 0;
  let over = false;
  const timer = createTimer(() => {
    over = true;
    for (const giveUp of waiting) giveUp(signal.reason);
  });
  const watch = (): void => {
    if (over) return;
    if (waiting.size > 0) timer.start(Math.min(PATIENCE, Math.max(0, moved + PATIENCE - now())));
    else timer.stop();
  };
  const within = <T>(work: () => MaybePromise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const answered = (): void => {
        waiting.delete(reject);
        moved = now();
        if (signal.aborted) watch();
      };
      if (waiting.size === 0) moved = now();
      waiting.add(reject);
      (async () => work())().then(resolve, reject).finally(answered);
      if (over) reject(signal.reason);
      else if (signal.aborted) watch();
    });
  signal.addEventListener("abort", watch, { once: true });
  const end = (work: () => Promise<void>): Promise<void> => within(work).catch(() => undefined);
  const { partial } = sink;
  return {
    open: (size) => within(() => sink.open?.(size)),
    write: (chunk, position) => within(() => sink.write(chunk, position)),
    close: () => within(() => sink.close()),
    abort: (reason) => end(() => sink.abort(reason)),
    ...(partial && {
      partial: {
        name: partial.name,
        ambiguous: partial.ambiguous,
        open: (size, tag) => within(() => partial.open(size, tag)),
        read: (start, stop) => within(() => partial.read(start, stop)),
        sync: () => within(() => partial.sync()),
        keep: () => end(() => partial.keep()),
        discard: (tag) => within(() => partial.discard(tag)),
      },
    }),
  };
}
