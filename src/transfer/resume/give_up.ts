/**
 * Gives up what an earlier run left of an upload that is not gone on with. Loaded on demand.
 * @module
 */
import { OSSError } from "../../errors.ts";
import { openSource } from "../../streams/open_source.ts";
import type { CallOptions } from "../../types.ts";
import type { UploadJob } from "../job.ts";
import { deleteParts } from "../upload/ended.ts";
import type { UploadOptions } from "../upload/types.ts";
import { findRecord } from "./find_record.ts";
import { recordId } from "./id.ts";
import { createKeeper } from "./keeper.ts";
import { uploadFault } from "./read_record.ts";
import { tryLock } from "./try_lock.ts";
import type { UploadRecord } from "./types.ts";

/**
 * Deletes the parts and the record that an earlier run left.
 * @param job the upload, which never got as far as to them; nothing of it is in flight any more
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
  const { warn } = client.context;
  const { bucket } = client.context.url(input.bucket, input.key);
  const { size, name } = await (job.opening ?? openSource(input.body, input.contentLength));
  const id = given?.id ?? recordId("upload", bucket, input.key, size, name);
  const keeper = createKeeper(store, warn);
  if (!given && (await keeper.read(id)) === undefined) return;
  const lock = await tryLock(store, id);
  if (!lock) throw new OSSError("another tab or process drives it: it can be discarded there", "Driven");
  try {
    const record = await findRecord<UploadRecord>(keeper, id, uploadFault, warn);
    await remove((record ?? given)?.uploadId);
    if (record) await keeper.remove(id);
  } finally {
    await lock.release();
  }
}
