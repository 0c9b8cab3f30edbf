/**
 * The way of a download into a sink: with a record, or without. Loaded on demand.
 * @module
 */
import type { Sink } from "../../streams/sink.ts";
import { type Beginning, fill } from "./fill.ts";
import type { DownloadJob } from "./job.ts";
import type { DownloadToOptions, DownloadToResult } from "./types.ts";

export { boundSink } from "./bound_sink.ts";

/**
 * Downloads into a sink, which the caller aborts when this fails.
 * @param job the download
 * @param sink where it goes
 * @param options the caller's
 * @param beginning how it begins
 * @returns the object
 */
export async function fillSink(
  job: DownloadJob,
  sink: Sink,
  options: DownloadToOptions,
  beginning: Beginning,
): Promise<DownloadToResult> {
  const { open, describe, length } = beginning;
  if (options.checkpoints && sink.partial) {
    const { downloadOn } = await import("../resume/download_on.ts");
    return downloadOn(job, { sink, partial: sink.partial, options, ...beginning });
  }
  const opened = beginning.opened ?? (await open(job, length));
  return { ...describe(opened), size: await fill(job, opened, sink) };
}
