/**
 * Gives up what an earlier run left of an upload that is not gone on with. Loaded on demand.
 * @module
 */
import { OSSError, redact } from "../../errors.ts";
import type { CallOptions } from "../../types.ts";
import type { UploadJob } from "../job.ts";
import { deleteParts } from "../upload/delete_parts.ts";
import type { UploadOptions } from "../upload/types.ts";
import { uploadOf } from "./adopt.ts";
import { findRecord } from "./find_record.ts";
import { guardStore } from "./guarded_store.ts";
import { recordId } from "./id.ts";
import { uploadFault } from "./read_record.ts";
import { tryLock } from "./try_lock.ts";
import type { UploadRecord } from "./types.ts";

/** Milliseconds that an upload that is done may take to clean up. */
const GRACE = 5000;

/**
 * Deletes the parts and the record that an earlier run left, or this one.
 * @param job the upload, which never got as far as to them or has ended; nothing of it is in flight any more
 * @param options where its record is, or what was left
 * @param call options of the request
 * @throws OSSError `Driven` when another one drives the upload
 * @throws ServiceError, NetworkError when the parts could not be deleted: the record stays
 */
export async function giveUp(job: UploadJob, options: UploadOptions, call: CallOptions): Promise<void> {
  const { checkpoints: store, checkpoint } = options;
  const { client, input, held } = job;
  const remove = (uploadId: string | undefined): Promise<void> =>
    deleteParts({ ...job, uploadId, track: undefined }, call);
  const given = checkpoint && "id" in checkpoint && store ? checkpoint : undefined;
  if (!held && !given) await remove(checkpoint?.uploadId);
  if (!store) return;
  const source = await job.opening;
  // It was aborted before it had begun.
  if (!source) return;
  const { size, name } = source;
  const { warn } = client.context;
  const { url, bucket } = client.context.url(input.bucket, input.key);
  const id = given?.id ?? recordId("upload", url.host, bucket, input.key, size, name);
  const guarded = guardStore(store, warn);
  if (!given && !job.uploadId && (await guarded.read(id)) === undefined) return;
  const lock = await tryLock(store, id);
  if (!lock) throw new OSSError("another tab or process drives it: it can be discarded there", "Driven");
  try {
    const record = await findRecord<UploadRecord>(guarded, id, uploadFault, warn);
    await remove(record ? await uploadOf(client, store, record, call) : (given ?? job).uploadId);
    if (record) await guarded.remove(id);
  } finally {
    await lock.release();
  }
}

/**
 * Deletes what an earlier run left of an upload that took only one request this time. What goes wrong is told.
 * @param job the upload; it is done
 * @param options where the record is, or what was left
 */
export async function tidyUp(job: UploadJob, options: UploadOptions): Promise<undefined> {
  const { client, input } = job;
  await giveUp(job, options, { timeout: GRACE }).catch((error: unknown) => {
    client.context.warn(`What an earlier run left of the upload of "${input.key}" stays: ${redact(String(error))}`);
  });
}
