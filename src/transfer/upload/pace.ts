/**
 * The pace of an upload in which something adapts, or whose length nobody knows. Loaded on demand.
 * @module
 */
import type { UploadJob } from "../job.ts";
import { autoPace } from "../pace.ts";
import { MAX_PARTS, type Pace } from "../plan.ts";

/** Milliseconds between two records of how it was cut: so much is sent again after a kill, at most. */
const PERIOD = 1000;

/**
 * Paces an upload; it notes the sizes of the parts, and corrects the number of parts when the last one is claimed.
 * @param job the upload; its part size is chosen
 */
export function uploadPace(job: UploadJob): Pace {
  const { client, partSize, plan, progress, source } = job;
  const { now } = client.context;
  const pace = autoPace({ ...plan, partSize }, plan.auto, now);
  let written = now();
  const sizes = job.sizes ?? [];
  job.sizes = sizes;
  return {
    ...pace,
    next(part, offset, remaining) {
      const bytes = sizes[part - 1] ?? pace.next(part, offset, remaining);
      sizes[part - 1] = bytes;
      if (bytes === remaining) progress.expect(source.size ?? 0, part);
      return bytes;
    },
    started(part, bytes) {
      // Only a body whose length nobody knew can come to this.
      if (part > MAX_PARTS)
        throw new RangeError(`body must fit in ${MAX_PARTS} parts: a partSize above ${partSize} is needed`);
      pace.started(part, bytes);
    },
    finished(part) {
      pace.finished(part);
      const time = now();
      if (!plan.auto || (time >= written && time - written < PERIOD)) return;
      written = time;
      // Of the parts behind a gap the service cannot tell where they begin.
      void job.track?.note({});
    },
  };
}
