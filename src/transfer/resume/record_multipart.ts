/**
 * Writes down how far a transfer into a multipart upload has come.
 * @module
 */
import type { Result } from "../../types.ts";
import type { OpenUpload } from "../job.ts";
import type { GuardedStore } from "./guarded_store.ts";
import type { LockHolder } from "./participant.ts";
import { plainResult } from "./results.ts";
import type { Track } from "./track.ts";
import type { CopyRecord, MultipartRecord, UploadRecord } from "./types.ts";

/** Fields that are not known stay out of the record. */
type Unfinished<R> = { readonly [name in keyof R]?: R[name] | undefined };

/** What tells a transfer from others, and how it is cut. */
export type Facts = Pick<MultipartRecord, "kind" | "endpoint" | "bucket" | "key" | "headers" | "partSize"> &
  Unfinished<Omit<UploadRecord, "kind">> &
  Unfinished<Pick<CopyRecord, "source">>;

/** What recording takes. */
export interface Recording {
  readonly job: OpenUpload;
  readonly guarded: GuardedStore;
  readonly holder: LockHolder;
  /** Of the record. */
  readonly id: string;
  /** As they are by now. */
  readonly facts: () => Facts;
  /** What there is already. */
  readonly before: MultipartRecord | undefined;
}

/**
 * Makes the track of a transfer that is driven here.
 * @param recording what it takes
 */
export function recordMultipart({ job, guarded, holder, id, facts, before }: Recording): Track {
  const { now } = job.client.context;
  const { uploadId } = job;
  let isOver = false;
  const noted: Record<string, unknown> = {
    created: (uploadId && before?.created) || now(),
    asked: (uploadId && before?.asked) || now(),
    uploadId,
  };
  const note: Track["note"] = async (changes) => {
    // By then another one may write.
    if (isOver) return;
    Object.assign(noted, changes);
    const { handle, ...rest } = facts();
    // What is not known is left out.
    const record: MultipartRecord = JSON.parse(
      JSON.stringify({ version: 1, id, ...rest, ...noted, since: job.since, lost: job.lost, updated: now() }),
    );
    await guarded.write(handle ? { ...record, handle } : record);
  };
  const end = async (written: Promise<void>): Promise<void> => {
    isOver = true;
    await written;
    await holder.release();
  };
  return {
    note,
    ended: (state, gone) => end(gone ? guarded.remove(id) : note({ state })),
    over(result) {
      // Whoever takes over where there is no record any more has heard why.
      holder.send(
        result
          ? { type: "done", result: plainResult(result as Result), headers: facts().headers }
          : { type: "discarded" },
      );
      return end(guarded.remove(id));
    },
  };
}
