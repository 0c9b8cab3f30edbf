/**
 * Writes down how far an upload has come.
 * @module
 */
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

/** Fields that are not known stay out of the record. */
type Unfinished = { readonly [name in keyof UploadRecord]: UploadRecord[name] | undefined };

/**
 * Makes the track of an upload that is driven here.
 * @param recording what it takes
 */
export function recordUpload({ job, keeper, place, object, id, before }: Recording): Track {
  const { client, input, plan, source } = job;
  const { now } = client.context;
  const { size, name, lastModified } = source;
  const { uploadId } = job;
  /** Nothing is written before there is something to go on from. */
  let begun = uploadId !== undefined;
  let record: Unfinished = {
    version: 1,
    id,
    kind: "upload",
    state: "running",
    ...object,
    key: input.key,
    created: (uploadId && before?.created) || now(),
    updated: 0,
    asked: before?.asked ?? now(),
    partSize: 0,
    size,
    name,
    lastModified,
    uploadId,
    since: job.since,
    handle: isHandle(input.body) ? input.body : undefined,
  };
  const write = async (changes: Partial<Unfinished>): Promise<void> => {
    const { sizes, partSize } = job;
    const uneven = plan.auto || (size !== undefined && sizes);
    record = { ...record, ...changes, partSize, updated: now(), sizes: uneven ? [...(sizes ?? [])] : undefined };
    const known = Object.entries(record).filter(([, value]) => value !== undefined);
    // What is left out of a record may be.
    await keeper.write(Object.fromEntries(known) as unknown as UploadRecord);
  };

  return {
    async asking() {
      begun = true;
      await write({ asked: now() });
    },
    opened: (uploadId) => write({ uploadId, since: job.since }),
    completing: ({ size, crc64 }) => write({ completing: { size, ...(crc64 !== undefined && { crc64: `${crc64}` }) } }),
    async turned(state) {
      if (begun) await write({ state });
    },
    async ended(state, gone) {
      if (gone) await keeper.remove(id);
      else if (begun) await write({ state });
      // What this job is told from now on is not written over what another one may write.
      begun = false;
      await place.leave();
    },
    async over(result) {
      begun = false;
      await keeper.remove(id);
      place.send(
        result
          ? { type: "done", result: plainResult(result as UploadResult), headers: object.headers }
          : { type: "discarded" },
      );
      await place.leave();
    },
  };
}
