/**
 * Gives a body its beginning back: it was read before anybody knew how an earlier run had cut it.
 * @module
 */
import type { Source } from "../../types.ts";
import type { Piece, UploadJob } from "../job.ts";

/**
 * Makes the source of an upload begin with what was read of part 1, which may now be shorter or longer.
 * @param job the upload; its source is exchanged, unless it can be read again
 * @param first what was read; it is empty from here on
 */
export async function putBack(job: UploadJob, first: Piece): Promise<void> {
  const { source } = job;
  let rest = await first.bytes;
  first.bytes = undefined;
  if (!rest || source.read) return;
  const next: Source["next"] = async (length) => {
    const head = rest?.subarray(0, length);
    if (!head?.length) return source.next(length);
    rest = rest?.subarray(head.length);
    // At once, so that calls that overlap keep their order.
    const tail = head.length < length ? await source.next(length - head.length) : head.subarray(0, 0);
    // A copy, since each part's memory is used again.
    const bytes = new Uint8Array(head.length + tail.length);
    bytes.set(head);
    bytes.set(tail, head.length);
    return bytes;
  };
  const { size, type, name, lastModified } = source;
  const itself: Source = { size, type, name, lastModified, next, close: (reason) => source.close(reason) };
  Object.assign(job, { source: itself });
}
