/**
 * Writes down how far an upload has come.
 * @module
 */

import { OSSError } from "../../errors.ts";
import { isHandle } from "../../streams/kinds.ts";
import type { UploadJob } from "../job.ts";
import type { UploadResult } from "../upload_types.ts";
import type { Place } from "./attend.ts";
import type { Keeper } from "./keeper.ts";
import { plainResult } from "./results.ts";
import type { Track } from "./track.ts";
import type { UploadRecord } from "./types.ts";

/** What recording takes. */
export interface Recording {
  readonly job: UploadJob;
  readonly keeper: Keeper;
  readonly place: Place;
  /** The object as it is described. */
  readonly object: Pick<UploadRecord, "bucket" | "headers">;
  /** Of the record. */
  readonly id: string;
  /** What there is already. */
  readonly before: UploadRecord | undefined;
}

/**
 * Makes the track of an upload that is driven here.
 * @param recording what it takes
 */
export function recordUpload({ job, keeper, place, object, id, before }: Recording): Track {
  const { client, input, plan, source, controller } = job;
  const { now } = client.context;
  const { size, name, lastModified } = source;
  /** Nothing is written before there is something to go on from. */
  let begun = job.uploadId !== undefined;
  let record: UploadRecord = {
    version: 1,
    id,
    kind: "upload",
    state: "running",
    ...object,
    key: input.key,
    created: (job.uploadId && before?.created) || now(),
    updated: now(),
    asked: before?.asked ?? now(),
    partSize: job.partSize,
    ...(size !== undefined && { size }),
    ...(name !== undefined && { name }),
    ...(lastModified !== undefined && { lastModified }),
    ...(job.uploadId && { uploadId: job.uploadId }),
    ...(job.since !== undefined && { since: job.since }),
    ...(isHandle(input.body) && { handle: input.body }),
  };
  const write = async (changes: Partial<UploadRecord>): Promise<void> => {
    const { sizes, partSize } = job;
    const uneven = plan.auto || (size !== undefined && sizes);
    record = { ...record, ...changes, partSize, ...(uneven && { sizes: [...(sizes ?? [])] }), updated: now() };
    await keeper.write(record);
  };

  const lost = (): void => {
    // It is another one's now, record and all.
    keeper.leave();
    controller.abort(new OSSError("another tab or process has taken it over", "TakenOver"));
  };
  place.lost?.addEventListener("abort", lost);
  const leave = async (): Promise<void> => {
    place.lost?.removeEventListener("abort", lost);
    await place.leave();
  };
  if (place.lost?.aborted) lost();

  return {
    async asking() {
      begun = true;
      const { uploadId: _, since: __, completing: ___, ...rest } = record;
      record = rest;
      await write({ asked: now() });
    },
    opened: (uploadId) => write({ uploadId, ...(job.since !== undefined && { since: job.since }) }),
    completing: ({ size, crc64 }) => write({ completing: { size, ...(crc64 !== undefined && { crc64: `${crc64}` }) } }),
    async turned(state) {
      if (begun) await write({ state });
    },
    async ended(state, gone) {
      if (gone) await keeper.remove(id);
      else if (begun) await write({ state });
      await leave();
    },
    async over(result) {
      await keeper.remove(id);
      place.send(
        result
          ? { type: "done", result: plainResult(result as UploadResult), headers: object.headers }
          : { type: "discarded" },
      );
      await leave();
    },
  };
}
