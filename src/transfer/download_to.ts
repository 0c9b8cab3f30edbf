/**
 * Downloads of any size into a sink, parts written where they belong as they arrive.
 * @module
 */
import { show } from "../core/validate.ts";
import type { Sink } from "../streams/sink.ts";
import type { Client } from "../types.ts";
import { createJob } from "./download/job.ts";
import { describe, open } from "./download/open.ts";
import type { DownloadInput, DownloadToOptions, DownloadToResult } from "./download/types.ts";

/**
 * Downloads an object, or a range of it, into a sink.
 *
 * Parts are asked for in parallel and written where they belong as they arrive; a broken connection goes on from where
 * it broke. The sink is closed when every byte is there and their CRC-64 is right; else it is aborted, so that nothing
 * half-written looks finished. With `checkpoints` what has arrived stays for the next run of the same call, which
 * fetches only the rest.
 *
 * An abort waits until the sink has given up, but not for one that has not answered for a second.
 *
 * @param client the client
 * @param input the object: key, version, range, and the other fields of GetObject
 * @param sink where it goes; position 0 is the first byte that is asked for
 * @param options how to do it
 * @returns the object's properties, and how many bytes were written
 * @throws TypeError, RangeError on bad arguments, before any request and without a touch of the sink
 * @throws ServiceError `NoSuchKey`, `InvalidRange`, `PreconditionFailed`, as GetObject does
 * @throws TransferError when it could not be done: `cause` tells why, `checkpoint` what had arrived
 * @example
 * ```ts
 * import { createClient, downloadTo, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "trip.mp4", body: new Uint8Array(20_000_000) });
 * const bytes = new Uint8Array(20_000_000);
 * const { size } = await downloadTo(client, { key: "trip.mp4" }, {
 *   write: async (chunk, position) => bytes.set(chunk, position),
 *   close: async () => {},
 *   abort: async () => {},
 * });
 * console.log(size);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobject
 */
export async function downloadTo(
  client: Client,
  input: DownloadInput,
  sink: Sink,
  options: DownloadToOptions = {},
): Promise<DownloadToResult> {
  for (const name of ["write", "close", "abort"] as const)
    if (typeof (Object(sink) as Sink)[name] !== "function")
      throw new TypeError(`sink must have a function ${name}, got ${show(sink)}`);
  const job = await createJob(client, input, options);
  const { controller, partSize, signal } = job;
  // Asked for together with the object, of which nothing is read before it is there.
  const fills = import("./download/sink.ts").then((chunk) => {
    sink = chunk.boundSink(job, sink);
    return chunk;
  });
  fills.catch(() => undefined);
  try {
    const length = Math.max(partSize, options.multipartThreshold ?? partSize);
    // A record knows better what to ask for.
    const opened = options.checkpoints ? undefined : await open(job, length);
    return await (await fills).fillSink(job, sink, options, { open, describe, length, opened });
  } catch (error) {
    controller.abort(error);
    const failure = signal?.aborted ? signal.reason : error;
    // What failed tells more than a sink that breaks its promise.
    await (async () => sink.abort(failure))().catch(() => undefined);
    throw failure;
  } finally {
    job.end();
  }
}
