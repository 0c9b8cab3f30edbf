/**
 * Downloads of any size as a stream in order, from parallel ranged requests, every byte checked.
 * @module
 */
import { scriptOwnsRequests } from "../core/runtime.ts";
import type { Client } from "../types.ts";
import { createJob } from "./download/job.ts";
import { describe, open } from "./download/open.ts";
import type { DownloadInput, DownloadOptions, DownloadResult } from "./download/types.ts";

/**
 * Downloads an object, or a range of it, as a stream.
 *
 * Parts are asked for in parallel and handed over in order; a broken connection goes on from where it broke. All parts
 * are of one object: when it is replaced meanwhile, the stream fails. When it was read from its first byte to its last
 * its CRC-64 is checked, and the stream fails at its end when it is wrong: do not trust what was read before.
 * Memory stays below `readAhead` and one part, in browsers too.
 *
 * What has no ranges is read in one request: the result of `process`, and what is stored compressed and decoded by
 * `fetch`.
 *
 * @param client the client
 * @param input the object: key, version, range, and the other fields of GetObject
 * @param options how to do it
 * @returns the object's properties as soon as the first answer tells them, and its body
 * @throws TypeError, RangeError on bad arguments, before any request
 * @throws ServiceError `NoSuchKey`, `InvalidRange`, `PreconditionFailed`, as GetObject does
 * @throws TransferError from the body, when it could not be done: `cause` tells why
 * @example
 * ```ts
 * import { createClient, download, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "trip.mp4", body: new Uint8Array(20_000_000) });
 * const { body, size } = await download(client, { key: "trip.mp4" }, { concurrency: 4, readAhead: 32 << 20 });
 * console.log(size, (await new Response(body).blob()).size);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobject
 */
export async function download(
  client: Client,
  input: DownloadInput,
  options: DownloadOptions = {},
): Promise<DownloadResult> {
  const job = await createJob(client, input, options);
  const { partSize, concurrency, controller } = job;
  // Asked for together with the object, of which nothing is read before it is there.
  const streams = import("./download/stream.ts");
  streams.catch(() => undefined);
  try {
    const opened = await open(job, partSize);
    const facts = describe(opened);
    const { parts, single } = opened;
    if (parts) {
      const { start, end } = parts.extent;
      const { orderedBody } = await streams;
      return {
        ...facts,
        size: end - start,
        body: orderedBody(job, parts, options.readAhead ?? job.pace?.memory ?? partSize * concurrency),
      };
    }
    const { singleBody, lengthOf } = await import("./download/single.ts");
    const size = lengthOf(single, scriptOwnsRequests());
    return { ...facts, ...(size !== undefined && { size }), body: singleBody(job, single, size) };
  } catch (error) {
    controller.abort(error);
    job.end();
    if (options.signal?.aborted) throw options.signal.reason;
    throw error;
  }
}
