/**
 * What becomes of an upload that is not simply gone on with. Loaded on demand.
 * @module
 */

import type { OpenUpload, UploadJob } from "../job.ts";
import { discard } from "../upload/ended.ts";
import { sweep } from "../upload/sweep.ts";
import type { UploadResult } from "../upload/types.ts";
import { adopt, otherRecords } from "./adopt.ts";
import type { GuardedStore } from "./guarded_store.ts";
import { recognise } from "./recognise.ts";
import { type Left, takeUp } from "./take_up.ts";
import type { UploadRecord } from "./types.ts";

/** Why it is not gone on with: otherwise it is not open, as far as anybody knows. */
export interface ReplaceReason {
  /** The caller begins anew. */
  readonly fresh: boolean | undefined;
  /** The name of a header that the object would not have. */
  readonly other: string | undefined;
  /** Of the store, where there is one. */
  readonly guarded: GuardedStore | undefined;
}

/**
 * Deletes the parts that nobody wants, or finds out what became of the upload.
 * @param job the upload; when the one that was begun is found, it goes on as that
 * @param left what an earlier run left
 * @param reason why it is not gone on with
 * @returns the object when it is done already
 */
export async function replace(job: UploadJob, left: Left, reason: ReplaceReason): Promise<UploadResult | undefined> {
  const { fresh, other, guarded } = reason;
  const find = async (): Promise<string | undefined> =>
    "asked" in left && guarded ? adopt(job, left, await otherRecords(guarded, left.id)) : undefined;
  if (left.uploadId === job.checkpoint?.uploadId) job.checkpoint = undefined;
  if (fresh || other) {
    const why = `The unfinished upload of "${left.key}" had another ${other}: it is deleted, and another one begins`;
    if (!fresh) job.client.context.warn(why);
    const old = remains(job, left, left.uploadId ?? (await find()));
    await sweep(old, job.turn);
    await discard(old);
    return undefined;
  }
  if (!("asked" in left)) return undefined;
  if (left.uploadId) {
    await sweep(remains(job, left, left.uploadId), job.turn);
    return recognise(job, left);
  }
  const uploadId = await find();
  if (uploadId) await takeUp(job, { ...left, uploadId });
  return undefined;
}

/** The upload as an earlier run left it. */
function remains(job: UploadJob, left: Left, uploadId: string | undefined): OpenUpload {
  const { lost, since }: Partial<UploadRecord> = left;
  return { ...job, uploadId, lost, since };
}
