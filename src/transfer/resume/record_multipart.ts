/**
 * Writes down how far a transfer into a multipart upload has come.
 * @module
 */
import type { Result } from "../../types.ts";
import type { OpenUpload } from "../job.ts";
import type { Keeper } from "./keeper.ts";
import { plainResult } from "./results.ts";
import type { Place } from "./seat.ts";
import type { Track } from "./track.ts";
import type { CopyRecord, MultipartRecord, UploadRecord } from "./types.ts";

/** Fields that are not known stay out of the record. */
type Unfinished<R> = { readonly [name in keyof R]?: R[name] | undefined };

/** What recording takes. */
export interface Recording {
  readonly job: OpenUpload;
  readonly keeper: Keeper;
  readonly place: Place;
  /** What tells this transfer from others. */
  readonly facts: Pick<MultipartRecord, "id" | "kind" | "endpoint" | "bucket" | "key" | "headers" | "partSize"> &
    Unfinished<Omit<UploadRecord, "kind">> &
    Unfinished<Pick<CopyRecord, "source">>;
  /** What there is already. */
  readonly before: MultipartRecord | undefined;
  /** What else changes on the way. */
  readonly changing?: () => Unfinished<UploadRecord>;
}

/**
 * Makes the track of a transfer that is driven here.
 * @param recording what it takes
 */
export function recordMultipart({ job, keeper, place, facts, before, changing }: Recording): Track {
  const { now } = job.client.context;
  const { uploadId } = job;
  const { id, headers } = facts;
  /** Nothing is written before there is something to go on from. */
  let begun = uploadId !== undefined;
  let record: Unfinished<MultipartRecord> = {
    version: 1,
    state: "running",
    ...facts,
    created: (uploadId && before?.created) || now(),
    asked: before?.asked ?? now(),
    uploadId,
    since: job.since,
  };
  const write = async (changes: Unfinished<MultipartRecord>): Promise<void> => {
    record = { ...record, ...changes, ...changing?.(), updated: now() };
    const known = Object.entries(record).filter(([, value]) => value !== undefined);
    // What is left out of a record may be.
    await keeper.write(Object.fromEntries(known) as unknown as MultipartRecord);
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
      // Whoever takes over where there is no record any more has heard why.
      place.send(result ? { type: "done", result: plainResult(result as Result), headers } : { type: "discarded" });
      await keeper.remove(id);
      await place.leave();
    },
  };
}
