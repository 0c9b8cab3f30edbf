/**
 * Writes down how far an upload has come.
 * @module
 */
import { isHandle } from "../../streams/kinds.ts";
import type { UploadJob } from "../job.ts";
import type { Keeper } from "./keeper.ts";
import { recordMultipart } from "./record_multipart.ts";
import type { Place } from "./seat.ts";
import type { Track } from "./track.ts";
import type { UploadRecord } from "./types.ts";

/** What recording takes. */
export interface UploadRecording {
  readonly job: UploadJob;
  readonly keeper: Keeper;
  readonly place: Place;
  /** The object as it is described. */
  readonly object: Pick<UploadRecord, "endpoint" | "bucket" | "headers">;
  /** Of the record. */
  readonly id: string;
  /** What there is already. */
  readonly before: UploadRecord | undefined;
}

/**
 * Makes the track of an upload that is driven here.
 * @param recording what it takes
 */
export function recordUpload({ job, keeper, place, object, id, before }: UploadRecording): Track {
  const { input, plan, source, partSize } = job;
  const { size, name, lastModified } = source;
  const handle = isHandle(input.body) ? input.body : undefined;
  return recordMultipart({
    ...{ job, keeper, place, before },
    facts: { id, kind: "upload", ...object, key: input.key, partSize, size, name, lastModified, handle },
    changing() {
      const { sizes, partSize } = job;
      const uneven = plan.auto || (size !== undefined && sizes);
      return { partSize, sizes: uneven ? [...(sizes ?? [])] : undefined };
    },
  });
}
